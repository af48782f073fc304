namespace Portal.Platform.Live;

/// <summary>
/// Tracks what changed on a live page since it was opened, to mark the item and to announce it to screen readers. The first observation is
/// the starting point; the user's own changes are not news. The browser decides how long a mark is shown (<c>wwwroot/news.js</c>). An
/// instance for each page; not thread-safe.
/// </summary>
public sealed class PageNews(TimeProvider time)
{
    /// <summary>At most one announcement in this time, so that a screen reader can finish.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, long> _stamps = new(StringComparer.Ordinal);
    private readonly List<string> _pending = [];
    private Dictionary<string, object?>? _known;
    private DateTimeOffset? _announcedAt;

    // Numbers are times, so that none is reused in a browser tab after a restart of the server: the tab remembers the numbers it has seen.
    private long _last = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The page shows something else: the next observation is a new starting point.</summary>
    public void Restart()
    {
        _known = null;
        _stamps.Clear();
        _pending.Clear();
    }

    /// <summary>Records what the page shows now.</summary>
    /// <param name="items">Each item that can be marked: a unique key, and the state whose change (<c>Equals</c>) is news.</param>
    /// <param name="own">The user made or asked for these changes: they are not marked.</param>
    public void Observe(IEnumerable<(string Key, object? State)> items, bool own = false)
    {
        ArgumentNullException.ThrowIfNull(items);
        var now = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, state) in items) now[key] = state;
        if (_known is { } known && !own)
        {
            foreach (var (key, state) in now)
            {
                if (known.TryGetValue(key, out var was) && Equals(was, state)) continue;
                _stamps[key] = _last = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
                _pending.Remove(key);
                _pending.Add(key);
            }
        }

        foreach (var gone in _stamps.Keys.Where(key => !now.ContainsKey(key)).ToList()) _stamps.Remove(gone);
        _pending.RemoveAll(key => !now.ContainsKey(key));
        _known = now;
    }

    /// <summary>
    /// The mark's number, a new one for each change of the item: the time of the change, in milliseconds of Unix time. Null when it has
    /// not changed.
    /// </summary>
    public long? StampOf(string key) => _stamps.TryGetValue(key, out var stamp) ? stamp : null;

    /// <summary>
    /// The changed keys to announce now, oldest first; none within <see cref="Quiet"/> of the last announcement. Counts them as announced.
    /// </summary>
    public IReadOnlyList<string> Announce()
    {
        var now = time.GetUtcNow();
        if (_pending.Count == 0 || (_announcedAt is { } at && now - at < Quiet)) return [];
        _announcedAt = now;
        var texts = _pending.ToList();
        _pending.Clear();
        return texts;
    }
}
