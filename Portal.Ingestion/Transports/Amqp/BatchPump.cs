using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Receiving;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// Takes messages from a consumer, hands them to the receiver in batches, and acknowledges them. Several batches are in flight, so that
/// reading, committing and acknowledging overlap. A batch is acknowledged as a whole, and only after it and all before it are durable.
/// </summary>
internal sealed class BatchPump(QueueConsumer consumer, IReceiver receiver, AmqpReports reports, TimeProvider time, ILogger log)
{
    /// <summary>Most messages in a batch.</summary>
    public const int BatchSize = 200;

    private const int UnderWay = 6;
    private const long MaxBatchBytes = 32L << 20;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(4);

    // After a broken connection the store is awaited no longer than this: what it stores later is delivered again and counted as a repeat.
    private static readonly TimeSpan AfterBreak = TimeSpan.FromSeconds(30);

    private readonly Channel<DeliveryBatch> _underWay =
        Channel.CreateBounded<DeliveryBatch>(new BoundedChannelOptions(UnderWay) { SingleReader = true, SingleWriter = true });

    private readonly Channel<DeliveryBatch> _empty = Channel.CreateUnbounded<DeliveryBatch>();

    /// <summary>The first batch that could not be stored, when that ended the session; its delivery tags are void. Else null.</summary>
    public IReadOnlyList<Delivery>? Held { get; private set; }

    /// <summary>
    /// The unexpected exception of storing or acknowledging that ended the session; null for an outage of the database and a broken
    /// connection.
    /// </summary>
    public Exception? Failure { get; private set; }

    public long Acknowledged { get; private set; }

