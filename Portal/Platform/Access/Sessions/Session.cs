using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Sessions;

/// <summary>A session that is not over, as lists show it.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="ViewerId">Whose it is.</param>
/// <param name="Name">Their name.</param>
/// <param name="Roles">Names of <see cref="PortalRoles"/>.</param>
/// <param name="Authorities">CVR numbers.</param>
/// <param name="Device">Browser and system in two words.</param>
/// <param name="Address">Network address of the sign-in.</param>
/// <param name="CreatedAt">When the person signed in, UTC.</param>
/// <param name="SeenAt">When the session was last used, UTC, to the minute or so.</param>
/// <param name="EndsAt">When it ends at the latest, UTC.</param>
public sealed record Session(
    string Id, string ViewerId, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Authorities, string Device, string Address,
    DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt)
{
    /// <summary>The claim of a signed-in principal that names its session.</summary>
    public const string Claim = "portal:session";

    /// <summary>Item of the authentication properties at sign-in: the provider's id of its own session.</summary>
    public const string SidItem = "portal:sid";

    /// <summary>The claim with the time when the person last proved to the provider who they are: Unix seconds.</summary>
    public const string ProvedClaim = "portal:proved";

    /// <summary>How long such a proof is good enough for ending other sessions.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(15);

    /// <summary>
    /// When a person proved who they are; the sign-in itself when the provider does not say.
    /// </summary>
    /// <param name="principal">The person.</param>
    /// <param name="signedInAt">When this session began, UTC.</param>
    public static DateTimeOffset ProvedAt(ClaimsPrincipal principal, DateTimeOffset signedInAt)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return long.TryParse(principal.FindFirst(ProvedClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < int.MaxValue ? DateTimeOffset.FromUnixTimeSeconds(seconds) : signedInAt;
    }

    /// <summary>The session of a principal; null without one (an API key, nobody).</summary>
    public static string? Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return principal.FindFirst(Claim)?.Value;
    }
}

/// <summary>A session found by its cookie.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="Ticket">Principal and properties.</param>
internal sealed record FoundSession(string Id, AuthenticationTicket Ticket);

/// <summary>Reads and ends sessions, for pages.</summary>
public interface ISessions
{
    /// <summary>
    /// The sessions that are not over, the most recently used first: the viewer's own, and to an administrator all of people of the
    /// viewer's authorities.
    /// </summary>
    [Demands(ViewerRights.None)]
    Task<IReadOnlyList<Session>> ReadAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Ends a session that the viewer can read; false when there is none.</summary>
    [Demands(ViewerRights.None)]
    Task<bool> EndAsync(Viewer viewer, string id, CancellationToken cancellationToken);
}
