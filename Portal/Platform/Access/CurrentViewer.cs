using Microsoft.AspNetCore.Components.Authorization;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>The viewer of a circuit or of a page being rendered.</summary>
internal sealed class CurrentViewer(AuthenticationStateProvider authentication) : ICurrentViewer
{
    public async ValueTask<Viewer> GetAsync() => ViewerClaims.Read((await authentication.GetAuthenticationStateAsync()).User);
}

/// <summary>The viewer of an HTTP request.</summary>
public static class RequestViewer
{
    /// <summary>The caller; <see cref="Viewer.Nobody"/> without key or sign-in.</summary>
    public static Viewer GetViewer(this HttpContext context) => ViewerClaims.Read(context.User);
}

/// <summary>The signed-in person of this circuit or request, for components.</summary>
public interface ICurrentViewer
{
    /// <summary>The viewer; <see cref="Viewer.Nobody"/> without sign-in.</summary>
    ValueTask<Viewer> GetAsync();
}
