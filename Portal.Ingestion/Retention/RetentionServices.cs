using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portal.Ingestion.Retention;

/// <summary>Registers the services of retention.</summary>
public static class RetentionServices
{
    /// <summary>The eraser and the forecast.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.TryAddSingleton<IHeldCases, StoredHolds>();
        return services.AddSingleton<Eraser>().AddSingleton<IRetentionForecast, RetentionForecast>();
    }

    /// <summary>Runs the eraser in this process. Only for processes that host ingestion.</summary>
    public static IServiceCollection AddErasing(this IServiceCollection services) => services.AddHostedService<ErasingService>();
}
