namespace Portal.Ingestion.Transports.Simulator;

/// <summary>What the receiver answered.</summary>
/// <param name="Accepted">Answered 200 with StatusKode 20: safe with the receiver.</param>
/// <param name="Refused">Refused for good: a 4xx, or 200 with another StatusKode.</param>
/// <param name="Failed">The receiver failed: any other answer.</param>
public sealed record SimulateResult(long Accepted, long Refused, long Failed)
{
    /// <summary>All that were answered.</summary>
    public long Sent => Accepted + Refused + Failed;
}

/// <summary>The receiver could not be reached, however often it was tried. The message is one clear Danish line.</summary>
public sealed class SimulateStoppedException(string message, SimulateResult result, Exception? inner) : Exception(message, inner)
{
    /// <summary>What was answered before.</summary>
    public SimulateResult Result { get; } = result;
}