    /// <summary>
    /// Runs until the consumer is finished and all its messages are acknowledged, the connection is gone, or storing or acknowledging
    /// failed; never throws for any of these. <paramref name="stopping"/> only ends a pause: what can be stored is still stored and
    /// acknowledged, since each redelivery counts towards a broker's delivery limit.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(consumer.Broken);
        using var pausing = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, stopping);
        var acknowledging = AcknowledgeAsync(ending, pausing.Token);
        try
        {
            await CollectAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Messages not yet handed over are unacknowledged: the broker keeps them.
        }
        catch (Exception problem)
        {
            await FailAsync(problem, ending);
        }
        finally
        {
            _underWay.Writer.TryComplete();
            await acknowledging;
        }
    }

    private async Task CollectAsync(CancellationToken ending)
    {
        var deliveries = consumer.Deliveries;
        Task<bool>? more = null;
        Task newest = Task.CompletedTask;
        while (true)
        {
            if (!await (more ?? deliveries.WaitToReadAsync(ending).AsTask())) return;
            more = null;
            var batch = _empty.Reader.TryRead(out var used) ? used : new DeliveryBatch(BatchSize);
            Fill(batch, deliveries);
            // A single message is handed over at once. While others are being committed, waiting a few milliseconds makes fewer and fuller
            // batches.
            if (!batch.IsFull(MaxBatchBytes) && !newest.IsCompleted)
            {
                using var linger = CancellationTokenSource.CreateLinkedTokenSource(ending);
                var pause = Task.Delay(Linger, time, linger.Token);
                do
                {
                    more = deliveries.WaitToReadAsync(ending).AsTask();
                    if (await Task.WhenAny(more, pause, newest) != more) break;
                    if (!await more) break;
                    more = null;
                    Fill(batch, deliveries);
                }
                while (!batch.IsFull(MaxBatchBytes));
                await linger.CancelAsync();
            }

            // Wait for room before handing the batch over: if the acknowledging side has ended, this wait ends too, and the batch is not
            // stored in vain.
            await _underWay.Writer.WaitToWriteAsync(ending);
            ending.ThrowIfCancellationRequested();
            // Not cancellable: a cancelled batch might still be stored, and would then lack its acknowledgement.
            newest = Submit(batch);
            await _underWay.Writer.WriteAsync(batch, ending);
        }
    }

    private Task<IReadOnlyList<DeliveryOutcome>> Submit(DeliveryBatch batch)
    {
        // The trace belongs to this batch; the next batch must not become a part of it.
        batch.Trace = IngestionTrace.Deliver(AmqpTransport.Transport);
        batch.Storing = StoreAsync(batch.Deliveries);
        Activity.Current = null;
        return batch.Storing;
    }

    // Async, so that an exception thrown synchronously ends up in the task: the acknowledging side handles it.
    private async Task<IReadOnlyList<DeliveryOutcome>> StoreAsync(IReadOnlyList<Delivery> deliveries) =>
        await receiver.ReceiveAsync(deliveries, CancellationToken.None);

    private void Fill(DeliveryBatch batch, ChannelReader<ReceivedDelivery> deliveries)
    {
        var now = time.GetUtcNow();
        while (!batch.IsFull(MaxBatchBytes) && deliveries.TryRead(out var received)) batch.Add(received, now);
    }

    /// <summary>
    /// Acknowledges in the order of delivery, so that an acknowledgement never covers a message that is not durable. Never throws; a
    /// failure ends the session.
    /// </summary>
    private async Task AcknowledgeAsync(CancellationTokenSource ending, CancellationToken pausing)
    {
        var broken = false;
        await foreach (var batch in _underWay.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                // After a break the remaining batches are only awaited: they may be stored, but can no longer be acknowledged.
                broken = broken || !await StoreAsync(batch, ending, pausing) || !await AcknowledgeToBrokerAsync(batch, ending);
                if (broken) await SettleAsync(batch.Storing);
            }
            catch (Exception problem)
            {
                broken = true;
                Held ??= [.. batch.Deliveries];
                await FailAsync(problem, ending);
            }

            if (broken) continue;
            consumer.Budget.Release(batch.Bytes);
            batch.Clear();
            _empty.Writer.TryWrite(batch);
        }
    }

    private async Task FailAsync(Exception problem, CancellationTokenSource ending)
    {
        Failure ??= problem;
        await ending.CancelAsync();
    }

    /// <summary>True when the batch is durable; false when the session ended before that.</summary>
    private async Task<bool> StoreAsync(DeliveryBatch batch, CancellationTokenSource ending, CancellationToken pausing)
    {
        var pause = AmqpReports.StoragePause();
        var paused = false;
        while (true)
        {
            try
            {
                if (!await EndsInTimeAsync(batch.Storing, ending.Token)) return false;
                await batch.Storing;
                if (paused) reports.Resumed();
                return true;
            }
            catch (StorageUnavailableException error)
            {
                paused = true;
                reports.Paused(error);
            }

            await Task.Delay(pause.Next(), time, pausing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (pausing.IsCancellationRequested)
            {
                Held ??= [.. batch.Deliveries];
                await ending.CancelAsync();
                return false;
            }

            batch.Storing = StoreAsync(batch.Deliveries);
        }
    }

    /// <summary>
    /// Waits until storing has ended, with or without success; false when it has not ended <see cref="AfterBreak"/> after the session did.
    /// </summary>
    private async Task<bool> EndsInTimeAsync(Task storing, CancellationToken ended)
    {
        var broke = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (ended.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), broke))
        {
            if (await Task.WhenAny(storing, broke.Task) == storing) return true;
        }

        return await SettleAsync(storing);
    }

    private async Task<bool> SettleAsync(Task storing)
    {
        // Observes the exception: nothing else awaits this task.
        var settled = storing.ContinueWith(
            static stored => stored.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await settled.WaitAsync(AfterBreak, time);
            return true;
        }
        catch (TimeoutException)
        {
            log.LogWarning(
                "The store has not answered {Seconds} s after the connection went; it is not waited for", AfterBreak.TotalSeconds);
            return false;
        }
    }

    private async Task<bool> AcknowledgeToBrokerAsync(DeliveryBatch batch, CancellationTokenSource ending)
    {
        // A tag is valid on its own channel only; when that is broken, the broker has requeued the messages.
        if (consumer.Broken.IsCancellationRequested) return false;
        var around = Activity.Current;
        try
        {
            Activity.Current = batch.Trace;
            using (IngestionTrace.Acknowledge(AmqpTransport.Transport))
            {
                await consumer.Channel.BasicAckAsync(batch.LastTag, multiple: true, ending.Token);
            }

            Acknowledged += batch.Deliveries.Count;
            return true;
        }
        catch (Exception gone) when (AmqpConnectionError.IsConnectionGone(gone) || ending.IsCancellationRequested)
        {
            log.LogInformation("The connection went while {Count} stored messages were acknowledged; they come again and are counted",
                batch.Deliveries.Count);
            await ending.CancelAsync();
            return false;
        }
        catch (Exception problem)
        {
            // The messages are stored already, so Held stays null.
            await FailAsync(problem, ending);
            return false;
        }
        finally
        {
            Activity.Current = around;
        }
    }
}
