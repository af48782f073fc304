using System.Collections.Concurrent;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;

namespace Portal.Features.Chains.Canvas;

/// <summary>What happened to a chain since the page last looked.</summary>
/// <param name="Style">Something is to be shown again.</param>
/// <param name="Changes">The stored operations among it.</param>
/// <param name="Ghosts">The last place of each drag.</param>
internal sealed record ChainNews(bool Style, IReadOnlyList<ChainChanged> Changes, IReadOnlyList<GhostsMoved> Ghosts)
{
    /// <summary>The workshop is about to close: what is being written is to be sent.</summary>
    public bool Finish { get; init; }
}

/// <summary>Buffers a session's notices, from any thread, until its page handles them together.</summary>
internal sealed class NotificationBuffer(TimeProvider time)
{
    private const int Later = 1, Now = 2;

    // Moves that follow each other are looked at together, five times a second; the first of them, and what is written, at once. Whoever
    // leaves a field has mostly written in it: that they left is shown with what they wrote.
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
    /// All that came, as far as it concerns boxes of <paramref name="document"/>. Always taken when asked to look: until then nobody is
    /// asked again.
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
                // A box that this reader may not see is not seen being dragged either.
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
