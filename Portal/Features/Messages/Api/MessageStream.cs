using System.Globalization;
using System.Text;
using System.Text.Json;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Platform.Http;

namespace Portal.Features.Messages.Api;

/// <summary>The log as server-sent events: id = sequence number, data = the message. Resumes after <c>Last-Event-ID</c>.</summary>
internal static class MessageStream
{
    private const string LastEventId = "Last-Event-ID";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Streams until the caller disconnects or the portal stops.</summary>
    public static async Task SendAsync(HttpContext context, MessageTail tail, TimeProvider time)
    {
        var query = new QueryValues(context.Request.Query);
        var filter = query.Filter();
        var asked = query.Sequence("after");
        var resumed =
            context.Request.Headers[LastEventId].ToString().Trim() is { Length: > 0 } last ? query.Sequence(LastEventId, last) : null;
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await SendAsync(context, tail.ReadAsync(context.GetViewer(), filter, resumed ?? asked, context.RequestAborted), time);
        }
        catch (Exception gone)
            when (gone is OperationCanceledException || (gone is IOException && context.RequestAborted.IsCancellationRequested))
        {
            // The caller disconnected, or the portal stops: the caller resumes from its last id.
        }
    }

    private static async Task SendAsync(HttpContext context, IAsyncEnumerable<IReadOnlyList<MessageView>> slices, TimeProvider time)
    {
        var quietSince = DateTimeOffset.MinValue;
        await foreach (var slice in slices.WithCancellation(context.RequestAborted))
        {
            var now = time.GetUtcNow();
            if (slice.Count == 0 && now - quietSince < Heartbeat) continue;
            var text = slice.Count == 0 ? ": i live\n\n" : Events(slice);
            await context.Response.WriteAsync(text, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            quietSince = now;
        }
    }

    private static string Events(IReadOnlyList<MessageView> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            // The JSON holds no line breaks, so one data line holds the message.
            text.Append(CultureInfo.InvariantCulture,
                $"id: {message.Sequence}\ndata: {JsonSerializer.Serialize(MessageJson.Of(message), PortalJson.Options)}\n\n");
        }

        return text.ToString();
    }
}
