using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using OpenTelemetry.Metrics;
using Portal.Platform.Http.Limits;
using Portal.Platform.Http.Problems;

namespace Portal.Platform.Http;

/// <summary>Registers what all addresses of the HTTP interface share: JSON, problems, description, metrics.</summary>
public static class HttpServices
{
    // A filter is the largest that a program sends.
    private const int LargestHubMessage = 32 * 1024;

    /// <summary>JSON for calls and hub (<see cref="PortalJson"/>), OpenAPI, Prometheus.</summary>
    public static IServiceCollection AddHttpInterface(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseAway>().AddRequestTimeLimits();
        services.Configure<JsonOptions>(options => PortalJson.Configured(options.SerializerOptions));
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = LargestHubMessage)
            .AddJsonProtocol(options => PortalJson.Configured(options.PayloadSerializerOptions));
        services.AddOpenApi(ApiDescription.DocumentName, ApiDescription.Describe);

        services.AddSingleton<DistributedContextPropagator, TraceHeaders>();

        // Labels hold route templates, so never an id or a case number.
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(
                "Portal.Ingestion", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections", "System.Runtime")
            .AddPrometheusExporter());
        return services;
    }

    /// <summary>Maps the description and the metrics. Call after authentication and authorization.</summary>
    public static void MapHttpInterface(this IEndpointRouteBuilder routes)
    {
        routes.MapPrometheusScrapingEndpoint("/metrics")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        ApiDescription.Map(routes);
    }
}
