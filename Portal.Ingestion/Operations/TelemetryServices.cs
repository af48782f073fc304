using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Portal.Ingestion.Receiving;

namespace Portal.Ingestion.Operations;

/// <summary>Metrics and traces for whoever watches from outside.</summary>
public static class TelemetryServices
{
    /// <summary>
    /// The standard's own key: set, metrics and traces are sent there; its companions (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>,
    /// <c>…_HEADERS</c>) hold too.
    /// </summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// The meters of the message side and of the runtime. Without a receiver nothing is traced, so tracing costs nothing.
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
        if (sent) telemetry.WithTracing(tracing => tracing.AddSource(IngestionTrace.SourceName).AddOtlpExporter());
        return services;
    }
}
