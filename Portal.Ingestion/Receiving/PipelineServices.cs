using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp;
using Portal.Ingestion.Transports.Folder;

namespace Portal.Ingestion.Receiving;

/// <summary>Registers the one receive and the doors that this process opens by itself.</summary>
public static class PipelineServices
{
    /// <summary>The receive and its counts.</summary>
    public static IServiceCollection AddIngestionPipeline(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<IngestionStatistics>()
        .AddSingleton<TransportStatusBoard>()
        .AddSingleton<TransportActivity>()
        .AddSingleton<IReceiver, Receiver>();

    /// <summary>The folder and the dueslag, where they are configured. Push is a door of the portal's.</summary>
    public static IServiceCollection AddIngestionTransports(this IServiceCollection services, PortalSettings settings)
    {
        if (settings.FolderPath is not null) services.AddHostedService<FolderTransport>();
        if (settings.Amqp is not null) services.AddHostedService<AmqpTransport>();
        return services;
    }
}
