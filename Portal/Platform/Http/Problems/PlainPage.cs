using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Portal.Platform.Http.Problems;

/// <summary>
/// A refusal for whoever sent the request: problem details for programs, a plain page for people. Without the portal's script and styles,
/// so that it causes no further request.
/// </summary>
internal static class PlainPage
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1rem;color:#1c2733}a{color:#00508c}";

    // Danish letters as they are; what has a meaning in HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes the answer.</summary>
    /// <param name="title">In Danish, as all of it.</param>
    /// <param name="text">What happened, what was kept, what to do.</param>
    /// <param name="english">The same in short, in English.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string text, string english)
    {
        if (!IsForPeople(context.Request)) return PortalProblems.Write(context, status, title, text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Page(title, text, english), context.RequestAborted);
    }

    private static bool IsForPeople(HttpRequest request) => !InterfacePaths.Includes(request.Path)
        && request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static string Page(string title, string text, string english) =>
        "<!DOCTYPE html><html lang=\"da\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + $"<title>{Encoder.Encode(title)}</title><style>{Style}</style></head><body><main>"
        + $"<h1>{Encoder.Encode(title)}</h1><p>{Encoder.Encode(text)}</p>"
        + $"<p lang=\"en\">{Encoder.Encode(english)}</p><p><a href=\"/\">Til forsiden</a></p></main></body></html>";
}
