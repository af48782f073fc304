using Microsoft.AspNetCore.Http.Timeouts;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http.Limits;

/// <summary>
/// Ends a request that takes too long. Not those that are meant to last (streams, hub, circuits), nor files, whose size is bounded and
/// whose slow readers the server cuts off, nor the push address, which has its own limit.
/// </summary>
internal static class RequestTimeLimits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly PathString[] Lasting = ["/_blazor", "/hubs", "/beskedfordeler"];

    /// <summary>Registers the limit.</summary>
    public static IServiceCollection AddRequestTimeLimits(this IServiceCollection services, TimeSpan? longest = null) =>
        services.AddRequestTimeouts(options => options.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = longest ?? Longest, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            WriteTimeoutResponse = AnswerAsync,
        });

    /// <summary>Adds the middleware. Call after what turns errors into answers.</summary>
    public static void UseRequestTimeLimits(this WebApplication app) =>
        app.UseWhen(context => !IsLasting(context.Request.Path), limited => limited.UseRequestTimeouts());

    private static Task AnswerAsync(HttpContext context)
    {
        // That of the request has ended, and the answer would end with it.
        context.RequestAborted = CancellationToken.None;
        return PlainPage.WriteAsync(
            context, StatusCodes.Status504GatewayTimeout, "Det tog for lang tid",
            "Svaret blev ikke færdigt i tide og er afbrudt. Det, der allerede var gemt, er uændret. Prøv igen, eller spørg om mindre ad "
                + "gangen; bliver det ved, så giv driften besked.",
            "The answer took too long. What was saved before is unchanged. Try again, or ask for less at a time.");
    }

    internal static bool IsLasting(PathString path) =>
        Array.Exists(Lasting, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
        || (path.Value is { } text && (text.EndsWith("/stream", StringComparison.OrdinalIgnoreCase) || Path.HasExtension(text)));
}
