using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portal.Ingestion.Retention;

/// <summary>Registers keeping and deleting.</summary>
public static class RetentionServices
{
    /// <summary>The eraser and what counts beforehand.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.TryAddSingleton<IHeldCases, StoredHolds>();
        return services.AddSingleton<Eraser>().AddSingleton<IRetentionForecast, RetentionForecast>();
    }

    /// <summary>Erases in this process: in the one role that hosts ingestion.</summary>
    public static IServiceCollection AddErasing(this IServiceCollection services) => services.AddHostedService<ErasingService>();
}
