using Portal.Ingestion.Pipeline;

namespace Portal.Quarantine;

/// <summary>What came of trying several again.</summary>
/// <param name="Tried">How many were tried so far.</param>
/// <param name="Of">How many were to be tried: those that stood there at the click.</param>
/// <param name="Gone">Someone else was first.</param>
/// <param name="Stopped">The database could not take messages; the rest were not tried.</param>
public sealed record RetryTally(int Tried, int Of, int Accepted = 0, int Repeated = 0, int Kept = 0, int Gone = 0, bool Stopped = false)
{
    /// <summary>With one more outcome; null is a row that was gone.</summary>
    public RetryTally With(DeliveryOutcome? outcome) => outcome switch
    {
        DeliveryOutcome.Accepted => this with { Tried = Tried + 1, Accepted = Accepted + 1 },
        DeliveryOutcome.Repeated => this with { Tried = Tried + 1, Repeated = Repeated + 1 },
        DeliveryOutcome.Quarantined => this with { Tried = Tried + 1, Kept = Kept + 1 },
        _ => this with { Tried = Tried + 1, Gone = Gone + 1 },
    };
}
