using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Pipeline;

/// <summary>
/// The one receive. What a door hands over is read, hashed and compressed outside the one writer's turn, on all cores; one loop commits whatever has
/// gathered while the last commit was on its way to the disk. So a lone message waits for nothing, and a burst shares its commits.
/// </summary>
public sealed class Receiver : IReceiver, IAsyncDisposable
{
    private const int MaxBatch = 1000;
    private const int MaxWaiting = 2000;
    private const long MaxBatchBytes = 64L << 20;

    private readonly IMessageStore _store;
    private readonly DeliveryReader _reader;
    private readonly LogSignal _signal;
    private readonly IngestionStatistics _statistics;
    private readonly IStorageWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<Receiver> _log;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Starts the loop; dispose to let it finish what has been handed over.</summary>
    public Receiver(
        IMessageStore store, DeliveryReader reader, LogSignal signal, IngestionStatistics statistics, IStorageWatch watch, TimeProvider time, ILogger<Receiver> log)
    {
        (_store, _reader, _signal, _statistics, _watch, _time, _log) = (store, reader, signal, statistics, watch, time, log);
        statistics.Watch(() => _waiting.Reader.Count);
        _loop = Task.Run(CommitAsync);
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        using var trace = IngestionTrace.Receive(delivery);
        return (await StoreAsync([_reader.Read(delivery)], trace, cancellationToken))[0];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        if (deliveries.Count == 0) return [];
        using var trace = IngestionTrace.Receive(deliveries[0]);

        // On the pool, so that the door goes on gathering the next while this one is being read.
        var reads = await Task.Run(() => deliveries.Select(_reader.Read).ToArray(), cancellationToken);
        return await StoreAsync(reads, trace, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> StoreAsync(ReadDelivery[] reads, Activity? trace, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(reads, trace?.Context ?? default);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("Portalen er ved at lukke.");
        }

        // Given up here, the messages may still be stored: their sender has no answer, sends them again, and they are counted.
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

            await CommitAsync(gathered, batch);
        }
    }

    private async Task CommitAsync(List<Waiting> gathered, List<ReadDelivery> batch)
    {
        var (from, clock) = (_time.GetUtcNow(), _time.GetTimestamp());
        try
        {
            if (_watch.Refusal is { } refusal) throw new StorageUnavailableException(refusal);
            var outcomes = await _store.AppendAsync(batch, CancellationToken.None);
            if (_statistics.Committed(batch, outcomes, _time.GetElapsedTime(clock))) _log.LogInformation("Messages are stored again");
            var told = 0;
            foreach (var waiting in gathered)
            {
                var own = new DeliveryOutcome[waiting.Reads.Length];
                for (var n = 0; n < own.Length; n++) own[n] = outcomes[told++];
                IngestionTrace.Committed(waiting.Trace, from, batch.Count, IngestionStatistics.NameOf(own[0]));
                waiting.Outcomes.TrySetResult(own);
            }

            _signal.Raise();
        }
        catch (StorageUnavailableException unavailable)
        {
            // Said once: while it lasts every door comes back again and again, and Drift and /health/ready go on saying it.
            if (_statistics.Refused(unavailable.Message, batch.Count, unavailable.IsFull ? _time.GetTimestamp() : null)) _log.LogWarning("Messages cannot be stored now; their senders keep them: {Why}", unavailable.Message);
            foreach (var waiting in gathered) waiting.Outcomes.TrySetException(unavailable);
        }
        catch (Exception problem)
        {
            // Whatever it is, nothing was acknowledged and the doors must keep what they hold; the loop goes on for when it is over.
            var unavailable = new StorageUnavailableException("Beskeder kan ikke gemmes lige nu.", problem);
            _statistics.Refused(unavailable.Message, batch.Count);
            _log.LogError("{Count} deliveries could not be stored; their senders were told to try again: {Kind} {Place}", batch.Count, problem.GetType().Name, problem.StackTrace);
            foreach (var waiting in gathered) waiting.Outcomes.TrySetException(unavailable);
        }
    }

    private sealed class Waiting(ReadDelivery[] reads, ActivityContext trace)
    {
        public ReadDelivery[] Reads { get; } = reads;

        public long Bytes { get; } = reads.Sum(r => (long)r.Delivery.Bytes.Length);

        public ActivityContext Trace { get; } = trace;

        public TaskCompletionSource<DeliveryOutcome[]> Outcomes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
