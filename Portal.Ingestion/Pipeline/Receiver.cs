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
    private readonly DeliveryReader _reader;
    private readonly LogSignal _signal;
    private readonly IngestionStatistics _statistics;
    private readonly ILogger<Receiver> _log;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Starts the loop; dispose to let it finish what has been handed over.</summary>
    public Receiver(IMessageStore store, DeliveryReader reader, LogSignal signal, IngestionStatistics statistics, ILogger<Receiver> log)
    {
        (_store, _reader, _signal, _statistics, _log) = (store, reader, signal, statistics, log);
        _loop = Task.Run(CommitAsync);
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var waiting = new Waiting(_reader.Read(delivery));
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
        try
        {
            var outcomes = await _store.AppendAsync([.. batch.Select(w => w.Read)], CancellationToken.None);
            _statistics.Committed(batch.Select(w => w.Read.Delivery.Transport), outcomes);
            for (var n = 0; n < batch.Count; n++) batch[n].Outcome.TrySetResult(outcomes[n]);
            _signal.Raise();
        }
        catch (Exception problem)
        {
            // Whatever it is, nothing was acknowledged and the doors must keep what they hold; the loop goes on for when it is over.
            var unavailable = problem as StorageUnavailableException ?? new StorageUnavailableException("Beskeder kan ikke gemmes lige nu.", problem);
            _statistics.Refused(unavailable.Message, batch.Count);
            _log.LogError(problem, "{Count} deliveries could not be stored; their senders were told to try again", batch.Count);
            foreach (var waiting in batch) waiting.Outcome.TrySetException(unavailable);
        }
    }

    private sealed class Waiting(ReadDelivery read)
    {
        public ReadDelivery Read { get; } = read;

        public TaskCompletionSource<DeliveryOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
