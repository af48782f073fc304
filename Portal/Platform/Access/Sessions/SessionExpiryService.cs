using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;
using Portal.Platform.Storage;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// Every three seconds: closes what is open for sessions that have ended at another node or reached a limit, and notes which are in use.
/// Every hour: erases sessions that ended more than 30 days ago.
/// </summary>
internal sealed class SessionExpiryService(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, SessionStore store, OpenSessions open, AccessSettings settings,
    TimeProvider time, ILogger<SessionExpiryService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Late = 2 * Interval;
    private static readonly TimeSpan EraseInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptTokens = TimeSpan.FromHours(1);
    private readonly Dictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);
    private DateTimeOffset _erasedAt;

    /// <inheritdoc />
    public override string Name => "sessions";

    /// <summary>Closes what is open for sessions that are over.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (open.Ids is not { Count: > 0 } ids) return;
        string[] asked = [.. ids];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<StoredSession>().AsNoTracking().Where(s => EF.Parameter(asked).Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var id in asked)
        {
            var row = rows.GetValueOrDefault(id);
            if (row is null || row.EndedAt is not null) store.Forget(id, row?.Why ?? SessionEnd.Owner);
            else if (store.OverBy(row, Time.GetUtcNow()) is { } why) await store.EndAsync(s => s.Id == id, null, why, cancellationToken);
        }
    }

    /// <summary>Writes down when sessions were last used, each at most once in the limits' interval.</summary>
    public async Task NoteUseAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var due = open.Used().Where(u => now - _noted.GetValueOrDefault(u.Key) >= settings.Limits.NoteInterval).ToList();
        if (due.Count == 0) return;
        using var writing = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var used in due)
        {
            await db.Set<StoredSession>().Where(s => s.Id == used.Key && s.EndedAt == null && s.SeenAt < used.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, used.Value), cancellationToken);
            _noted[used.Key] = now;
            open.Forget(used);
        }
    }

    /// <summary>Erases what ended long ago, and ends what nobody has open and a limit has ended.</summary>
    public async Task EraseAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var (idle, before, tokens) = (now - settings.Limits.Idle - settings.Limits.NoteInterval - Late, now - Kept, now - KeptTokens);
        await store.EndAsync(s => s.EndsAt <= now, null, SessionEnd.Longest, cancellationToken);
        await store.EndAsync(s => s.SeenAt < idle, null, SessionEnd.Idle, cancellationToken);
        using var writing = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Set<StoredSession>().Where(s => s.EndedAt != null && s.EndedAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.Set<StoredLogoutToken>().Where(t => t.ReceivedAt < tokens).ExecuteDeleteAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await NoteUseAsync(cancellationToken);
        await CloseAsync(cancellationToken);
        var now = Time.GetUtcNow();
        if (now - _erasedAt < EraseInterval) return;
        await EraseAsync(cancellationToken);
        store.Prune();
        foreach (var (id, at) in _noted.ToList())
        {
            if (now - at > settings.Limits.Idle) _noted.Remove(id);
        }

        _erasedAt = now;
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);
}
