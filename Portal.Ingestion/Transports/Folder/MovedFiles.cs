namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Remembers moved files, because a program may still have one open: what it writes then goes into the moved file, which is not read again.
/// A moved file that has changed is moved back and read again. Thread-safe.
/// </summary>
/// <param name="folder">The watched folder.</param>
internal sealed class MovedFiles(string folder, TimeProvider time)
{
    private const int Most = 1_000;

    // Quarantined files are watched long: one may be the beginning of a long copy. Processed files were complete.
    private static readonly TimeSpan Long = TimeSpan.FromHours(24), Short = TimeSpan.FromSeconds(10);

    private readonly Queue<Moved> _long = new();
    private readonly Queue<Moved> _short = new();

    private sealed record Moved(string Path, FileState State, long At);

    /// <summary>Remembers a file that was moved.</summary>
    /// <param name="path">The path after the move.</param>
    /// <param name="state">Its state when it was read.</param>
    /// <param name="keepLong">True for a quarantined file, which may be incomplete.</param>
    public void Add(string path, FileState state, bool keepLong)
    {
        var (queue, moved) = (keepLong ? _long : _short, new Moved(path, state, time.GetTimestamp()));
        lock (_long)
        {
            if (queue.Count == Most) queue.Dequeue();
            queue.Enqueue(moved);
        }
    }

    /// <summary>Moves changed files back into the watched folder.</summary>
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

            // An earlier time is no change: the target's file system may store times with less precision.
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
            // Tried again at the next scan.
            queue.Enqueue(moved);
        }
    }
}
