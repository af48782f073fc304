namespace Portal.Ingestion.Supervision;

/// <summary>
/// Pauses between retries (exponential backoff): each twice as long as the one before, up to a maximum, until <see cref="Reset"/>.
/// </summary>
public sealed class GrowingPause
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    /// <summary>The first pause is <paramref name="first"/>, the longest <paramref name="longest"/>.</summary>
    public GrowingPause(TimeSpan first, TimeSpan longest) => (_first, _longest, _next) = (first, longest, first);

    /// <summary>The pause to make now.</summary>
    public TimeSpan Next()
    {
        var pause = _next;
        _next = pause * 2 < _longest ? pause * 2 : _longest;
        return pause;
    }

    /// <summary>After a success: the next pause is the first again.</summary>
    public void Reset() => _next = _first;
}
