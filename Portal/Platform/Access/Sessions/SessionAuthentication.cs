using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Portal.Platform.Access.Sessions;

/// <summary>Who is signed in, for components: nobody from the moment that the session ends, also in a page that is open.</summary>
public sealed class SessionAuthentication : ServerAuthenticationStateProvider
{
    private static readonly Task<AuthenticationState> Nobody =
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity())));

    /// <summary>Why the session of this circuit ended; null while it lasts.</summary>
    public SessionEnd? Ended { get; private set; }

    /// <summary>The session has ended: every component that asks is told.</summary>
    internal void End(SessionEnd why)
    {
        if (Ended is not null) return;
        Ended = why;
        SetAuthenticationState(Nobody);
    }
}
