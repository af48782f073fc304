using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Trace;
using Portal.Features.Messages.Api;
using Portal.Features.Messages.Push;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;

namespace Portal.Features.Messages;

/// <summary>Registers the message pages, calls and streams, and the push endpoint.</summary>
public static class MessageServices
{
    /// <summary>Needs <see cref="PortalSettings"/>, and the message side's receiver and readers.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<SharedReads>().AddScoped<MessagesPageServices>().AddSingleton<MessageTail>();
        services.TryAddSingleton<PushAnswers>();
        services.TryAddSingleton<ClientCertificateExpiry>();
        services.AddSingleton<ClientCertificates>().AddSingleton<PushCallers>().AddSingleton<PushReplies>().AddSingleton<PushEndpoint>();

        // Only the push is traced: the URLs of other calls hold case numbers and message ids.
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddAspNetCoreInstrumentation(
            options => options.Filter = context => context.Request.Path == PushEndpoint.Path));
        services.AddOptions<KestrelServerOptions>().Configure<PortalSettings>((kestrel, settings) =>
        {
            // One place for both, since a later call takes the place of an earlier one.
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.SslProtocols = TlsVersions.Allowed;
                if (settings.PushThumbprints.Count == 0) return;

                // The list of thumbprints decides which certificates are trusted; their chain is not checked.
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        return services;
    }

    /// <summary>Adds the middleware that answers a failing push. Call before authentication.</summary>
    public static IApplicationBuilder UsePushFailures(this IApplicationBuilder app) => app.UseMiddleware<PushFailures>();

    /// <summary>Maps the HTTP calls. Call after authentication and authorization.</summary>
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        PushEndpoint.Map(routes);
        MessageEndpoints.Map(routes);
    }
}

/// <summary>Names the texts of the live stream and the message page (<c>MessageTexts.resx</c>, Danish; <c>.en.resx</c>, English).</summary>
public sealed class MessageTexts;
