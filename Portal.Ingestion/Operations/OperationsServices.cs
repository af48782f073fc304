using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>Registers the monitoring of the message side.</summary>
public static class OperationsServices
{
    /// <summary>Registers the check of free disk space, which every program that writes needs.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<PushAnswers>()
        .AddSingleton<ClientCertificateExpiry>()
        .AddSingleton<DatabaseDisk>()
        .AddSingleton<DiskSpaceGuard>();

    /// <summary>Registers this process as a node that reports its transports and reads those of other nodes.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services, string program) => services
        .AddSingleton(NodeIdentity.OfThisProcess(program))
        .AddSingleton<ConfiguredTransports>()
        .AddSingleton<PushStatus>()
        .AddSingleton<NodeTransports>()
        .AddSingleton<NodeTable>()
        .AddSingleton(services => new TransportHealth(
            services.GetRequiredService<NodeTable>(), services.GetRequiredService<NodeTransports>(),
            services.GetRequiredService<PortalSettings>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<DatabaseReader>()
        .AddSingleton<SilenceReader>()
        .AddSingleton<OperationsGauges>()
        .AddSingleton<IOperationsReader, OperationsReader>()
        .AddSingleton<ProcessServices>()
        .AddHostedService<PlannedStop>()
        .AddHostedService<ServiceReporter>()
        .AddHostedService<NodeReporter>()
        .AddHostedService<LogMaintenanceService>();
}
