namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Files that were moved while a program may still have had them open: what it writes then lands in the folder they were moved to, where
/// nobody would read it. One that has grown or was written to since is brought back and read again. Thread-safe.
/// </summary>
/// <param name="folder">The watched folder.</param>
internal sealed class MovedFiles(string folder, TimeProvider time)
{
    // A quarantined file may be the beginning of a long copy; a processed one was whole.
    private const int Most = 1_000;
    private static readonly TimeSpan Long = TimeSpan.FromHours(24), Short = TimeSpan.FromSeconds(10);

    private readonly Queue<Moved> _long = new();
    private readonly Queue<Moved> _short = new();

    private sealed record Moved(string Path, FileState State, long At);

    /// <summary>Remembers a file that was moved.</summary>
    /// <param name="path">Where it is now.</param>
    /// <param name="state">How it was when it was read.</param>
    /// <param name="keepLong">It did not end as it should, and so may continue.</param>
    public void Add(string path, FileState state, bool keepLong)
    {
        var (queue, moved) = (keepLong ? _long : _short, new Moved(path, state, time.GetTimestamp()));
        lock (_long)
        {
            if (queue.Count == Most) queue.Dequeue();
            queue.Enqueue(moved);
        }
    }

    /// <summary>Moves those that changed back into the watched folder.</summary>
    public void BringBack()
    {
        lock (_long)
        {
            Refresh(_long, Long);
            Refresh(_short, Short);
        }
    }

    private void Refresh(Queue<Moved> queue, TimeSpan keep)
    {
        for (var n = queue.Count; n > 0; n--)
        {
            var moved = queue.Dequeue();
            if (FolderFile.StateOf(moved.Path) is not { } now || time.GetElapsedTime(moved.At) > keep) continue;

            // An earlier time is another file system's, which keeps less of it.
            if (now.Length == moved.State.Length && now.WrittenAt <= moved.State.WrittenAt) queue.Enqueue(moved);
            else TryMoveBack(moved, queue);
        }
    }

    private void TryMoveBack(Moved moved, Queue<Moved> queue)
    {
        try
        {
            FolderFile.Move(moved.Path, folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Tried again at the next look.
            queue.Enqueue(moved);
        }
    }
}
