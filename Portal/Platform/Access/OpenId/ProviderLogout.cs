using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;
using Portal.Platform.Access.Claims;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Storage;

namespace Portal.Platform.Access.OpenId;

/// <summary>Ends sessions because the provider says so.</summary>
internal sealed class ProviderLogout(
    IDbContextFactory<PortalDbContext> contexts, WriteGate gate, SessionStore sessions, PersonIds ids, TimeProvider time)
{
    private const string By = "provider";

    /// <summary>Ends the sessions that the token names; false when the token was used before.</summary>
    public async Task<bool> EndAsync(LogoutToken token, CancellationToken cancellationToken)
    {
        if (!await TakeAsync(token.Id, cancellationToken)) return false;
        var (sid, person) = (token.Sid, token.Subject is { } subject ? ids.Of(subject) : null);

        // A token cannot end a sign-in that came after it.
        var before = token.IssuedAt.AddSeconds(1);
        if (sid is null)
            await sessions.EndAsync(s => s.ViewerId == person && s.CreatedAt < before, By, SessionEnd.Provider, cancellationToken);
        else await EndAsync(sid, person, cancellationToken);
        return true;
    }

    /// <summary>Ends the portal's sessions that belong to a session of the provider.</summary>
    public Task<int> EndAsync(string sid, CancellationToken cancellationToken) => EndAsync(sid, null, cancellationToken);

    private Task<int> EndAsync(string sid, string? person, CancellationToken cancellationToken) => sessions.EndAsync(
        s => (s.Sid == sid && (person == null || s.ViewerId == person)) || (s.Sid == null && person != null && s.ViewerId == person), By,
        SessionEnd.Provider, cancellationToken);

    private async Task<bool> TakeAsync(string tokenId, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tokenId)));
        using var writing = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<StoredLogoutToken>().AnyAsync(t => t.Id == id, cancellationToken)) return false;
        db.Add(new StoredLogoutToken { Id = id, ReceivedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
