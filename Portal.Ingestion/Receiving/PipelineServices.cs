using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Amqp;
using Portal.Ingestion.Transports.Folder;

namespace Portal.Ingestion.Receiving;

/// <summary>Registers the receiver and the transports that this process runs.</summary>
public static class PipelineServices
{
    /// <summary>Registers the receiver and its statistics.</summary>
    public static IServiceCollection AddIngestionPipeline(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<IngestionStatistics>()
        .AddSingleton<TransportStatusBoard>()
        .AddSingleton<TransportActivity>()
        .AddSingleton<IReceiver, Receiver>();

    /// <summary>Registers the folder and AMQP transports where they are configured. Push belongs to the portal.</summary>
    public static IServiceCollection AddIngestionTransports(this IServiceCollection services, PortalSettings settings)
    {
        if (settings.FolderPath is not null) services.AddHostedService<FolderTransport>();
        if (settings.Amqp is not null) services.AddHostedService<AmqpTransport>();
        return services;
    }
}
