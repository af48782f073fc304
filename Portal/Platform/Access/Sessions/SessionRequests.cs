using Portal.Platform.Ui;

namespace Portal.Platform.Access.Sessions;

/// <summary>Ties requests to their session: notes that it is used, and cuts streams and hub connections off when it ends.</summary>
internal static class SessionRequests
{
    /// <summary>Where an open page says that somebody uses it.</summary>
    public const string InUse = PortalUrls.Login + "/i-brug";

    private static readonly PathString Circuits = new("/_blazor");
    private static readonly PathString Hubs = new("/hubs");

    /// <summary>Adds the middleware. Call after authentication.</summary>
    public static void UseSessionRequests(this WebApplication app)
    {
        var open = app.Services.GetRequiredService<OpenSessions>();
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path;
            if (Session.Of(context.User) is not { } session)
            {
                // No open page for nobody, nor for a page whose session is over.
                if (path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase)
                    && (SessionHandler.IsOver(context) || CircuitGuests.Of(context) is null))
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else await next(context);
                return;
            }

            // An open connection is no sign that anybody is there, nor is what its page's scripts do: the page says when it is used
            // (shell.js).
            if (path.StartsWithSegments(Circuits))
            {
                using var connection = open.Add(OpenSessions.ConnectionsOf(session), _ => context.Abort());
                await next(context);
                return;
            }

            if (!path.StartsWithSegments(Hubs)) open.Use(session);

            // The request that signs out must still be answered.
            using var request = IsOfSignIn(path) ? null : open.Add(session, _ => context.Abort());
            await next(context);
        });
    }

    private static bool IsOfSignIn(PathString path) => path.StartsWithSegments(PortalUrls.Login, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(PortalUrls.Logout, StringComparison.OrdinalIgnoreCase);
}
