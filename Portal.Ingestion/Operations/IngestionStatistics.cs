using System.Diagnostics.Metrics;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Operations;

/// <summary>Metrics and health of the ingestion pipeline. Labels never contain a name, number or identifier from a message.</summary>
public sealed class IngestionStatistics : IDisposable
{
    public const string MeterName = "Portal.Ingestion";

    private readonly Meter _meter;
    private readonly TransportActivity _activity;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refused;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _lag;
    private string? _storageError;
    private long _fullAt;

    public IngestionStatistics(IMeterFactory meters, TransportActivity activity)
    {
        _activity = activity;
        _meter = meters.Create(MeterName);
        _messages =
            _meter.CreateCounter<long>("portal.ingestion.messages", description: "Deliveries by transport and outcome, after the commit");
        _refused = _meter.CreateCounter<long>(
            "portal.ingestion.refused", description: "Deliveries that could not be stored and were not acknowledged");
        _batch = _meter.CreateHistogram("portal.ingestion.batch", description: "Deliveries in a commit", advice: new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 200, 500, 1000],
        });
        _commit =
            _meter.CreateHistogram("portal.ingestion.commit.duration", "s", "How long a commit took", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            });
        _lag = _meter.CreateHistogram("portal.ingestion.lag", "s",
            "From a message's creation at its source to its commit here, by transport", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400],
            });
    }

    /// <summary>Why messages cannot be stored now, in Danish; null when they can, as far as is known.</summary>
    public string? StorageError => Volatile.Read(ref _storageError);

    /// <summary>
    /// <see cref="TimeProvider.GetTimestamp"/> of the last refusal because of a full disk; null when there was none, or storing has
    /// succeeded since.
    /// </summary>
    internal long? FullAt => Volatile.Read(ref _fullAt) is not 0 and var at ? at : null;

    /// <summary>The meter, for other instruments of the message side.</summary>
    internal Meter Meter => _meter;

    /// <summary>Adds the gauge of deliveries that wait for their commit.</summary>
    internal void MonitorStorage(Func<int> waiting) =>
        _meter.CreateObservableGauge(
            "portal.ingestion.waiting", waiting, description: "Deliveries that wait for their commit in this process");

    /// <summary>Records that the database can be written. True when it could not before.</summary>
    internal bool Recovered()
    {
        Volatile.Write(ref _fullAt, 0);
        return Interlocked.Exchange(ref _storageError, null) is not null;
    }

    /// <summary>Records that the database cannot be written. True when it could before.</summary>
    internal bool Found(string why) => Interlocked.Exchange(ref _storageError, why) is null;

    /// <summary>Counts a committed batch. True when the database could not be written before.</summary>
    internal bool Committed(IReadOnlyList<ReadDelivery> batch, IReadOnlyList<DeliveryOutcome> outcomes, TimeSpan took)
    {
        var recovered = Recovered();
        _batch.Record(outcomes.Count);
        _commit.Record(took.TotalSeconds);
        _activity.Committed(batch.Zip(outcomes, (read, outcome) => (read.Delivery.Transport, outcome, read.Draft?.Row.CreatedAt)), took);
        for (var n = 0; n < batch.Count; n++)
        {
            var (transport, outcome) = (batch[n].Delivery.Transport, outcomes[n]);
            _messages.Add(1, new("transport", transport), new("outcome", NameOf(outcome)));
            if (outcome is DeliveryOutcome.Accepted && batch[n].Draft?.Row.CreatedAt is { } created)
            {
                _lag.Record(Math.Max(0, (batch[n].Delivery.ReceivedAt - created + took).TotalSeconds),
                    new KeyValuePair<string, object?>("transport", transport));
            }
        }

        return recovered;
    }

    /// <summary>Counts a batch that could not be stored. True when the database could be written before.</summary>
    /// <param name="why">In Danish.</param>
    /// <param name="count">Deliveries in the batch.</param>
    /// <param name="fullAt">Timestamp of the refusal if the disk was full; else null.</param>
    internal bool Refused(string why, int count, long? fullAt = null)
    {
        _refused.Add(count);
        if (fullAt is { } at) Volatile.Write(ref _fullAt, at);
        return Found(why);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    /// <summary>The outcome as a label: <c>accepted</c>, <c>repeated</c>, or the reason of the quarantine.</summary>
    internal static string NameOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.Repeated => "repeated",
        DeliveryOutcome.Quarantined quarantined => quarantined.Reason.ToWire(),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
