using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Access;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Retention;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports;
using Portal.Ingestion.Verification;

namespace Portal.Ingestion.Hosting;

/// <summary>Registers the message side's services for the portal, the worker and the command line.</summary>
public static class IngestionServices
{
    /// <summary>Registers everything but the transports, which <see cref="AddIngestionRoles"/> adds.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings)

        // Background services are supervised; if one ends anyway, the process must continue.
        .Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore)
        .AddIngestionStorage()
        .AddLogHints(settings)
        .AddIngestionPipeline()
        .AddOperations()
        .AddRetention()
        .AddLetters()
        .AddAccessJournal()
        .AddFigures();

    /// <summary>
    /// Registers the background work of the portal and the worker: reports of transports, telemetry, retries of the quarantine, checkpoints
    /// and verification.
    /// </summary>
    /// <param name="program"><c>portal</c> or <c>worker</c>.</param>
    public static IServiceCollection AddIngestionUpkeep(this IServiceCollection services, IConfiguration configuration, string program) =>
        services
            .AddNode(program)
            .AddTelemetry(configuration, program)
            .AddQuarantineRetries()
            .AddLedgerUpkeep()
            .AddHostedService<CertificateExpiryService>();

    /// <summary>Registers the queue and folder transports, the matching of statuses with letters, erasure and counting.</summary>
    public static IServiceCollection AddIngestionRoles(this IServiceCollection services, PortalSettings settings) => services
        .AddIngestionTransports(settings)
        .AddLetterMatching()
        .AddErasing()
        .AddLetterCounting();
}
