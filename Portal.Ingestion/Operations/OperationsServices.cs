using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>Registers what watches over the message side.</summary>
public static class OperationsServices
{
    /// <summary>The watch over the disk, which every writer has.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<DatabaseDisk>()
        .AddSingleton<DiskSpaceGuard>();

    /// <summary>This process as a node that reports its transports, and reads of the others'.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services, string program) => services
        .AddSingleton(NodeIdentity.OfThisProcess(program))
        .AddSingleton<ConfiguredTransports>()
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
