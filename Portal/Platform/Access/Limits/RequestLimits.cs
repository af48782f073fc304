using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Platform.Access.Sessions;
using Portal.Platform.Http.Limits;

namespace Portal.Platform.Access.Limits;

/// <summary>
/// Bounds what one caller can ask for: requests a second for each API key, person or address (not in Development), and open pages for each
/// session or guest. The push address has its own bound, and whoever watches the portal's health is never refused.
/// </summary>
public static class RequestLimits
{
    /// <summary>Requests a second that a caller can keep up.</summary>
    public const int PerSecond = 100;

    /// <summary>Requests at once after a pause.</summary>
    public const int Burst = 2 * PerSecond;

    /// <summary>Connections of open pages for each session or guest.</summary>
    public const int OpenPages = 50;

    private const int PartsOfSecond = 10;
    private static readonly PathString Circuits = new("/_blazor");
    private static readonly PathString[] Free = ["/beskedfordeler", "/health"];

    /// <summary>Registers the limits.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IHostEnvironment environment)
    {
        var isDevelopment = environment.IsDevelopment();
        services.AddSingleton(_ => new SignInAttempts()).AddSingleton<RefusedBursts>();
        return services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = isDevelopment
                ? PartitionedRateLimiter.Create<HttpContext, string>(OpenPagesOf)
                : PartitionedRateLimiter.CreateChained(
                    PartitionedRateLimiter.Create<HttpContext, string>(RequestsOf),
                    PartitionedRateLimiter.Create<HttpContext, string>(OpenPagesOf));
            options.OnRejected = (rejected, _) => new ValueTask(TooManyRequests.WriteAsync(
                rejected.HttpContext,
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1)));
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
}
