using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access.Rights;

/// <summary>One row of <see cref="RightsTable"/>: a route, a page or a hub method, and whom it lets in.</summary>
/// <param name="Kind">The HTTP methods (joined by a comma; <c>*</c> for any), <c>PAGE</c>, <c>HUB</c> or <c>STATIC</c>.</param>
/// <param name="Name">The route's pattern, or hub and method.</param>
/// <param name="Rights">What the caller must have, all of it; <see cref="ViewerRights.None"/>: a sign-in or a key is enough; null: open to
/// everybody. A page that is not open is for people alone, never for a key.</param>
public sealed record RightsRow(string Kind, string Name, ViewerRights? Rights)
{
    /// <summary>A page's kind.</summary>
    internal const string Page = "PAGE";

    /// <summary>A hub method's kind.</summary>
    internal const string Hub = "HUB";

    /// <summary>Kind of the files of <c>wwwroot</c>, which share one row.</summary>
    internal const string Static = "STATIC";

    /// <summary>True for a route that is open to everybody in the Development environment.</summary>
    internal bool OpenInDevelopment { get; init; }

    /// <summary>What identifies the row.</summary>
    public string Key => $"{Kind} {Name}";

    /// <summary>The row as a policy; null when it is open.</summary>
    internal AuthorizationPolicy? Policy { get; } = Rights is null
        ? null
        : new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(c => Has(c.User, Rights.Value) && !IsKeyAtPage(Kind, c.User)).Build();

    /// <summary>True when the row lets this caller in.</summary>
    public bool Allows(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Rights is not { } rights
            || (user.Identity?.IsAuthenticated == true && Has(user, rights) && !IsKeyAtPage(Kind, user));
    }

    // Pages are for people: what a key may read it reads from the interface (/api, /hubs), whose answers it can rely on.
    private static bool IsKeyAtPage(string kind, ClaimsPrincipal user) =>
        kind == Page && user.Identity?.AuthenticationType == ViewerClaims.KeyAuthentication;

    private static bool Has(ClaimsPrincipal user, ViewerRights rights) => ViewerClaims.Read(user).May(rights);
}
