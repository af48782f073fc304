using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Portal.Ingestion.Receiving;

namespace Portal.Ingestion.Operations;

/// <summary>Registers metrics and traces (OpenTelemetry).</summary>
public static class TelemetryServices
{
    /// <summary>
    /// OpenTelemetry's standard variable: when set, metrics, traces and the log are sent there. The related variables
    /// (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>…_HEADERS</c>) apply too.
    /// </summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Registers the meters of the message side and of the runtime. Without <see cref="EndpointKey"/> nothing is traced, so tracing costs
    /// nothing.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, string program)
    {
        var sent = !string.IsNullOrWhiteSpace(configuration[EndpointKey]);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("beskedportal", "portal", serviceInstanceId: null)
                .AddAttributes([new("portal.program", program)]))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(IngestionStatistics.MeterName, "System.Runtime");
                if (sent) metrics.AddOtlpExporter();
            });
        if (!sent) return services;
        telemetry.WithTracing(tracing => tracing.AddSource(IngestionTrace.SourceName).AddOtlpExporter());

        // The log too, so that whoever takes over this machine cannot take back what it has said.
        telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        return services;
    }
}
