using System.Collections.Concurrent;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;

namespace Portal.Features.Chains.Canvas;

/// <summary>What happened to a chain since the page's last refresh.</summary>
/// <param name="Style">True when the page has to render.</param>
/// <param name="Changes">The stored operations.</param>
/// <param name="Ghosts">The last positions of each drag.</param>
internal sealed record ChainNews(bool Style, IReadOnlyList<ChainChanged> Changes, IReadOnlyList<GhostsMoved> Ghosts)
{
    /// <summary>True when the workshop is about to close: the browser then sends what is being typed.</summary>
    public bool Finish { get; init; }
}

/// <summary>Buffers a session's notices, from any thread, until its page handles them together.</summary>
internal sealed class NotificationBuffer(TimeProvider time)
{
    private const int Later = 1, Now = 2;

    // Moves are handled together, at most every 200 ms; the first of them, and other changes, at once. Whoever leaves a field has mostly
    // typed in it: presence waits 100 ms, so that both are shown together.
    private static readonly TimeSpan Moves = TimeSpan.FromMilliseconds(200), Presence = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<ChainNotice> _notices = new();
    private long _drainedAt;
    private int _due;

    /// <summary>Adds a notice. Returns how long until the page should refresh; null when a refresh is already scheduled.</summary>
    public TimeSpan? Put(ChainNotice notice)
    {
        _notices.Enqueue(notice);
        var wait = notice switch
        {
            PresenceChanged => Presence,
            ChainChanged { OnlyMoved: true } when Volatile.Read(ref _drainedAt) is not 0 and var last => Moves - time.GetElapsedTime(last),
            _ => TimeSpan.Zero,
        };
        if (wait > TimeSpan.Zero) return Interlocked.CompareExchange(ref _due, Later, 0) == 0 ? wait : null;
        return Interlocked.Exchange(ref _due, Now) == Now ? null : TimeSpan.Zero;
    }

    /// <summary>
    /// Takes all buffered notices, leaving out ghosts of boxes that are not in <paramref name="document"/>. Call it after every wait that
    /// <see cref="Put"/> returned: until then Put schedules no other refresh.
    /// </summary>
    public ChainNews Take(ChainDocument document)
    {
        Interlocked.Exchange(ref _due, 0);
        if (!_notices.IsEmpty) Volatile.Write(ref _drainedAt, time.GetTimestamp());
        var finish = false;
        var (look, changes, ghosts) = (false, new List<ChainChanged>(), new List<GhostsMoved>());
        while (_notices.TryDequeue(out var notice))
        {
            if (notice is GhostsMoved moved)
            {
                ghosts.RemoveAll(g => g.EditorKey == moved.EditorKey);
                // The drag of a box that this reader may not see is hidden too.
                ghosts.Add(moved with { Ghosts = [.. moved.Ghosts.Where(g => document.IsPresent(g.Id))] });
                continue;
            }

            if (notice is FinishWriting)
            {
                finish = true;
                continue;
            }

            look = true;
            if (notice is ChainChanged changed) changes.Add(changed);
        }

        return new ChainNews(look, changes, ghosts) { Finish = finish };
    }
}
