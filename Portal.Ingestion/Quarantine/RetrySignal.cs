using Portal.Ingestion.Log;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// Wakes the runner of this process when a retry is started or stopped here; those of other processes look by themselves.
/// </summary>
internal sealed class RetrySignal
{
    private readonly LogSignal _signal = new();

    /// <summary>Completes at the next ring after this property was read.</summary>
    public Task Next => _signal.Next;

    /// <summary>Wakes the retry loop.</summary>
    public void Raise() => _signal.Raise();
}
