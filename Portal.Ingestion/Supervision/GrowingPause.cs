namespace Portal.Ingestion.Supervision;

/// <summary>Pauses between tries: each twice as long as the one before, up to a longest, until something went well.</summary>
public sealed class GrowingPause
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    /// <summary>Begins with <paramref name="first"/>.</summary>
    public GrowingPause(TimeSpan first, TimeSpan longest) => (_first, _longest, _next) = (first, longest, first);

    /// <summary>The pause to make now.</summary>
    public TimeSpan Next()
    {
        var pause = _next;
        _next = pause * 2 < _longest ? pause * 2 : _longest;
        return pause;
    }

    /// <summary>It went well: the next pause is the first again.</summary>
    public void Reset() => _next = _first;
}
