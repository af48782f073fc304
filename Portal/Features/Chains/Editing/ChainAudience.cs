using System.Collections.Immutable;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>
/// Presence and notification for one chain: the connections of this process, and who is reported by other nodes. In memory only; pages join
/// again after a restart.
/// </summary>
internal sealed class ChainAudience(TimeProvider time, ILogger logger, Action<ChainNotice>? others = null) : IDisposable
{
    private static readonly TimeSpan RemoteStays = TimeSpan.FromSeconds(5);

    // A dragging browser repeats its position every second, also when the pointer rests. Without it the browser has lost its connection, or
    // its node is down.
    private static readonly TimeSpan GhostStays = TimeSpan.FromSeconds(4);
    private readonly Dictionary<string, (long At, string Name)> _dragging = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long At, IReadOnlyList<ChainPresent> Present)> _remote = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private ImmutableList<ChainConnection> _connections = [];

    /// <summary>Everyone who has the chain open on any node: one entry per editor, however many connections.</summary>
    public IReadOnlyList<ChainPresent> Present
    {
        get
        {
            var here = Local;
            lock (_lock)
            {
                return _remote.Count == 0 ? here : [.. here.Concat(
                    _remote.Values.Where(r => time.GetElapsedTime(r.At) < RemoteStays).SelectMany(r => r.Present)).DistinctBy(p => p.Key)];
            }
        }
    }

    /// <summary>The same for this node only.</summary>
    public IReadOnlyList<ChainPresent> Local => [.. _connections.GroupBy(s => s.Editor.Key).Select(g => new ChainPresent(
        g.Key, g.First().Editor.Id, g.First().Editor.Name, g.Select(s => s.WritingIn).FirstOrDefault(w => w is not null)))];

    /// <summary>Sets who is present on another node. They are removed 5 s after its last report.</summary>
    public void SetRemote(string node, IReadOnlyList<ChainPresent> present)
    {
        lock (_lock)
        {
            var changed = !_remote.TryGetValue(node, out var before) || !before.Present.SequenceEqual(present);
            if (present.Count == 0) changed = _remote.Remove(node);
            else _remote[node] = (time.GetTimestamp(), present);
            if (!changed) return;
        }

        NotifyLocal(new PresenceChanged());
    }

    /// <summary>Removes nodes and drags that have stopped reporting.</summary>
    public void Sweep()
    {
        List<string> gone;
        List<GhostsMoved> ended;
        lock (_lock)
        {
            gone = [.. _remote.Where(r => time.GetElapsedTime(r.Value.At) >= RemoteStays).Select(r => r.Key)];
            foreach (var node in gone) _remote.Remove(node);
            ended = [.. _dragging.Where(d => time.GetElapsedTime(d.Value.At) >= GhostStays)
                .Select(d => new GhostsMoved(d.Key, d.Value.Name, []))];
        }

        foreach (var ghosts in ended) NotifyLocal(ghosts);
        if (gone.Count > 0) NotifyLocal(new PresenceChanged());
    }

    public bool HasConnections => !_connections.IsEmpty;

    public ChainConnection Join(ChainEditor editor, Action<ChainNotice> onNotice)
    {
        var connection = new ChainConnection(editor, onNotice, this, time);
        // Components of a page join too: only the first of an editor's connections is announced.
        bool known;
        lock (_lock) (known, _connections) = (_connections.Exists(s => s.Editor.Key == editor.Key), _connections.Add(connection));
        if (!known) Notify(new PresenceChanged());
        return connection;
    }

    public void Leave(ChainConnection connection)
    {
        lock (_lock)
        {
            if (!_connections.Contains(connection)) return;
            _connections = _connections.Remove(connection);
        }

        // Leaving ends a drag, whether the page was closed or its connection lost.
        if (connection.IsDragging) Notify(new GhostsMoved(connection.Editor.Key, connection.Editor.Name, []));
        lock (_lock)
        {
            if (connection.WritingIn is null && _connections.Exists(s => s.Editor.Key == connection.Editor.Key)) return;
        }

        Notify(new PresenceChanged());
    }

    public void Notify(ChainNotice notice, ChainConnection? but = null)
    {
        NotifyLocal(notice, but);
        try
        {
            others?.Invoke(notice);
        }
        catch (Exception problem)
        {
            // The other nodes poll the log. This also runs on a timer's thread, where an exception would end the process.
            logger.LogWarning(problem, "The other nodes could not be told of a change of a chain");
        }
    }

    /// <summary>Notifies the pages of this node only.</summary>
    public void NotifyLocal(ChainNotice notice, ChainConnection? but = null)
    {
        if (notice is GhostsMoved ghosts) NoteDrag(ghosts);
        foreach (var connection in _connections)
        {
            if (connection == but) continue;
            try
            {
                connection.OnNotice(notice);
            }
            catch (Exception problem)
            {
                // A page that fails must not keep the others from being notified.
                logger.LogWarning(problem, "A page could not be told of a change of its chain");
            }
        }
    }

    private void NoteDrag(GhostsMoved moved)
    {
        lock (_lock)
        {
            if (moved.Ghosts.Count == 0) _dragging.Remove(moved.EditorKey);
            else _dragging[moved.EditorKey] = (time.GetTimestamp(), moved.Name);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections) connection.Dispose();
    }
}
