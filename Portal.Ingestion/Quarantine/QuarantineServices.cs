using Microsoft.Extensions.DependencyInjection;

namespace Portal.Ingestion.Quarantine;

/// <summary>Registers the retries of the quarantine.</summary>
public static class QuarantineServices
{
    /// <summary>What starts and shows retries, and the runner. Needs a node (<c>AddNode</c>).</summary>
    public static IServiceCollection AddQuarantineRetries(this IServiceCollection services) => services
        .AddSingleton<RetryBell>()
        .AddSingleton<IQuarantineRetries, QuarantineRetries>()
        .AddHostedService<RetryRunner>();
}
