using System.Collections.Concurrent;

namespace Portal.Platform.Access.Sessions;

/// <summary>
/// What is open in this process on behalf of each session: circuits, hub connections, streams. Tells them when the session ends.
/// </summary>
public sealed class OpenSessions(TimeProvider time)
{
    private const string Connections = "/connections";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Opened>> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Ids of the sessions with something open.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock) return [.. _open.Keys.Where(id => !id.EndsWith(Connections, StringComparison.Ordinal))];
        }
    }

    /// <summary>
    /// The name under which the connections of a session's circuits are open: they are closed by it, after the page has shown its notice.
    /// </summary>
    public static string ConnectionsOf(string session) => session + Connections;

    /// <summary>Calls <paramref name="ended"/> once, on any thread, when the session ends; until the result is disposed.</summary>
    public IDisposable Add(string session, Action<SessionEnd> ended)
    {
        var opened = new Opened(this, session, ended);
        lock (_lock)
        {
            if (!_open.TryGetValue(session, out var list)) _open.Add(session, list = []);
            list.Add(opened);
        }

        return opened;
    }

    /// <summary>The session is over: closes what is open for it here.</summary>
    public void Close(string session, SessionEnd why)
    {
        List<Opened>? list;
        lock (_lock) _open.Remove(session, out list);
        _used.TryRemove(session, out _);
        foreach (var opened in list ?? []) opened.Ended(why);
    }

    /// <summary>The person did something.</summary>
    public void Use(string session) => _used[session] = time.GetUtcNow();

    /// <summary>When the session was last used here, if it was.</summary>
    public DateTimeOffset? UsedAt(string session) => _used.TryGetValue(session, out var at) ? at : null;

    /// <summary>Every session that was used here, and when last.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Used() => [.. _used];

    /// <summary>The use is noted in the database: forgets it unless there was another.</summary>
    public void Forget(KeyValuePair<string, DateTimeOffset> used) => _used.TryRemove(used);

    private void Remove(Opened opened)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(opened.Session, out var list) && list.Remove(opened) && list.Count == 0) _open.Remove(opened.Session);
        }
    }

    private sealed class Opened(OpenSessions owner, string session, Action<SessionEnd> ended) : IDisposable
    {
        public string Session => session;

        public Action<SessionEnd> Ended => ended;

        public void Dispose() => owner.Remove(this);
    }
}
