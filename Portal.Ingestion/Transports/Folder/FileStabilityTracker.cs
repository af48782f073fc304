namespace Portal.Ingestion.Transports.Folder;

/// <summary>The state of a file; a change of either value means that the file has changed.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">UTC, last write time of the file system.</param>
internal readonly record struct FileState(long Length, DateTime WrittenAt);

/// <summary>
/// Tracks since when each file has been unchanged, by this process' own clock: a copy may keep the write time of its original, and a
/// network drive has another machine's clock. Not thread-safe.
/// </summary>
internal sealed class FileStabilityTracker(TimeProvider time)
{
    /// <summary>A file that has been unchanged for this long is read.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>A file that does not end like XML waits this much longer, and is then read anyway.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private Dictionary<string, Seen> _files = new(StringComparer.Ordinal);

    /// <summary>Updates the tracked files with those found by a scan.</summary>
    public void Observe(IReadOnlyDictionary<string, FileState> files)
    {
        var now = time.GetTimestamp();
        var next = new Dictionary<string, Seen>(files.Count, StringComparer.Ordinal);
        foreach (var (path, state) in files)
            next[path] = _files.TryGetValue(path, out var seen) && seen.State == state ? seen : new Seen(state, now);
        _files = next;
    }

    /// <summary>How long a file has been unchanged; zero for an unknown file.</summary>
    public TimeSpan UnchangedFor(string path) => _files.TryGetValue(path, out var seen) ? time.GetElapsedTime(seen.Since) : TimeSpan.Zero;

    /// <summary>Whether the file ends like XML; null when not yet checked since its last change.</summary>
    public bool? Ended(string path) => _files.GetValueOrDefault(path)?.Ended;

    /// <summary>Stores the result of the check until the file changes.</summary>
    public void Judge(string path, bool ended)
    {
        if (_files.TryGetValue(path, out var seen)) seen.Ended = ended;
    }

    /// <summary>True when the file's message is stored and only the move is missing.</summary>
    public bool IsStored(string path) => _files.GetValueOrDefault(path)?.MoveTo is not null;

    /// <summary>The folder to which a stored file is to be moved; null when it is not stored.</summary>
    public string? MoveTo(string path) => _files.GetValueOrDefault(path)?.MoveTo;

    /// <summary>Marks the file as stored: it is not delivered again unless it changes.</summary>
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
