using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;
using Portal.Platform.Ui;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// Signs people in with a session (<see cref="SessionStore"/>), whose random value is all that the browser gets; each sign-in has a new
/// one. Redirects pages to the sign-in page, and answers programs with 401 or 403 instead.
/// </summary>
internal sealed partial class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionStore store,
    IEnumerable<ISignInHandler> witnesses) : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Session";

    /// <summary>The cookie's name; on https it gets the prefix <c>__Host-</c> (<see cref="SafeCookies"/>).</summary>
    public const string Cookie = "portal";

    private static readonly object OverKey = new();

    // Under another name than the handler's, of which PortalAccess lets no information through.
    private readonly ILogger _log = logger.CreateLogger<Session>();

    /// <summary>True when the request has the cookie of a session that is over.</summary>
    public static bool IsOver(HttpContext context) => context.Items.ContainsKey(OverKey);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { } token) return AuthenticateResult.NoResult();
        if (await store.FindAsync(token, SchemeName, Context.RequestAborted) is { } found) return AuthenticateResult.Success(found.Ticket);

        // The next page takes the cookie away; until then an open page can be told from a guest's (SessionRequests).
        Context.Items[OverKey] = true;
        Response.OnStarting(() =>
        {
            if (IsPage() && !SetsCookie()) Response.Cookies.Delete(Cookie, CookieOptions());
            return Task.CompletedTask;
        });
        return AuthenticateResult.NoResult();
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        await EndAsync(SessionEnd.Replaced);
        var ticket = new AuthenticationTicket(user, properties, SchemeName);
        var token = await store.BeginAsync(
            ticket, DeviceName.Of(Request.Headers.UserAgent.ToString()), Context.Connection.RemoteIpAddress?.ToString() ?? "",
            Context.RequestAborted);
        Response.Cookies.Append(Cookie, token, CookieOptions());
        Response.Headers.CacheControl = "no-store";
        var viewer = ViewerClaims.Read(user);
        LogSignedIn(_log, viewer.Id, string.Join(',', ViewerClaims.RolesOf(user).Select(r => r.Role).Distinct()),
            Context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address");
        foreach (var witness in witnesses)
        {
            try
            {
                await witness.SignedInAsync(viewer, Context.RequestAborted);
            }
            catch (Exception error)
            {
                LogNotNotified(_log, witness.GetType().Name, error);
            }
        }
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndAsync(SessionEnd.SignedOut);
        Response.Cookies.Delete(Cookie, CookieOptions());
        Response.Headers.CacheControl = "no-store";
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (InterfacePaths.Includes(Request.Path)) return PortalProblems.NotSignedIn(Context);
        // Only a GET can be repeated after sign-in.
        var wanted = HttpMethods.IsGet(Request.Method)
            ? $"?returnUrl={Uri.EscapeDataString($"{Request.PathBase}{Request.Path}{Request.QueryString}")}"
            : "";
        Response.Redirect(PortalUrls.Login + wanted);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (InterfacePaths.Includes(Request.Path)) return PortalProblems.NotAllowed(Context);
        // No redirect: the address stays as requested, and the shell renders a page for the status.
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private async Task EndAsync(SessionEnd why)
    {
        if ((await AuthenticateAsync()).Principal is not { } user || Session.Of(user) is not { } id) return;
        await store.EndAsync(s => s.Id == id, ViewerClaims.Read(user).Id, why, Context.RequestAborted);
    }

    // Not what belongs to a page: its answer may come after the next sign-in.
    private bool IsPage() => HttpMethods.IsGet(Request.Method) && !InterfacePaths.Includes(Request.Path)
        && Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private bool SetsCookie() => Response.Headers.SetCookie.Any(c => c?.StartsWith(Cookie + "=", StringComparison.Ordinal) == true);

    // Until the browser is closed; the session's own limits are the server's.
    private CookieOptions CookieOptions() => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, IsEssential = true, Path = "/",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Signed in: {Person} as {Roles} from {Address}")]
    private static partial void LogSignedIn(ILogger logger, string person, string roles, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Witness} could not be told of a sign-in, which stands")]
    private static partial void LogNotNotified(ILogger logger, string witness, Exception error);
}
