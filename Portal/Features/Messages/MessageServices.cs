using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OpenTelemetry.Trace;
using Portal.Features.Messages.Api;
using Portal.Features.Messages.Push;
using Portal.Ingestion.Log;
using Portal.Ingestion.Settings;

namespace Portal.Features.Messages;

/// <summary>Registers the messages: the page, the calls and streams, and the address that the distributor pushes to.</summary>
public static class MessageServices
{
    /// <summary>Needs <see cref="PortalSettings"/>, the message side's receive and its readers.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<SharedReads>().AddScoped<MessagesPageServices>().AddSingleton<MessageTail>();
        services.AddSingleton<ClientCertificates>().AddSingleton<PushEndpoint>();

        // Of all calls only the push is traced: the others' addresses hold case numbers and message ids.
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation(
            options => options.Filter = context => context.Request.Path == PushEndpoint.Path));
        services.AddOptions<KestrelServerOptions>().Configure<PortalSettings>((kestrel, settings) =>
        {
            if (settings.PushThumbprints.Count == 0) return;
            kestrel.ConfigureHttpsDefaults(https =>
            {
                // Which certificates count is in the list of thumbprints; a chain to some authority proves nothing more.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        return services;
    }

    /// <summary>Its addresses. Call after authentication and authorization.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        PushEndpoint.Map(routes);
        MessageEndpoints.Map(routes);
    }
}

/// <summary>Names the texts of the live stream and the message page (<c>MessageTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class MessageTexts;
