using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Operations;

/// <summary>Recent figures of a transport of this process.</summary>
/// <param name="LastMessageAt">UTC, when the last delivery was stored; null when there was none since the start.</param>
/// <param name="Messages">Deliveries in the last minute, of any outcome.</param>
/// <param name="Repeats">Repeats among them.</param>
/// <param name="Quarantined">Quarantined deliveries among them.</param>
/// <param name="LagHalf">Median time from creation at the source to storage in the last five minutes; null without messages of known
/// creation time.</param>
/// <param name="LagMost">The same, 95th percentile.</param>
public sealed record TransportFigures(
    DateTimeOffset? LastMessageAt, int Messages, int Repeats, int Quarantined, TimeSpan? LagHalf, TimeSpan? LagMost);

/// <summary>The commits of this process in the last minute.</summary>
/// <param name="Count">Number of commits.</param>
/// <param name="MeanSize">Mean number of deliveries in a commit.</param>
/// <param name="MeanMilliseconds">Mean duration of a commit.</param>
public sealed record CommitFigures(int Count, double MeanSize, double MeanMilliseconds);

/// <summary>
/// Counts the last minutes of each transport of this process. Thread-safe; called once per batch, so a lock is cheap enough.
/// </summary>
public sealed class TransportActivity(TimeProvider time)
{
    private const int Seconds = 60;
    private const int LagMinutes = 5;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TransportCounters> _counters = new(StringComparer.Ordinal);
    private readonly RingBuffer<CommitSlot> _commits = new(Seconds, () => new CommitSlot());

    /// <summary>Counts a committed batch: each delivery's transport, its outcome, and when its message was created at the source.</summary>
    public void Committed(IEnumerable<(string Transport, DeliveryOutcome Outcome, DateTimeOffset? CreatedAt)> stored, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var now = time.GetUtcNow();
        var (second, minute) = (now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds() / 60);
        lock (_lock)
        {
            var commit = _commits.At(second);
            commit.Count++;
            commit.Milliseconds += took.TotalMilliseconds;
            foreach (var (transport, outcome, createdAt) in stored)
            {
                commit.Deliveries++;
                if (!_counters.TryGetValue(transport, out var counters)) _counters[transport] = counters = new TransportCounters();
                counters.LastMessageAt = now;
                counters.Counts.At(second).Count(outcome);

                // Only new messages count: the time of a repeat does not show how far behind the portal is.
                if (createdAt is { } created && outcome is DeliveryOutcome.Accepted) counters.Lags.At(minute).Histogram.Add(now - created);
            }
        }
    }

    /// <summary>The figures of a transport for the last minutes.</summary>
    public TransportFigures Of(string transport)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            if (!_counters.TryGetValue(transport, out var counters)) return new TransportFigures(null, 0, 0, 0, null, null);
            var counts = counters.Counts.Since(now).ToList();
            var lag = new DurationHistogram();
            foreach (var part in counters.Lags.Since(now / 60)) lag.Add(part.Histogram);
            return new TransportFigures(
                counters.LastMessageAt, counts.Sum(c => c.Messages), counts.Sum(c => c.Repeats), counts.Sum(c => c.Quarantined),
                lag.Percentile(0.5), lag.Percentile(0.95));
        }
    }

    /// <summary>The commits of the last minute.</summary>
    public CommitFigures Commits()
    {
        lock (_lock)
        {
            var commits = _commits.Since(time.GetUtcNow().ToUnixTimeSeconds()).ToList();
            var count = commits.Sum(c => c.Count);
            return count == 0
                ? new CommitFigures(0, 0, 0)
                : new CommitFigures(count, (double)commits.Sum(c => c.Deliveries) / count, commits.Sum(c => c.Milliseconds) / count);
        }
    }

    private interface ISlot
    {
        void Clear();
    }

    private sealed class RingBuffer<T>(int length, Func<T> make)
        where T : class, ISlot
    {
        private readonly (long At, T Slot)[] _slots = [.. Enumerable.Range(0, length).Select(_ => (-1L, make()))];

        public T At(long moment)
        {
            ref var slot = ref _slots[moment % _slots.Length];
            if (slot.At != moment) slot.Slot.Clear();
            slot.At = moment;
            return slot.Slot;
        }

        public IEnumerable<T> Since(long now) => _slots.Where(s => s.At > now - _slots.Length && s.At <= now).Select(s => s.Slot);
    }

    private sealed class TransportCounters
    {
        public DateTimeOffset LastMessageAt { get; set; }

        public RingBuffer<CountSlot> Counts { get; } = new(Seconds, () => new CountSlot());

        public RingBuffer<LagSlot> Lags { get; } = new(LagMinutes, () => new LagSlot());
    }

    private sealed class CountSlot : ISlot
    {
        public int Messages { get; private set; }

        public int Repeats { get; private set; }

        public int Quarantined { get; private set; }

        public void Count(DeliveryOutcome outcome)
        {
            Messages++;
            if (outcome is DeliveryOutcome.Repeated) Repeats++;
            if (outcome is DeliveryOutcome.Quarantined) Quarantined++;
        }

        public void Clear() => (Messages, Repeats, Quarantined) = (0, 0, 0);
    }

    private sealed class LagSlot : ISlot
    {
        public DurationHistogram Histogram { get; } = new();

        public void Clear() => Histogram.Clear();
    }

    private sealed class CommitSlot : ISlot
    {
        public int Count { get; set; }

        public int Deliveries { get; set; }

        public double Milliseconds { get; set; }

        public void Clear() => (Count, Deliveries, Milliseconds) = (0, 0, 0);
    }
}
