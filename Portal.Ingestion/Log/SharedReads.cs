using System.Collections.Concurrent;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>
/// Reads that live pages repeat, done once for all viewers in this process with the same <see cref="ReadScope"/>. Following the log is
/// exact; counts and the newest rows may be as old as <see cref="MaxAge"/>.
/// </summary>
public sealed class SharedReads(IMessageReader reader, LogSignal signal, TimeProvider time)
{
    /// <summary>How old a shared count, volume or row may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    // After this long without a request an entry is dropped; a follower that returns continues from the log.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<object, Entry> _entries = new();
    private long _swept = time.GetTimestamp();

    /// <summary>Messages after a sequence number, as <see cref="IMessageReader.ReadAfterAsync"/>; never misses or repeats one.</summary>
    [Demands(ViewerRights.Messages)]
    public Task<LogSlice> ReadAfterAsync(Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken) =>
        EntryFor<SharedTail>((ReadScope.Of(viewer, filter), nameof(ReadAfterAsync)),
            () => new SharedTail(reader, signal, time, viewer, filter)).ReadAfterAsync(after, limit, cancellationToken);

    /// <summary>The newest messages, newest first, so that a page sees changes of their rows.</summary>
    [Demands(ViewerRights.Messages)]
    public Task<IReadOnlyList<MessageView>> NewestAsync(
        Viewer viewer, MessageFilter filter, int limit, CancellationToken cancellationToken) =>
        Memo((ReadScope.Of(viewer, filter), nameof(NewestAsync), limit),
            async stop => (await reader.ListAsync(viewer, filter, null, limit, stop)).Items, cancellationToken);

    /// <summary>The number of matching messages.</summary>
    [Demands(ViewerRights.Messages, Or = ViewerRights.Counts)]
    public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken) =>
        Memo((ReadScope.Of(viewer, filter), nameof(CountAsync)), stop => reader.CountAsync(viewer, filter, stop), cancellationToken);

    /// <summary>Messages in the last <paramref name="buckets"/> buckets up to now, oldest first, zeros included.</summary>
    [Demands(ViewerRights.Messages, Or = ViewerRights.Counts)]
    public Task<IReadOnlyList<long>> RecentVolumeAsync(
        Viewer viewer, MessageFilter filter, TimeSpan bucket, int buckets, CancellationToken cancellationToken) => Memo(
            (ReadScope.Of(viewer, filter), nameof(RecentVolumeAsync), bucket, buckets),
            stop => reader.VolumeAsync(viewer, filter, time.GetUtcNow() - (bucket * buckets), bucket, buckets, stop),
            cancellationToken);

    /// <summary>A read of another feature, shared in the same way.</summary>
    /// <param name="viewer">The viewer: only viewers with the same scope share the value.</param>
    /// <param name="what">Names the value that is read.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Demands(ViewerRights.None)]
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
            // A caller may still use the entry, so it is not disposed but left to the garbage collector.
            if (time.GetElapsedTime(entry.Asked) >= Idle) _entries.TryRemove(key, out _);
        }
    }

    private sealed class Entry(object shared)
    {
        public object Shared { get; } = shared;

        public long Asked { get; set; }
    }
}
