using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// The sessions, in the database, so that every node sees them. The browser has a random value, the row only its hash. Rows read within
/// two seconds are not read again, so that a page's dozen requests cost one read; while the database is away, what was read last counts.
/// </summary>
internal sealed partial class SessionStore(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, IDataProtectionProvider protection, OpenSessions open,
    AccessSettings settings, TimeProvider time, ILogger<SessionStore> log) : ISessions
{
    private const int Most = 1000;
    private const int TokenBytes = 32;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeptWithoutDatabase = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Access.Sessions");
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Stores a new session; returns the value of its cookie.</summary>
    public async Task<string> BeginAsync(AuthenticationTicket ticket, string device, string address, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var (now, viewer) = (time.GetUtcNow(), ViewerClaims.Read(ticket.Principal));
        var row = new StoredSession
        {
            Id = IdOf(token), ViewerId = viewer.Id, Name = viewer.Name,
            Roles = string.Join(',', ViewerClaims.RolesOf(ticket.Principal).Select(r => r.Role).Distinct()), Grants = MarkOf(viewer),
            Authorities = string.Join(',', viewer.Authorities), Sid = ticket.Properties.Items.TryGetValue(Session.SidItem, out var sid)
                ? sid : null, Device = device, Address = address, CreatedAt = now, SeenAt = now, EndsAt = now + settings.Limits.Longest,
            Mark = settings.RightsMark, Ticket = _protector.Protect(TicketSerializer.Default.Serialize(ticket)),
        };
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Add(row);
            await db.SaveChangesAsync(cancellationToken);
        }

        // Whoever signs in with other rights than before no longer has those of before, in any browser.
        await EndAsync(s => s.ViewerId == row.ViewerId && s.Id != row.Id
            && (s.Roles != row.Roles || s.Authorities != row.Authorities || s.Grants != row.Grants),
            null, SessionEnd.Rights, cancellationToken);
        return token;
    }

    /// <summary>The session of a cookie; null when there is none, or it is over.</summary>
    public async Task<FoundSession?> FindAsync(string token, string scheme, CancellationToken cancellationToken)
    {
        if (token.Length != TokenBytes * 2) return null;
        var known = await ReadAsync(IdOf(token), cancellationToken);
        if (known is null || known.Row.EndedAt is not null) return null;
        var row = known.Row;
        if (OverBy(row, time.GetUtcNow()) is { } why)
        {
            await EndAsync(s => s.Id == row.Id, null, why, cancellationToken);
            return null;
        }

        known.Ticket ??= Open(row);
        return known.Ticket is { } ticket ? new FoundSession(row.Id, new AuthenticationTicket(ticket.Principal, ticket.Properties, scheme))
            : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Session>> ReadAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<StoredSession>().AsNoTracking().Where(s => s.EndedAt == null && s.EndsAt > now)
            .OrderByDescending(s => s.SeenAt).Take(Most).ToListAsync(cancellationToken);
        return [.. rows.Where(s => OverBy(s, now) is null).Select(Shown).Where(s => MaySee(viewer, s))];
    }

    /// <inheritdoc />
    public async Task<bool> EndAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        var session = (await ReadAsync(viewer, cancellationToken)).FirstOrDefault(s => s.Id == id);
        if (session is null) return false;
        var why = session.ViewerId == viewer.Id ? SessionEnd.Owner : SessionEnd.Administrator;
        return await EndAsync(s => s.Id == id, viewer.Id, why, cancellationToken) > 0;
    }

    /// <summary>Ends the sessions that fit and are not over, and closes what is open for them here; returns how many.</summary>
    public async Task<int> EndAsync(
        Expression<Func<StoredSession, bool>> which, string? by, SessionEnd why, CancellationToken cancellationToken)
    {
        string[] ids;
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            ids = await db.Set<StoredSession>().Where(s => s.EndedAt == null).Where(which).Select(s => s.Id)
                .ToArrayAsync(cancellationToken);
            if (ids.Length == 0) return 0;
            var (now, nothing) = (time.GetUtcNow(), Array.Empty<byte>());
            await db.Set<StoredSession>().Where(s => EF.Parameter(ids).Contains(s.Id) && s.EndedAt == null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndedBy, by).SetProperty(s => s.Why, why)
                        .SetProperty(s => s.Ticket, nothing),
                    cancellationToken);
        }

        foreach (var id in ids) Forget(id, why);
        LogEnded(log, ids.Length, why, by ?? "the portal");
        return ids.Length;
    }

    /// <summary>The session ended elsewhere: forgets it here, and closes what is open for it.</summary>
    public void Forget(string id, SessionEnd why)
    {
        _known.TryRemove(id, out _);
        open.Close(id, why);
    }

    /// <summary>Forgets what has not been asked for in a while.</summary>
    public void Prune()
    {
        var old = time.GetUtcNow() - KeptWithoutDatabase;
        foreach (var (id, known) in _known)
        {
            if (known.ReadAt < old) _known.TryRemove(id, out _);
        }
    }

    /// <summary>Which limit the session has reached; null when none.</summary>
    public SessionEnd? OverBy(StoredSession row, DateTimeOffset now)
    {
        if (now >= row.EndsAt || now >= row.CreatedAt + settings.Limits.Longest) return SessionEnd.Longest;
        var used = open.UsedAt(row.Id) is { } here && here > row.SeenAt ? here : row.SeenAt;
        if (now >= used + settings.Limits.Idle) return SessionEnd.Idle;
        return row.Mark == settings.RightsMark ? null : SessionEnd.Rights;
    }

    private static bool MaySee(Viewer viewer, Session session) => session.ViewerId == viewer.Id
        || session.Authorities.Any(viewer.AuthoritiesOf(ViewerRights.Operate).Contains);

    private async Task<Known?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = _known.GetValueOrDefault(id);
        if (known is not null && now - known.ReadAt < Fresh) return known;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var row = await db.Set<StoredSession>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
            if (row is null || row.EndedAt is not null)
            {
                if (known is not null) Forget(id, row?.Why ?? SessionEnd.Owner);
                return null;
            }

            return _known[id] = new Known(row, now) { Ticket = known?.Ticket };
        }
        catch (Exception away) when (known is not null && now - known.ReadAt < KeptWithoutDatabase && StorageErrors.IsOutage(away))
        {
            // Pages that say that the database is away are for the people who are signed in.
            return known;
        }
    }

    // Null when the data-protection keys are gone: the person signs in again.
    private AuthenticationTicket? Open(StoredSession row)
    {
        try
        {
            var ticket = TicketSerializer.Default.Deserialize(_protector.Unprotect(row.Ticket));
            (ticket?.Principal.Identity as ClaimsIdentity)?.AddClaim(new Claim(Session.Claim, row.Id));
            return ticket;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Session Shown(StoredSession row) => new(row.Id, row.ViewerId, row.Name, Parts(row.Roles), Parts(row.Authorities),
        row.Device, row.Address, row.CreatedAt, row.SeenAt, row.EndsAt);

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string MarkOf(Viewer viewer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', viewer.Grants.Select(g => $"{g.Authority} {(int)g.Effective} {g.Limits}").Order(StringComparer.Ordinal)))));

    private static string IdOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} session(s) ended: {Why}, by {By}")]
    private static partial void LogEnded(ILogger logger, int count, SessionEnd why, string by);

    private sealed record Known(StoredSession Row, DateTimeOffset ReadAt)
    {
        public AuthenticationTicket? Ticket { get; set; }
    }
}
