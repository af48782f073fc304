using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// A page's connection to a chain's editing session. Dispose it with the page: presence, typing indicator and drag end with it.
/// </summary>
public sealed class ChainConnection : IDisposable
{
    /// <summary>The shortest interval between the drag positions that one connection sends.</summary>
    public static readonly TimeSpan GhostFloor = TimeSpan.FromMilliseconds(50);

    private readonly ChainAudience _audience;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private IReadOnlyList<ChainGhost>? _waiting;
    private long _lastNotified;
    private bool _everNotified;
    private bool _armed;
    private bool _disposed;

    internal ChainConnection(ChainEditor editor, Action<ChainNotice> onNotice, ChainAudience audience, TimeProvider time)
    {
        (Editor, OnNotice, _audience, _time) = (editor, onNotice, audience, time);
        _timer = time.CreateTimer(_ => NotifyWaiting(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The editor of this connection.</summary>
    public ChainEditor Editor { get; }

    /// <summary>The box the editor is typing in; null for none.</summary>
    public string? WritingIn { get; private set; }

    internal Action<ChainNotice> OnNotice { get; }

    /// <summary>True while the others see boxes being dragged from here.</summary>
    internal bool IsDragging { get; private set; }

    /// <summary>Tells the others which box the editor is typing in; null for none.</summary>
    public void Write(string? elementId)
    {
        if (_disposed || WritingIn == elementId) return;
        WritingIn = elementId;
        _audience.Notify(new PresenceChanged());
    }

    /// <summary>
    /// Shows the others where boxes are being dragged: at most every 50 ms, but always the last position; empty ends the drag.
    /// </summary>
    public void Drag(IReadOnlyList<ChainGhost> ghosts)
    {
        lock (_lock)
        {
            if (_disposed) return;
            _waiting = ghosts;
            var wait = _everNotified ? GhostFloor - _time.GetElapsedTime(_lastNotified) : TimeSpan.Zero;
            if (wait > TimeSpan.Zero && ghosts.Count > 0)
            {
                if (!_armed) _timer.Change(wait, Timeout.InfiniteTimeSpan);
                _armed = true;
                return;
            }
        }

        NotifyWaiting();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _timer.Dispose();
        _audience.Leave(this);
    }

    private void NotifyWaiting()
    {
        IReadOnlyList<ChainGhost> ghosts;
        lock (_lock)
        {
            _armed = false;
            if (_disposed || _waiting is null) return;
            (ghosts, _waiting, _lastNotified, _everNotified) = (_waiting, null, _time.GetTimestamp(), true);
            IsDragging = ghosts.Count > 0;
        }

        _audience.Notify(new GhostsMoved(Editor.Key, Editor.Name, ghosts), but: this);
    }
}
