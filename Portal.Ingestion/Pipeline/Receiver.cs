using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Pipeline;

/// <summary>
/// The one receive. Each caller reads, hashes and compresses its own delivery, so doors use all cores; one loop commits whatever has gathered
/// while the last commit was on its way to the disk. So a lone message waits for nothing, and a burst shares its commits.
/// </summary>
public sealed class Receiver : IReceiver, IAsyncDisposable
{
    private const int MaxBatch = 200;
    private const int MaxWaiting = 2000;
    private const long MaxBatchBytes = 64L << 20;

    private readonly IMessageStore _store;
    private readonly PortalSettings _settings;
    private readonly LogSignal _signal;
    private readonly IngestionStatistics _statistics;
    private readonly IStorageWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<Receiver> _log;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Starts the loop; dispose to let it finish what has been handed over.</summary>
    public Receiver(
        IMessageStore store, PortalSettings settings, LogSignal signal, IngestionStatistics statistics, IStorageWatch watch, TimeProvider time, ILogger<Receiver> log)
    {
        (_store, _settings, _signal, _statistics, _watch, _time, _log) = (store, settings, signal, statistics, watch, time, log);
        statistics.Watch(() => _waiting.Reader.Count);
        _loop = Task.Run(CommitAsync);
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        using var trace = IngestionTrace.Receive(delivery);
        var waiting = new Waiting(ReadDelivery.Prepare(delivery, _settings), trace?.Context ?? default);
        try
        {
            await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("Portalen er ved at lukke.");
        }

        // Given up here, the message may still be stored: its sender has no answer, sends it again, and it is counted.
        return await waiting.Outcome.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
        await Task.WhenAll(deliveries.Select(d => ReceiveAsync(d, cancellationToken)));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task CommitAsync()
    {
        var batch = new List<Waiting>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            long bytes = 0;
            while (batch.Count < MaxBatch && bytes < MaxBatchBytes && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
                bytes += next.Read.Delivery.Bytes.Length;
            }

            await CommitAsync(batch);
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        var (from, clock) = (_time.GetUtcNow(), _time.GetTimestamp());
        try
        {
            if (_watch.Refusal is { } refusal) throw new StorageUnavailableException(refusal);
            var reads = batch.Select(w => w.Read).ToList();
            var outcomes = await _store.AppendAsync(reads, CancellationToken.None);
            if (_statistics.Committed(reads, outcomes, _time.GetElapsedTime(clock))) _log.LogInformation("Messages are stored again");
            for (var n = 0; n < batch.Count; n++)
            {
                IngestionTrace.Committed(batch[n].Trace, from, batch.Count, IngestionStatistics.NameOf(outcomes[n]));
                batch[n].Outcome.TrySetResult(outcomes[n]);
            }

            _signal.Raise();
        }
        catch (StorageUnavailableException unavailable)
        {
            // Said once: while it lasts every door comes back again and again, and Drift and /health/ready go on saying it.
            if (_statistics.Refused(unavailable.Message, batch.Count)) _log.LogWarning("Messages cannot be stored now; their senders keep them: {Why}", unavailable.Message);
            foreach (var waiting in batch) waiting.Outcome.TrySetException(unavailable);
        }
        catch (Exception problem)
        {
            // Whatever it is, nothing was acknowledged and the doors must keep what they hold; the loop goes on for when it is over.
            var unavailable = new StorageUnavailableException("Beskeder kan ikke gemmes lige nu.", problem);
            _statistics.Refused(unavailable.Message, batch.Count);
            _log.LogError("{Count} deliveries could not be stored; their senders were told to try again: {Kind} {Place}", batch.Count, problem.GetType().Name, problem.StackTrace);
            foreach (var waiting in batch) waiting.Outcome.TrySetException(unavailable);
        }
    }

    private sealed class Waiting(ReadDelivery read, ActivityContext trace)
    {
        public ReadDelivery Read { get; } = read;

        public ActivityContext Trace { get; } = trace;

        public TaskCompletionSource<DeliveryOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
