namespace Portal.Ingestion.Transports.Folder;

/// <summary>The state of a file: when either changes, it is another file.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">UTC, as the file system tells it.</param>
internal readonly record struct FileState(long Length, DateTime WrittenAt);

/// <summary>
/// Remembers since when each file has not changed, by this process' own clock: the time that the file system tells may be that of the
/// original, or of another machine. Not thread-safe.
/// </summary>
internal sealed class FileStabilityTracker(TimeProvider time)
{
    /// <summary>A file that has not changed for so long is read.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>One that does not end as XML does gets so long after that, until it is taken as it is.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private Dictionary<string, Seen> _files = new(StringComparer.Ordinal);

    /// <summary>The files found by a scan; those that are gone are removed.</summary>
    public void Observe(IReadOnlyDictionary<string, FileState> files)
    {
        var now = time.GetTimestamp();
        var next = new Dictionary<string, Seen>(files.Count, StringComparer.Ordinal);
        foreach (var (path, state) in files)
            next[path] = _files.TryGetValue(path, out var seen) && seen.State == state ? seen : new Seen(state, now);
        _files = next;
    }

    /// <summary>How long a file has not changed; zero for one that was not seen.</summary>
    public TimeSpan UnchangedFor(string path) => _files.TryGetValue(path, out var seen) ? time.GetElapsedTime(seen.Since) : TimeSpan.Zero;

    /// <summary>What was judged of the file as it is: false when it does not end as XML does; null when it was not judged yet.</summary>
    public bool? Ended(string path) => _files.GetValueOrDefault(path)?.Ended;

    /// <summary>Remembers the judgement until the file changes.</summary>
    public void Judge(string path, bool ended)
    {
        if (_files.TryGetValue(path, out var seen)) seen.Ended = ended;
    }

    /// <summary>True when its message was stored and only the moving is left.</summary>
    public bool IsStored(string path) => _files.GetValueOrDefault(path)?.MoveTo is not null;

    /// <summary>The folder that a stored file is to be moved to; null when it is not stored.</summary>
    public string? MoveTo(string path) => _files.GetValueOrDefault(path)?.MoveTo;

    /// <summary>Its message is stored: it must not be handed over again as long as it is the same file.</summary>
    public void Stored(string path, string moveTo)
    {
        if (_files.TryGetValue(path, out var seen)) seen.MoveTo = moveTo;
    }

    private sealed class Seen(FileState state, long since)
    {
        public FileState State { get; } = state;

        public long Since { get; } = since;

        public bool? Ended { get; set; }

        public string? MoveTo { get; set; }
    }
}
