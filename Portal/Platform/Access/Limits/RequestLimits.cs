using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http.Limits;

namespace Portal.Platform.Access.Limits;

/// <summary>
/// Bounds what one caller can ask for: requests a second for each API key, person or address (not in Development), open pages for each
/// session or guest, and open streams and hub connections for each API key or session. The push address has its own bound, and whoever
/// watches the portal's health is never refused.
/// </summary>
public static class RequestLimits
{
    /// <summary>Requests a second that a caller can keep up.</summary>
    public const int PerSecond = 100;

    /// <summary>Requests at once after a pause.</summary>
    public const int Burst = 2 * PerSecond;

    /// <summary>Connections of open pages for each session or guest.</summary>
    public const int OpenPages = 50;

    /// <summary>
    /// Event streams and hub connections for each API key or session at once. Systems share a key; no page opens any, so that a person with
    /// many tabs does not meet it.
    /// </summary>
    public const int OpenStreams = 100;

    private const int PartsOfSecond = 10;
    private static readonly PathString Circuits = new("/_blazor");
    private static readonly PathString Hubs = new("/hubs");
    private static readonly PathString[] Free = ["/beskedfordeler", "/health"];

    /// <summary>Registers the limits.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        services.AddSingleton(_ => new SignInAttempts()).AddSingleton<RefusedBursts>();
        return services.AddRateLimiter(options =>
        {
            var open = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(OpenPagesOf),
                PartitionedRateLimiter.Create<HttpContext, string>(OpenStreamsOf));
            options.GlobalLimiter = isDevelopment
                ? open
                : PartitionedRateLimiter.CreateChained(PartitionedRateLimiter.Create<HttpContext, string>(RequestsOf), open);
            options.OnRejected = (rejected, _) => new ValueTask(
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                    ? TooManyRequests.WriteAsync(rejected.HttpContext, wait)
                : IsStream(rejected.HttpContext.Request.Path)
                    ? TooManyRequests.WriteStreamsAsync(rejected.HttpContext, OpenStreams)
                    : TooManyRequests.WriteAsync(rejected.HttpContext, TimeSpan.FromSeconds(1)));
        });
    }

    private static RateLimitPartition<string> RequestsOf(HttpContext context)
    {
        if (Array.Exists(Free, root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
            || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return RateLimitPartition.GetNoLimiter("");
        var caller = context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } id
            ? $"caller {id}"
            : $"address {ClientAddress.Of(context)}";
        return RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst, TokensPerPeriod = PerSecond / PartsOfSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / PartsOfSecond),
        });
    }

    private static RateLimitPartition<string> OpenPagesOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase))
            return RateLimitPartition.GetNoLimiter("");
        var who = Session.Of(context.User) ?? CircuitGuests.Of(context) ?? "";
        return RateLimitPartition.GetConcurrencyLimiter(who, _ => new ConcurrencyLimiterOptions { PermitLimit = OpenPages });
    }

    private static RateLimitPartition<string> OpenStreamsOf(HttpContext context) =>
        IsStream(context.Request.Path)
            && (Session.Of(context.User) ?? context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value) is { } who
            ? RateLimitPartition.GetConcurrencyLimiter(who, _ => new ConcurrencyLimiterOptions { PermitLimit = OpenStreams })
            : RateLimitPartition.GetNoLimiter("");

    private static bool IsStream(PathString path) => path.StartsWithSegments(Hubs, StringComparison.OrdinalIgnoreCase)
        || (path.Value?.TrimEnd('/').EndsWith("/stream", StringComparison.OrdinalIgnoreCase) ?? false);
}
