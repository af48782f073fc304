using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Operations;

namespace Portal.Ingestion.Quarantine;

/// <summary>Registers the retries of the quarantine.</summary>
public static class QuarantineServices
{
    /// <summary>Registers the service for retries and its runner. Needs <c>AddNode</c>.</summary>
    public static IServiceCollection AddQuarantineRetries(this IServiceCollection services) => services
        .AddSingleton<CountWaiting>((db, stop) => QuarantineReader.Waiting(db).LongCountAsync(stop))
        .AddSingleton<RetrySignal>()
        .AddSingleton<IQuarantineRetries, QuarantineRetries>()
        .AddHostedService<RetryRunner>();
}
