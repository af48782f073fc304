using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;

namespace Portal.Ingestion.Receiving;

/// <summary>
/// Receives deliveries. They are read, hashed and compressed in parallel, outside the write lock; one loop commits all that arrived during
/// the previous commit. So a single message is committed at once, and a burst shares its commits. The deliveries held between reading and
/// commit are bounded by count and by bytes; a caller that would exceed the bound waits.
/// </summary>
public sealed class Receiver : IReceiver, IAsyncDisposable
{
    private const int MaxBatch = 1000;
    private const int MaxWaiting = 5000;
    private const long MaxBatchBytes = 32L << 20;

    // Counts the received bytes. A message takes several times its size in memory while it is read, and little more than twice while it
    // waits.
    private const long MaxWaitingBytes = 128L << 20;

    // At shutdown the loop waits no longer than this for a database server that is down: nothing is acknowledged, so the messages are
    // delivered again.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly MessageStore _store;
    private readonly DeliveryReader _reader;
    private readonly LogSignal _signal;
    private readonly IngestionStatistics _statistics;
    private readonly DiskSpaceGuard _guard;
    private readonly TimeProvider _time;
    private readonly ILogger<Receiver> _log;
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CapacityLimiter _held = new(MaxWaiting, MaxWaitingBytes);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;

    /// <summary>Starts the commit loop; disposing waits up to 10 s until it has committed what was handed over.</summary>
    public Receiver(
        MessageStore store, DeliveryReader reader, LogSignal signal, IngestionStatistics statistics, DiskSpaceGuard guard,
        TimeProvider time, ILogger<Receiver> log)
    {
        (_store, _reader, _signal, _statistics, _guard, _time, _log) = (store, reader, signal, statistics, guard, time, log);
        statistics.MonitorStorage(() => _held.Count);
        _loop = Task.Run(CommitAsync);
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        using var trace = IngestionTrace.Receive(delivery);
        var held = await _held.EnterAsync(1, delivery.Bytes.Length, cancellationToken);
        ReadDelivery read;
        try
        {
            read = _reader.Read(delivery);
        }
        catch (Exception problem)
        {
            held.Dispose();
            throw Unread(problem);
        }

        return (await StoreAsync([read], held, trace, cancellationToken))[0];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        if (deliveries.Count == 0) return [];
        using var trace = IngestionTrace.Receive(deliveries[0]);
        var outcomes = new List<DeliveryOutcome>(deliveries.Count);
        for (var from = 0; from < deliveries.Count;)
        {
            var (to, bytes) = PartFrom(deliveries, from);
            outcomes.AddRange(await StorePartAsync([.. deliveries.Skip(from).Take(to - from)], bytes, trace, cancellationToken));
            from = to;
        }

        return outcomes;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _ending.CancelAfter(EndLimit);
        await _loop;
        _ending.Dispose();
    }

    // DeliveryReader turns every failure into a refusal; only a lack of memory for the bytes escapes. The sender keeps the message.
    private static StorageUnavailableException Unread(Exception problem) =>
        new("Der er ikke hukommelse nok til at modtage beskeder.", problem);

    // The deliveries that one entry of the queue may hold, at least one; a commit takes entries until it has reached its limits.
    private static (int To, long Bytes) PartFrom(IReadOnlyList<Delivery> deliveries, int from)
    {
        var (to, bytes) = (from, 0L);
        while (to < deliveries.Count && to - from < MaxBatch
            && (to == from || bytes + deliveries[to].Bytes.Length <= MaxBatchBytes)) bytes += deliveries[to++].Bytes.Length;
        return (to, bytes);
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> StorePartAsync(Delivery[] part, long bytes, Activity? trace,
        CancellationToken cancellationToken)
    {
        var held = await _held.EnterAsync(part.Length, bytes, cancellationToken);
        ReadDelivery[] reads;
        try
        {
            // On the thread pool, so that the transport can collect the next batch meanwhile.
            reads = await Task.Run(() => part.Select(_reader.Read).ToArray(), cancellationToken);
        }
        catch (Exception problem)
        {
            held.Dispose();
            if (problem is OperationCanceledException) throw;
            throw Unread(problem);
        }

        return await StoreAsync(reads, held, trace, cancellationToken);
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> StoreAsync(ReadDelivery[] reads, CapacityLimiter.CapacityLease held, Activity? trace,
        CancellationToken cancellationToken)
    {
        var waiting = new Waiting(reads, held, trace?.Context ?? default);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            held.Dispose();
            throw new StorageUnavailableException("Portalen er ved at lukke.");
        }

        // If the caller cancels here, the messages may still be stored: their sender is refused or gets no answer, sends again, and the
        // repeats are counted. The capacity stays reserved until the commit.
        return await waiting.Outcomes.Task.WaitAsync(cancellationToken);
    }

    private async Task CommitAsync()
    {
        var gathered = new List<Waiting>();
        var batch = new List<ReadDelivery>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            gathered.Clear();
            batch.Clear();
            long bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var next))
            {
                gathered.Add(next);
                batch.AddRange(next.Reads);
                bytes += next.Bytes;
            }

