using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Portal.Features.Benefits.Api;
using Portal.Features.Cases.Api;
using Portal.Features.Catalogue.Api;
using Portal.Features.Chains.Api;
using Portal.Features.Evidence.Api;
using Portal.Features.Ledger.Api;
using Portal.Features.Messages.Api;
using Portal.Features.Messages.Push;
using Portal.Features.Operations.Api;
using Portal.Features.Quarantine.Api;
using Portal.Features.Registering.Api;
using Portal.Ingestion.Settings;

namespace Portal.Platform.Http;

/// <summary>Puts the HTTP interface into the host.</summary>
public static class PortalApi
{
    /// <summary>
    /// Calls, streams, hub, health, metrics and description. Needs PortalSettings, TimeProvider, LogSignal and the readers of the message side.
    /// Register <see cref="IReadinessProbe"/>s for what must work.
    /// </summary>
    public static IServiceCollection AddPortalApi(this IServiceCollection services)
    {
        services.AddSingleton<ProbeFailures>().AddSingleton<Portal.Platform.Http.Problems.DatabaseAway>().AddSingleton<ClientCertificates>().AddSingleton<PushEndpoint>().AddSingleton<MessageTail>().AddSingleton<LetterIntake>().AddSingleton<CaseSearch>().AddSingleton<Portal.Features.Chains.Api.ChainIntake>().AddSingleton<Portal.Features.Benefits.Api.MeasurementIntake>();
        services.Configure<JsonOptions>(options => PortalJson.Configured(options.SerializerOptions));
        services.AddSignalR().AddJsonProtocol(options => PortalJson.Configured(options.PayloadSerializerOptions));
        services.AddOpenApi("v1", ApiDescription.Describe);
        // Labels are route templates: no id and no case number ever stands in one.
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Portal.Ingestion", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime")
            .AddPrometheusExporter());

        // Of all calls only the push door is traced: the others' addresses hold case numbers and message ids.
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path == PushEndpoint.Path));
        services.AddOptions<KestrelServerOptions>().Configure<PortalSettings>((kestrel, settings) =>
        {
            if (settings.PushThumbprints.Count == 0) return;
            kestrel.ConfigureHttpsDefaults(https =>
            {
                // Which certificates count stands in the list of thumbprints; a chain to some authority proves nothing more.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        return services;
    }

    /// <summary>Every address of the interface. Call after authentication and authorization.</summary>
    public static WebApplication MapPortalApi(this WebApplication app)
    {
        PushEndpoint.Map(app);
        LetterEndpoints.Map(app);
        CaseEndpoints.Map(app);
        EvidenceEndpoints.Map(app);
        LedgerEndpoints.Map(app);
        Portal.Features.Reports.Api.ReportEndpoints.Map(app);
        MessageEndpoints.Map(app);
        QuarantineEndpoints.Map(app);
        CatalogueEndpoints.Map(app);
        ChainEndpoints.Map(app);
        MeasurementEndpoints.Map(app);
        HealthEndpoints.Map(app);
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        ApiDescription.Map(app);
        return app;
    }
}
