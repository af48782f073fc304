using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Verification;

namespace Portal.Ingestion.Hosting;

/// <summary>The message side's services, for the portal, the worker and the command line alike.</summary>
public static class IngestionServices
{
    /// <summary>Registers everything but the transports, which <see cref="AddIngestionRoles"/> adds.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings)

        // Every background service is supervised; should one end all the same, the process and its transports continue.
        .Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore)
        .AddIngestionStorage()
        .AddLogHints(settings)
        .AddIngestionPipeline()
        .AddOperations()
        .AddRetention()
        .AddLetters()
        .AddFigures();

    /// <summary>
    /// What every process that takes or shows messages does besides: it reports its transports, and works on what was asked of the
    /// quarantine.
    /// </summary>
    /// <param name="program"><c>portal</c> or <c>worker</c>.</param>
    public static IServiceCollection AddIngestionUpkeep(this IServiceCollection services, IConfiguration configuration, string program) =>
        services
            .AddNode(program)
            .AddTelemetry(configuration, program)
            .AddQuarantineRetries()
            .AddLedgerUpkeep();

    /// <summary>The transports that this process opens by itself, and the reader that joins statuses to letters.</summary>
    public static IServiceCollection AddIngestionRoles(this IServiceCollection services, PortalSettings settings) => services
        .AddIngestionTransports(settings)
        .AddLetterMatching()
        .AddErasing()
        .AddLetterCounting();
}