            try
            {
                await CommitAsync(gathered, batch);
            }
            catch (Exception problem)
            {
                // No exception ends the loop: the senders try again, and what is already stored is counted as a repeat.
                _log.LogError("A batch could not be answered for: {Kind} {Place}", problem.GetType().Name, problem.StackTrace);
                var unavailable = new StorageUnavailableException("Beskeder kan ikke gemmes lige nu.", problem);
                foreach (var waiting in gathered) waiting.Outcomes.TrySetException(unavailable);
            }
            finally
            {
                foreach (var waiting in gathered) waiting.Held.Dispose();
            }
        }
    }

    private async Task CommitAsync(List<Waiting> gathered, List<ReadDelivery> batch)
    {
        var (from, clock) = (_time.GetUtcNow(), _time.GetTimestamp());
        IReadOnlyList<DeliveryOutcome> outcomes;
        try
        {
            if (_guard.Refusal is { } refusal) throw new StorageUnavailableException(refusal);
            outcomes = await _store.AppendAsync(batch, _ending.Token);
        }
        catch (StorageUnavailableException unavailable)
        {
            // Logged once: while it lasts every transport retries, and Drift and /health/ready keep reporting it.
            if (_statistics.Refused(unavailable.Message, batch.Count, unavailable.IsFull ? _time.GetTimestamp() : null))
            {
                _log.LogWarning("Beskeder kan ikke gemmes nu; afsenderne beholder dem: {Why}", unavailable.Message);
            }

            foreach (var waiting in gathered) waiting.Outcomes.TrySetException(unavailable);
            return;
        }
        catch (Exception problem)
        {
            // Unexpected, or the portal is closing. Nothing was acknowledged, so the transports keep their messages; the loop takes the
            // next batch.
            var unavailable = new StorageUnavailableException("Beskeder kan ikke gemmes lige nu.", problem);
            _statistics.Refused(unavailable.Message, batch.Count);
            _log.LogError(
                "{Count} deliveries could not be stored; their senders were told to try again: {Kind} {Place}", batch.Count,
                problem.GetType().Name, problem.StackTrace);
            foreach (var waiting in gathered) waiting.Outcomes.TrySetException(unavailable);
            return;
        }

        Count(batch, outcomes, _time.GetElapsedTime(clock));
        Announce(gathered, outcomes, from, batch.Count);
        _signal.Raise();
    }

    private static void Announce(List<Waiting> gathered, IReadOnlyList<DeliveryOutcome> outcomes, DateTimeOffset from, int batch)
    {
        var count = 0;
        foreach (var waiting in gathered)
        {
            var own = new DeliveryOutcome[waiting.Reads.Length];
            for (var n = 0; n < own.Length; n++) own[n] = outcomes[count++];
            IngestionTrace.Committed(waiting.Trace, from, batch, IngestionStatistics.NameOf(own[0]));
            waiting.Outcomes.TrySetResult(own);
        }
    }

    // The batch is stored already: a failure of the statistics must not be reported to its senders.
    private void Count(List<ReadDelivery> batch, IReadOnlyList<DeliveryOutcome> outcomes, TimeSpan took)
    {
        try
        {
            if (_statistics.Committed(batch, outcomes, took)) _log.LogInformation("Beskeder gemmes igen");
        }
        catch (Exception problem)
        {
            _log.LogError("A batch was stored but not counted: {Kind} {Place}", problem.GetType().Name, problem.StackTrace);
        }
    }

    private sealed class Waiting(ReadDelivery[] reads, CapacityLimiter.CapacityLease held, ActivityContext trace)
    {
        public CapacityLimiter.CapacityLease Held { get; } = held;

        public ReadDelivery[] Reads { get; } = reads;

        public long Bytes { get; } = reads.Sum(r => (long)r.Delivery.Bytes.Length);

        public ActivityContext Trace { get; } = trace;

        public TaskCompletionSource<DeliveryOutcome[]> Outcomes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
