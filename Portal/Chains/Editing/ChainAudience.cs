using System.Collections.Immutable;
using Portal.Chains.Document;

namespace Portal.Chains.Editing;

/// <summary>Who is at a chain in this process, and who is told what happens. Kept in memory alone; a restart empties it and pages join again.</summary>
internal sealed class ChainAudience(TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private ImmutableList<ChainSeat> _seats = [];

    /// <summary>One for each editor, whatever number of seats.</summary>
    public IReadOnlyList<ChainPresent> Present => [.. _seats.GroupBy(s => s.Editor.Key).Select(g => new ChainPresent(g.Key, g.First().Editor.Name, g.Select(s => s.WritingIn).FirstOrDefault(w => w is not null)))];

    public bool IsWatched => !_seats.IsEmpty;

    public ChainSeat Join(ChainEditor editor, Action<ChainNotice> onNotice)
    {
        var seat = new ChainSeat(editor, onNotice, this, time);
        lock (_lock) _seats = _seats.Add(seat);
        Tell(new PresenceChanged());
        return seat;
    }

    public void Leave(ChainSeat seat)
    {
        lock (_lock)
        {
            if (!_seats.Contains(seat)) return;
            _seats = _seats.Remove(seat);
        }

        Tell(new PresenceChanged());
    }

    public void Tell(ChainNotice notice, ChainSeat? but = null)
    {
        foreach (var seat in _seats)
        {
            if (seat == but) continue;
            try
            {
                seat.OnNotice(notice);
            }
            catch (Exception problem)
            {
                // One page that fails must not keep the others from hearing.
                logger.LogWarning(problem, "A page could not be told of a change of its chain");
            }
        }
    }

    public void Dispose()
    {
        foreach (var seat in _seats) seat.Dispose();
    }
}
