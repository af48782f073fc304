using System.Collections.Concurrent;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// What live pages read over and over, read once for all in this process who see the same (<see cref="ReadScope"/>). Following the log is
/// exact; counts and the newest rows may be as old as <see cref="MaxAge"/>, and a page shows so anyway.
/// </summary>
public sealed class SharedReads(IMessageReader reader, LogSignal signal, TimeProvider time)
{
    /// <summary>How old a shared count, volume or row may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    // A scope that no page asks for any more is forgotten; a follower that comes back reads on from the log.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<object, Entry> _entries = new();
    private long _swept = time.GetTimestamp();

    /// <summary>Messages after a sequence number, as <see cref="IMessageReader.ReadAfterAsync"/>; never misses or repeats one.</summary>
    public Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken) =>
        EntryFor<SharedTail>((ReadScope.Of(viewer, filter), nameof(ReadAfterAsync)),
            () => new SharedTail(reader, signal, time, viewer, filter)).ReadAfterAsync(after, limit, cancellationToken);

    /// <summary>The newest messages, newest first, to see what became of them.</summary>
    public Task<IReadOnlyList<MessageView>> NewestAsync(
        Viewer viewer, MessageFilter filter, int limit, CancellationToken cancellationToken) =>
        Memo((ReadScope.Of(viewer, filter), nameof(NewestAsync), limit),
            async stop => (await reader.ListAsync(viewer, filter, null, limit, stop)).Items, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        Memo((ReadScope.Of(viewer, filter), nameof(CountAsync)), stop => reader.CountAsync(viewer, filter, stop), cancellationToken);

    /// <summary>Messages in the last <paramref name="buckets"/> buckets up to now, oldest first, zeros included.</summary>
    public Task<IReadOnlyList<long>> RecentVolumeAsync(
        Viewer viewer, MessageFilter filter, TimeSpan bucket, int buckets, CancellationToken cancellationToken) => Memo(
            (ReadScope.Of(viewer, filter), nameof(RecentVolumeAsync), bucket, buckets),
            stop => reader.VolumeAsync(viewer, filter, time.GetUtcNow() - (bucket * buckets), bucket, buckets, stop),
            cancellationToken);

    /// <summary>What another room counts for a viewer, shared alike.</summary>
    /// <param name="viewer">Who looks: only those who see the same share.</param>
    /// <param name="what">Names what is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<T> ReadAsync<T>(Viewer viewer, string what, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Memo((ReadScope.Of(viewer, MessageFilter.Everything), what), read, cancellationToken);

    private Task<T> Memo<T>(object key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        EntryFor<SharedValue<T>>(key, () => new SharedValue<T>(time, MaxAge)).GetAsync(read, cancellationToken);

    private T EntryFor<T>(object key, Func<T> make)
        where T : class
    {
        Sweep();
        var entry = _entries.GetOrAdd(key, _ => new Entry(make()));
        entry.Asked = time.GetTimestamp();
        return (T)entry.Shared;
    }

    private void Sweep()
    {
        if (time.GetElapsedTime(Volatile.Read(ref _swept)) < Idle) return;
        Volatile.Write(ref _swept, time.GetTimestamp());
        foreach (var (key, entry) in _entries)
        {
            // Whoever still holds it finishes with it; the next one asks for a new one. So it is left to the collector, not disposed.
            if (time.GetElapsedTime(entry.Asked) >= Idle) _entries.TryRemove(key, out _);
        }
    }

    private sealed class Entry(object shared)
    {
        public object Shared { get; } = shared;

        public long Asked { get; set; }
    }
}
