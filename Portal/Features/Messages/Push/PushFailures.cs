using Portal.Ingestion.Operations;

namespace Portal.Features.Messages.Push;

/// <summary>
/// Answers 40 when anything before the endpoint fails, such as authentication: the usual answer to an unexpected error would stop the
/// mailbox.
/// </summary>
internal sealed partial class PushFailures(
    RequestDelegate next, PushCallers callers, PushReplies replies, ILogger<PushFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(PushEndpoint.Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception problem) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // Type and stack trace only: an exception's text may repeat the message.
            LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            context.Response.Clear();
            await replies.LaterAsync(context, Identify(context), PushRefusal.Unforeseen);
        }
    }

    private PushCaller Identify(HttpContext context)
    {
        try
        {
            return callers.Identify(context);
        }
        catch (Exception problem)
        {
            LogFailed(logger, problem.GetType().Name, problem.StackTrace);
            return new PushCaller(PushCallers.AddressOf(context), ByCertificate: false);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A push failed before it was received and was answered 40: {Kind} {Place}")]
    private static partial void LogFailed(ILogger logger, string kind, string? place);
}
