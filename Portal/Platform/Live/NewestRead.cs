namespace Portal.Platform.Live;

/// <summary>
/// Decides which results of overlapping reads a page may show. Reads overlap (the first, the live refresh, those after a choice or an
/// action) and end in any order: a result is shown only when it belongs to the current question and no later read was shown before. Use an
/// instance for each list or figure, on the page's dispatcher; not thread-safe.
/// </summary>
public sealed class NewestRead
{
    private long _begun;
    private long _restarted;
    private long _shown;

    /// <summary>
    /// The question has changed (filter, page): results of reads already begun are dropped. Call it together with the assignment of the new
    /// question, before any await.
    /// </summary>
    public void Restart() => _restarted = _shown = _begun;

    /// <summary>Begins a read. Returns its number, greater than those of all earlier reads.</summary>
    public long Begin() => ++_begun;

    /// <summary>True while the question is the same as when this read began.</summary>
    public bool IsCurrent(long read) => read > _restarted;

    /// <summary>The read has ended. True: show its result. False: drop it.</summary>
    public bool TryShow(long read)
    {
        if (read <= _shown) return false;
        _shown = read;
        return true;
    }
}
