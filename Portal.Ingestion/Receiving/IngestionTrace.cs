using System.Diagnostics;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Receiving;

/// <summary>
/// The trace of a delivery: <c>deliver</c> (the transport's), within it <c>receive</c>, its <c>commit</c>, and <c>acknowledge</c>. Tags are
/// the transport, the outcome and sizes; never a name, number or identifier of a message.
/// </summary>
public static class IngestionTrace
{
    public const string SourceName = "Portal.Ingestion";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// A transport takes hold of one delivery or of several at once; dispose after it is acknowledged. Transports within a traced request
    /// need none. Null when nobody listens.
    /// </summary>
    public static Activity? Deliver(string transport) => Start("deliver", ActivityKind.Consumer, transport);

    /// <summary>A transport tells its source that the delivery is safe. Null when nobody listens.</summary>
    public static Activity? Acknowledge(string transport) => Start("acknowledge", ActivityKind.Internal, transport);

    /// <summary>A delivery is read and waits for its commit.</summary>
    internal static Activity? Receive(Delivery delivery)
    {
        var activity = Start("receive", ActivityKind.Internal, delivery.Transport);
        activity?.SetTag("bytes", delivery.Bytes.Length);
        return activity;
    }

    /// <summary>One commit as each of its deliveries saw it, so that every trace is whole although a batch shares it.</summary>
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
