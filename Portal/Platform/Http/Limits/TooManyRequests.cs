using System.Globalization;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http.Limits;

/// <summary>Answers 429 with <c>Retry-After</c>.</summary>
internal static class TooManyRequests
{
    /// <summary>Writes the answer; the wait is rounded up to whole seconds.</summary>
    public static Task WriteAsync(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        context.RequestServices.GetService<RefusedBursts>()?.Report(context);
        return PlainPage.WriteAsync(
            context, StatusCodes.Status429TooManyRequests, "For mange forsøg",
            $"Der kom for mange forespørgsler på kort tid. Intet fra denne er gemt; det tidligere gemte er uændret. "
                + $"Prøv igen om {seconds} s.",
            $"Too many requests in a short time. Nothing of this one was saved; try again in {seconds} s.");
    }

    /// <summary>Writes that the key or the session has as many streams and hub connections open as it may.</summary>
    public static Task WriteStreamsAsync(HttpContext context, int most)
    {
        context.Response.Headers.RetryAfter = "1";
        return PlainPage.WriteAsync(
            context, StatusCodes.Status429TooManyRequests, "For mange åbne strømme",
            string.Create(CultureInfo.InvariantCulture, $"Nøglen eller sessionen har allerede {most} strømme og hubforbindelser åbne. ")
                + "De fortsætter uændret; kun denne blev ikke åbnet. Luk en af dem, og prøv igen.",
            string.Create(CultureInfo.InvariantCulture, $"The key or the session has {most} streams and hub connections open already. ")
                + "They go on; close one of them, and try again.");
    }
}
