namespace Portal.Platform.Live;

/// <summary>
/// Which answers of a page's reads may be shown. Reads overlap (the first, the live refresh, one after a choice or an action) and end in
/// any order: an answer is shown only when it belongs to what is asked for now, and no read that began later was shown before it. One for
/// each list or figure; used on the page's dispatcher alone, so not thread-safe.
/// </summary>
public sealed class NewestRead
{
    private long _begun;
    private long _restarted;
    private long _shown;

    /// <summary>
    /// Something else is asked for from now on: no answer to a read that has begun is shown. Call it together with the assignment of what
    /// is asked for, before anything is awaited.
    /// </summary>
    public void Restart() => _restarted = _shown = _begun;

    /// <summary>A read begins. Its number, greater than those of all earlier reads.</summary>
    public long Begin() => ++_begun;

    /// <summary>True while nothing else was asked for since this read began.</summary>
    public bool IsCurrent(long read) => read > _restarted;

    /// <summary>The read has ended. True: its answer is shown from now on. False: drop it.</summary>
    public bool TryShow(long read)
    {
        if (read <= _shown) return false;
        _shown = read;
        return true;
    }
}
