using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Configuration;

/// <summary>The message side's services, for the portal, the worker and the command line alike.</summary>
public static class IngestionServices
{
    /// <summary>Everything but the doors, which <see cref="AddIngestionRoles"/> opens.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings)
        .AddIngestionStorage()
        .AddIngestionPipeline()
        .AddLetters();

    /// <summary>The doors that this process opens by itself, and the reader that joins statuses to letters.</summary>
    public static IServiceCollection AddIngestionRoles(this IServiceCollection services, PortalSettings settings) => services
        .AddIngestionDoors(settings)
        .AddLetterMatching();
}
