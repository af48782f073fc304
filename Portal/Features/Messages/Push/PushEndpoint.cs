using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;

namespace Portal.Features.Messages.Push;

/// <summary>The endpoint that Beskedfordeler pushes to: answers StatusKode 20 only after the message is durably stored.</summary>
internal sealed partial class PushEndpoint(
    IReceiver receiver, PortalSettings settings, ClientCertificates certificates, IHostEnvironment environment, TimeProvider time,
    ILogger<PushEndpoint> logger)
{
    public const string Path = "/beskedfordeler/modtag";

    /// <summary>
    /// Concurrent pushes; more, or more bytes than all may read together, are answered 503. Bodies over <c>Ingestion:MaxMessageBytes</c>
    /// are read one at a time and kept in quarantine.
    /// </summary>
    public const int MostAtOnce = 1000;

    private const long MostBytesAtOnce = 64L << 20;

    private readonly CapacityLimiter _held = new(MostAtOnce, Math.Max(MostBytesAtOnce, 2L * settings.MaxMessageBytes));
    private readonly BoundedBody _bodies = new(settings.MaxMessageBytes, DeliveryCut.WholeBytes(settings.MaxMessageBytes));

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, (PushEndpoint endpoint, HttpContext context) => endpoint.ReceiveAsync(context))
            .AllowAnonymous() // ReceiveAsync authenticates callers by certificate or key, and answers in the standard's format.
            .DisableAntiforgery()
            .WithTags("Beskedfordeler")
            .WithSummary("Modtag en besked")
            .WithDescription("ModtagBeskedInput eller en bar Haendelsesbesked som application/xml eller text/xml. Svarer 200 med "
                + "StatusKode 20, når beskeden er gemt varigt; også når den ikke kan forstås eller er for stor og står i karantæne.")
            // Described by hand: with Accepts() the router would answer a wrong media type itself, in another format.
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody { Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/xml"] = new(), ["text/xml"] = new() } };
                return Task.CompletedTask;
            })
            .Produces<string>(200, "application/xml")
            .Produces<string>(400, "application/xml").Produces<string>(401, "application/xml").Produces<string>(403, "application/xml")
            .Produces<string>(415, "application/xml").Produces<string>(503, "application/xml");

    private Task ReceiveAsync(HttpContext context)
    {
        if (!settings.PushEnabled)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        BoundedBody.TakeOver(context);
        return Refusal(context) is var (status, code, text) ? Answer(context, status, code, text) : ReadAndStoreAsync(context);
    }

    private (int Status, int Code, string Text)? Refusal(HttpContext context)
    {
        if (!certificates.Knows(context))
        {
            var viewer = context.GetViewer();
            if (viewer == Viewer.Nobody)
            {
                var open = environment.IsDevelopment() && !context.Request.Headers.ContainsKey(ApiKeyHandler.Header);
                if (!open)
                {
                    return (StatusCodes.Status401Unauthorized, StandardRetur.NotSignedIn,
                        "Afsenderen er ikke kendt. Brug et registreret klientcertifikat eller en API-nøgle.");
                }
            }
            else if (!viewer.May(ViewerRights.Push))
            {
                return (StatusCodes.Status403Forbidden, StandardRetur.NotAllowed, "Afsenderen må ikke aflevere beskeder her.");
            }
        }

        if (context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return Empty;
        var xml = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && (type.MediaType.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("text/xml", StringComparison.OrdinalIgnoreCase));
        var plain = context.Request.Headers.ContentEncoding.ToString() is "" or "identity";
        return xml && plain ? null : (StatusCodes.Status415UnsupportedMediaType, StandardRetur.BadRequest,
            "Indholdet skal sendes ukomprimeret som application/xml eller text/xml.");
    }

    private async Task ReadAndStoreAsync(HttpContext context)
    {
        if (_held.TryEnter(1, 0) is not { } held)
        {
            await Answer(context, StatusCodes.Status503ServiceUnavailable, StandardRetur.Unavailable, NotNow);
            return;
        }

        using var room = held;
        ReadBody body;
        try
        {
            body = await _bodies.ReadAsync(context, held);
        }
        catch (BadHttpRequestException)
        {
            // The body ended before its Content-Length, or its chunking is invalid.
            await Answer(context, StatusCodes.Status400BadRequest, StandardRetur.BadRequest, "Indholdet kom ikke helt frem.");
            return;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The sender disconnected during the body, and will send again.
            return;
        }
        catch (Exception problem)
        {
            // Usually out of memory: the sender keeps the message and sends it again.
            LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            await Answer(context, StatusCodes.Status503ServiceUnavailable, StandardRetur.Unavailable, NotNow);
            return;
        }

        using (body)
        {
            if (!body.IsRead) await Answer(context, StatusCodes.Status503ServiceUnavailable, StandardRetur.Unavailable, NotNow);
            else if (body.Bytes.Length == 0) await Answer(context, Empty.Status, Empty.Code, Empty.Text);
            else await StoreAsync(context, new Delivery(body.Bytes, "push", time.GetUtcNow()) { Cut = body.Cut });
        }
    }

    private async Task StoreAsync(HttpContext context, Delivery delivery)
    {
        using var limit = new CancellationTokenSource(BusyLimits.Delivery, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        try
        {
            await receiver.ReceiveAsync(delivery, waiting.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender disconnected before the answer: it will send again, and a repeat is counted.
            return;
        }
        catch (Exception problem)
        {
            // Logs type and stack trace only: an exception's text may repeat the message.
            var isLate = problem is StorageUnavailableException || limit.IsCancellationRequested;
            if (isLate) LogUnavailable(logger, problem.InnerException?.GetType().Name);
            else LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            await Answer(context, StatusCodes.Status503ServiceUnavailable, StandardRetur.Unavailable, NotNow);
            return;
        }

        using var acknowledge = IngestionTrace.Acknowledge("push");
        await Answer(context, StatusCodes.Status200OK, StandardRetur.Ok, null);
    }

    private const string NotNow = "Beskeden kunne ikke gemmes nu. Send den igen.";

    private static (int Status, int Code, string Text) Empty =>
        (StatusCodes.Status400BadRequest, StandardRetur.BadRequest, "Indholdet er tomt.");

    private static Task Answer(HttpContext context, int status, int code, string? text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml; charset=utf-8";
        return context.Response.WriteAsync(StandardRetur.ToXml(code, text), context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A pushed message could not be stored now and was refused ({Cause})")]
    private static partial void LogUnavailable(ILogger logger, string? cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pushed message could not be stored and was refused: {Kind} {Place}")]
    private static partial void LogFailed(ILogger logger, string kind, string? place);
}
