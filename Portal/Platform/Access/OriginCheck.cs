using Portal.Platform.Access.Sessions;
using Portal.Platform.Http;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Access;

/// <summary>
/// Refuses what a page of another site sends with a person's cookie: open pages and hub connections, and every request that changes
/// something. Browsers name the sender (<c>Sec-Fetch-Site</c>, <c>Origin</c>); a request that names none comes from no browser's page.
/// </summary>
internal sealed partial class OriginCheck(RequestDelegate next, PublicAddress address, TimeProvider time, ILogger<OriginCheck> log)
{
    private static readonly PathString[] Connections = ["/_blazor", "/hubs"];
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private long _loggedAt;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsGuarded(context) || IsOwn(request)) return next(context);
        Report(request.Headers.Origin.ToString(), address.For(request));
        return PlainPage.WriteAsync(
            context, StatusCodes.Status403Forbidden, "Sendt fra et andet sted",
            "Forespørgslen kom fra en side, der ikke er portalens egen, og er afvist. Intet er gemt. Åbn portalen på dens egen adresse, og "
                + "prøv igen; virker det ikke, så bed driften se efter Portal:PublicUrl og Portal:TrustedProxies.",
            "The request came from a page that is not the portal's own and was refused. Nothing was saved.");
    }

    private static bool IsGuarded(HttpContext context) =>
        Array.Exists(Connections, root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
        || (Session.Of(context.User) is not null && !IsReading(context.Request.Method));

    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "same-origin" or "none") return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 ? address.IsOrigin(origin, request) : site.Length == 0;
    }

    // At most once a minute: whoever sends these can send many.
    private void Report(string origin, Uri own)
    {
        var (last, now) = (Interlocked.Read(ref _loggedAt), time.GetTimestamp());
        if ((last != 0 && time.GetElapsedTime(last, now) < Quiet) || Interlocked.CompareExchange(ref _loggedAt, now, last) != last) return;
        var shown = Uri.TryCreate(origin, UriKind.Absolute, out var sent) ? sent.GetLeftPart(UriPartial.Authority) : "an unnamed page";
        LogRefused(log, shown, own);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A request from a page at {Origin} was refused; the portal's own address is {Own} "
            + "(Portal:PublicUrl, Portal:TrustedProxies)")]
    private static partial void LogRefused(ILogger logger, string origin, Uri own);
}
