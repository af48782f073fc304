using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Features.Messages.Push;

/// <summary>The endpoint that Beskedfordeler pushes to: answers StatusKode 20 only after the message is durably stored, else 40.</summary>
internal sealed partial class PushEndpoint(
    IReceiver receiver, PortalSettings settings, PushCallers callers, PushReplies replies, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<PushEndpoint> logger)
{
    public const string Path = "/beskedfordeler/modtag";

    /// <summary>
    /// Concurrent pushes; more, or more bytes than all may read together, are answered 40. Bodies over <c>Ingestion:MaxMessageBytes</c>
    /// are read one at a time and kept in quarantine.
    /// </summary>
    public const int MostAtOnce = 1000;

    private const long MostBytesAtOnce = 64L << 20;

    private static readonly PushProblem Empty = new(StatusCodes.Status400BadRequest, PushRefusal.Empty, "Indholdet er tomt.");

    private readonly CapacityLimiter _held = new(MostAtOnce, Math.Max(MostBytesAtOnce, 2L * settings.MaxMessageBytes));
    private readonly BoundedBody _bodies = new(settings.MaxMessageBytes, DeliveryCut.WholeBytes(settings.MaxMessageBytes));

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Open to all here: ReceiveAsync authenticates callers by certificate or key, and answers in the standard's format.
        PushDescription.Add(routes.MapPost(Path, (PushEndpoint endpoint, HttpContext context) => endpoint.ReceiveAsync(context))
            .DisableAntiforgery());

        // Every other method: the general answer to it has no StatusKode.
        routes.Map(Path, PushReplies.WrongMethodAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    private Task ReceiveAsync(HttpContext context)
    {
        if (!settings.PushEnabled) return PushReplies.ClosedAsync(context);
        BoundedBody.TakeOver(context);
        var caller = callers.Identify(context);
        return (caller.Problem ?? ProblemOf(context)) is { } problem
            ? replies.RefusedAsync(context, caller, problem)
            : ReceiveAsync(context, caller);
    }

    private static PushProblem? ProblemOf(HttpContext context)
    {
        if (context.Request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return Empty;
        var xml = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && (type.MediaType.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("text/xml", StringComparison.OrdinalIgnoreCase));
        var plain = context.Request.Headers.ContentEncoding.ToString() is "" or "identity";
        return xml && plain ? null : new PushProblem(StatusCodes.Status415UnsupportedMediaType, PushRefusal.WrongType,
            "Indholdet skal sendes ukomprimeret som application/xml eller text/xml.");
    }

    private async Task ReceiveAsync(HttpContext context, PushCaller caller)
    {
        if (_held.TryEnter(1, 0) is not { } held)
        {
            await replies.LaterAsync(context, caller, PushRefusal.Busy);
            return;
        }

        using var capacity = held;
        using var limit = new CancellationTokenSource(BusyLimits.Delivery, time);
        if (await ReadAsync(context, caller, held, limit.Token) is not { } read) return;
        using (read)
        {
            if (!read.IsRead) await replies.LaterAsync(context, caller, PushRefusal.Busy);
            else if (read.Bytes.Length == 0) await replies.RefusedAsync(context, caller, Empty);
            else
            {
                await StoreAsync(
                    context, caller, new Delivery(read.Bytes, "push", time.GetUtcNow()) { Cut = read.Cut }, limit.Token);
            }
        }
    }

    // Null when the body could not be read; then the answer is given, if anybody waits for it.
    private async Task<ReadBody?> ReadAsync(
        HttpContext context, PushCaller caller, CapacityLimiter.CapacityLease held, CancellationToken limit)
    {
        using var reading =
            CancellationTokenSource.CreateLinkedTokenSource(limit, context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return await _bodies.ReadAsync(context, held, reading.Token);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode != StatusCodes.Status408RequestTimeout)
        {
            // The body ended before its Content-Length, or its chunking is invalid.
            await replies.RefusedAsync(context, caller, new PushProblem(
                StatusCodes.Status400BadRequest, PushRefusal.CutShort, "Indholdet kom ikke helt frem."));
        }
        catch (Exception problem) when (context.RequestAborted.IsCancellationRequested || problem is IOException and not
            BadHttpRequestException)
        {
            // The sender disconnected during the body, and will send again.
        }
        catch (Exception problem) when (problem is OperationCanceledException or BadHttpRequestException)
        {
            // Too slow, or the portal is stopping.
            var why = lifetime.ApplicationStopping.IsCancellationRequested ? PushRefusal.Closing : PushRefusal.Late;
            await replies.LaterAsync(context, caller, why);
        }
        catch (Exception problem)
        {
            // Usually out of memory: the sender keeps the message and sends it again.
            LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            await replies.LaterAsync(context, caller, PushRefusal.Unforeseen);
        }

        return null;
    }

    private async Task StoreAsync(HttpContext context, PushCaller caller, Delivery delivery, CancellationToken limit)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(limit, context.RequestAborted);
        try
        {
            await receiver.ReceiveAsync(delivery, waiting.Token);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender disconnected before the answer: it will send again, and a repeat is counted.
            return;
        }
        catch (StorageUnavailableException problem)
        {
            LogUnavailable(logger, problem.InnerException?.GetType().Name);
            var why = lifetime.ApplicationStopping.IsCancellationRequested ? PushRefusal.Closing : PushRefusal.Storage;
            await replies.LaterAsync(context, caller, why, problem.Message);
            return;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await replies.LaterAsync(context, caller, PushRefusal.Late);
            return;
        }
        catch (Exception problem)
        {
            // Type and stack trace only: an exception's text may repeat the message.
            LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            await replies.LaterAsync(context, caller, PushRefusal.Unforeseen);
            return;
        }

        using var acknowledge = IngestionTrace.Acknowledge("push");
        await replies.StoredAsync(context, caller);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A pushed message could not be stored now and was refused ({Cause})")]
    private static partial void LogUnavailable(ILogger logger, string? cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pushed message could not be stored and was refused: {Kind} {Place}")]
    private static partial void LogFailed(ILogger logger, string kind, string? place);
}
