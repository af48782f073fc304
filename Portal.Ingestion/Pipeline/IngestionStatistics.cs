using System.Diagnostics.Metrics;
using Portal.Ingestion.Quarantine;

namespace Portal.Ingestion.Pipeline;

/// <summary>Counts what the pipeline does, for metrics and health. No name, number or identifier of a message reaches a label.</summary>
public sealed class IngestionStatistics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Portal.Ingestion";

    private readonly Meter _meter;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refused;
    private readonly Histogram<int> _batch;
    private volatile string? _trouble;

    /// <summary>Makes the meter.</summary>
    public IngestionStatistics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _messages = _meter.CreateCounter<long>("portal.ingestion.messages", description: "Deliveries by transport and outcome, after the commit");
        _refused = _meter.CreateCounter<long>("portal.ingestion.refused", description: "Deliveries that could not be stored and were not acknowledged");
        _batch = _meter.CreateHistogram<int>("portal.ingestion.batch", description: "Deliveries in a commit");
    }

    /// <summary>Why the last commit failed, in Danish; null when it succeeded.</summary>
    public string? Trouble => _trouble;

    /// <summary>A batch stands on the disk.</summary>
    internal void Committed(IEnumerable<string> transports, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        _trouble = null;
        _batch.Record(outcomes.Count);
        foreach (var (transport, outcome) in transports.Zip(outcomes))
        {
            _messages.Add(1, new("transport", transport), new("outcome", NameOf(outcome)));
        }
    }

    /// <summary>A batch could not be stored.</summary>
    internal void Refused(string why, int count)
    {
        _trouble = why;
        _refused.Add(count);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static string NameOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => "accepted",
        DeliveryOutcome.Repeated => "repeated",
        DeliveryOutcome.Quarantined quarantined => quarantined.Reason.ToWire(),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
