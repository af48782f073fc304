using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Operations;

namespace Portal.Ingestion.Quarantine;

/// <summary>Registers the retries of the quarantine.</summary>
public static class QuarantineServices
{
    /// <summary>Registers the service for retries and its runner. Needs <c>AddNode</c>.</summary>
    public static IServiceCollection AddQuarantineRetries(this IServiceCollection services) => services
        .AddSingleton<CountWaiting>(services => (db, stop) =>
            QuarantineReader.Waiting(db, services.GetRequiredService<TimeProvider>().GetUtcNow()).LongCountAsync(stop))
        .AddSingleton<RetrySignal>()
        .AddSingleton<IQuarantineRetries, QuarantineRetries>()
        .AddHostedService<RetryRunner>();
}
