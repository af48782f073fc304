namespace Portal.Platform.Live;

/// <summary>
/// What changed on a live page since it was opened, so that it can be marked where it is and announced to those who do not see it. The
/// first look is what the page was opened with; what one does oneself is no news. How long a mark is shown is the browser's matter
/// (<c>wwwroot/news.js</c>). One of these a page; not thread-safe.
/// </summary>
public sealed class PageNews(TimeProvider time)
{
    /// <summary>No more than one announcement in this time: a screen reader is not talked down.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, long> _stamps = new(StringComparer.Ordinal);
    private readonly List<string> _pending = [];
    private Dictionary<string, object?>? _known;
    private DateTimeOffset? _announcedAt;

    // Never the same number twice in a browser tab, not after the server was started again either: the tab remembers what it has seen.
    private long _last = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Something else is shown from now on: the next look is its beginning.</summary>
    public void Restart()
    {
        _known = null;
        _stamps.Clear();
        _pending.Clear();
    }

    /// <summary>Takes in what the page shows now.</summary>
    /// <param name="items">Each thing that can be marked, by a key of its own, with what counts as a change of it (<c>Equals</c>).</param>
    /// <param name="own">The person at the page brought it about, or asked for it: it is shown, not marked.</param>
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
                _stamps[key] = ++_last;
                _pending.Remove(key);
                _pending.Add(key);
            }
        }

        foreach (var gone in _stamps.Keys.Where(key => !now.ContainsKey(key)).ToList()) _stamps.Remove(gone);
        _pending.RemoveAll(key => !now.ContainsKey(key));
        _known = now;
    }

    /// <summary>The mark's number, another one for each change of the thing; null for what has not changed.</summary>
    public long? StampOf(string key) => _stamps.TryGetValue(key, out var stamp) ? stamp : null;

    /// <summary>The keys to tell of now, oldest first; none while it is quiet. What is given is announced.</summary>
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
