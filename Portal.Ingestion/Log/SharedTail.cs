using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// The end of the log for one scope, read once for all who follow it. Each follower passes its own position and gets exactly the messages
/// after it; a follower that is behind the messages kept here reads from the log.
/// </summary>
internal sealed class SharedTail(
    IMessageReader reader, LogSignal signal, TimeProvider time, Viewer viewer, MessageFilter filter) : IDisposable
{
    /// <summary>
    /// Most messages kept; also the most that one read returns, so that a full slice always means that there may be more.
    /// </summary>
    internal const int Kept = 1000;

    // Of the kept messages' contents: their views hold texts of them.
    private const long MostBytes = 64 * 1024 * 1024;

    // Without a signal only another process can have written, and followers poll for that about every second.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly List<MessageView> _items = [];
    private Task? _signalAtRead;
    private long _readAt;
    private long _start = -1;
    private long _end = -1;
    private bool _more;

    /// <summary>
    /// As <see cref="IMessageReader.ReadAfterAsync"/>: includes everything that was committed and signalled before the call.
    /// </summary>
    public async Task<LogSlice> ReadAfterAsync(long after, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, Kept);
        await _lock.WaitAsync(cancellationToken);
        try
        {
            if (_start < 0 || after > _end) StartAt(after);
            if (after >= _start)
            {
                if (_more || !IsFresh()) await ReadOnAsync(cancellationToken);
                // Reading on may have dropped messages that this follower has not had.
                if (after >= _start) return Slice(after, limit);
            }
        }
        finally
        {
            _lock.Release();
        }

        return await reader.ReadAfterAsync(viewer, filter, after, limit, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    private void StartAt(long position)
    {
        _items.Clear();
        (_start, _end, _more, _signalAtRead) = (position, position, false, null);
    }

    private bool IsFresh() => _signalAtRead is { IsCompleted: false } && time.GetElapsedTime(_readAt) < Fresh;

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        // Taken before the read, so that a write during it makes the next caller read again. Stored only when the read succeeds.
        var (next, now) = (signal.Next, time.GetTimestamp());
        var slice = await reader.ReadAfterAsync(viewer, filter, _end, Kept, cancellationToken);
        _items.AddRange(slice.Items);
        (_end, _more, _signalAtRead, _readAt) = (slice.Position, slice.IsCut || slice.Items.Count >= Kept, next, now);
        var gone = Surplus();
        if (gone == 0) return;
        _start = _items[gone - 1].Sequence;
        _items.RemoveRange(0, gone);
    }

    // How many of the oldest are too many, or too large together.
    private int Surplus()
    {
        var (first, bytes) = (_items.Count, 0L);
        while (first > 0 && _items.Count - first < Kept && (bytes += Math.Clamp(_items[first - 1].Bytes, 0, MostBytes / 4)) <= MostBytes)
            first--;
        return first;
    }

    private LogSlice Slice(long after, int limit)
    {
        var first = _items.FindIndex(m => m.Sequence > after);
        if (first < 0) return new LogSlice([], _end);
        var items = _items.GetRange(first, Math.Min(limit, _items.Count - first));
        return new LogSlice(items, items.Count == limit ? items[^1].Sequence : _end) { IsCut = _more };
    }
}
