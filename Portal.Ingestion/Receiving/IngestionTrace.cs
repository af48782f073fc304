using System.Diagnostics;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Receiving;

/// <summary>
/// The spans of a delivery: <c>deliver</c> (started by the transport), within it <c>receive</c> with its <c>commit</c>, and
/// <c>acknowledge</c>. Tags are the transport, the outcome and sizes; never a name, number or identifier from a message.
/// </summary>
public static class IngestionTrace
{
    public const string SourceName = "Portal.Ingestion";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Starts the span of one delivery or of a batch; dispose it after the acknowledgement. Push needs none: its HTTP request is traced
    /// already. Null when nobody listens.
    /// </summary>
    public static Activity? Deliver(string transport) => Start("deliver", ActivityKind.Consumer, transport);

    /// <summary>Starts the span in which a transport acknowledges a stored delivery to its source. Null when nobody listens.</summary>
    public static Activity? Acknowledge(string transport) => Start("acknowledge", ActivityKind.Internal, transport);

    /// <summary>Starts the span in which a delivery is read and waits for its commit.</summary>
    internal static Activity? Receive(Delivery delivery)
    {
        var activity = Start("receive", ActivityKind.Internal, delivery.Transport);
        activity?.SetTag("bytes", delivery.Bytes.Length);
        return activity;
    }

    /// <summary>
    /// Adds the commit to the trace of one delivery. A batch shares one commit, so each of its deliveries gets a span of its own.
    /// </summary>
    internal static void Committed(ActivityContext receive, DateTimeOffset from, int batch, string outcome)
    {
        if (receive == default || !Source.HasListeners()) return;
        var around = Activity.Current;
        Activity.Current = null;
        using (var activity = Source.StartActivity("commit", ActivityKind.Internal, receive, startTime: from))
        {
            activity?.SetTag("batch", batch).SetTag("outcome", outcome);
        }

        Activity.Current = around;
    }

    private static Activity? Start(string name, ActivityKind kind, string transport)
    {
        var activity = Source.StartActivity(name, kind);
        activity?.SetTag("transport", transport);
        return activity;
    }
}
