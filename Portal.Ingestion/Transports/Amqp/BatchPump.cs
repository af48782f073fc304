using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Receiving;

namespace Portal.Ingestion.Transports.Amqp;

/// <summary>
/// From a consumer to the one receive and back to the broker: gathers batches, keeps a few under way so that reading, committing and
/// acknowledging overlap, and acknowledges each as a whole when, and only when, it and all before it are durable.
/// </summary>
internal sealed class BatchPump(QueueConsumer consumer, IReceiver receiver, AmqpReports reports, TimeProvider time, ILogger log)
{
    /// <summary>Messages in a batch at most.</summary>
    public const int BatchSize = 200;

    private const int UnderWay = 6;
    private const long MaxBatchBytes = 32L << 20;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(4);

    // A store that neither takes nor refuses for so long after the connection went is not waited for: what it stores all the same comes
    // again and is counted.
    private static readonly TimeSpan AfterBreak = TimeSpan.FromSeconds(30);

    private readonly Channel<DeliveryBatch> _underWay =
        Channel.CreateBounded<DeliveryBatch>(new BoundedChannelOptions(UnderWay) { SingleReader = true, SingleWriter = true });

    private readonly Channel<DeliveryBatch> _empty = Channel.CreateUnbounded<DeliveryBatch>();

    /// <summary>What was held when storing failed and the session ended; its tags are void, its bytes are good. Else null.</summary>
    public IReadOnlyList<Delivery>? Held { get; private set; }

    /// <summary>
    /// Why storing or acknowledging ended the session, when it was neither the database nor the connection that went away; else null.
    /// </summary>
    public Exception? Failure { get; private set; }

    /// <summary>Messages acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>
    /// Runs until the consumer has nothing more and all that it gave is acknowledged, the connection is gone, or storing or acknowledging
    /// failed. <paramref name="stopping"/> only ends a pause: what the database takes is still stored and acknowledged, since handing it
    /// back would use up a delivery. Never throws for any of these.
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
            // What was gathered and not handed over is unacknowledged: the broker keeps it.
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
            // A lone message waits for nothing. While others are being committed, a few milliseconds make fewer and fuller batches.
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

            // There must be room to follow a batch before it is handed over: whoever acknowledges may have ended meanwhile, and that ends
            // this wait too.
            await _underWay.Writer.WaitToWriteAsync(ending);
            ending.ThrowIfCancellationRequested();
            // Not cancelled: given up, it might still be stored, and then the acknowledgement is worth waiting for.
            newest = Submit(batch);
            await _underWay.Writer.WriteAsync(batch, ending);
        }
    }

    private Task<IReadOnlyList<DeliveryOutcome>> Submit(DeliveryBatch batch)
    {
        // The trace goes with the batch; the next one gathered is no part of it.
        batch.Trace = IngestionTrace.Deliver(AmqpTransport.Transport);
        batch.Storing = StoreAsync(batch.Deliveries);
        Activity.Current = null;
        return batch.Storing;
    }

    // A receive that throws at once must not end the gathering: it is the acknowledging side that tells of it.
    private async Task<IReadOnlyList<DeliveryOutcome>> StoreAsync(IReadOnlyList<Delivery> deliveries) =>
        await receiver.ReceiveAsync(deliveries, CancellationToken.None);

    private void Fill(DeliveryBatch batch, ChannelReader<ReceivedDelivery> deliveries)
    {
        var now = time.GetUtcNow();
        while (!batch.IsFull(MaxBatchBytes) && deliveries.TryRead(out var received)) batch.Add(received, now);
    }

    /// <summary>
    /// In the order of delivery, so that an acknowledgement never reaches beyond what is durable. Ends the session, and never throws, when
    /// it fails.
    /// </summary>
    private async Task AcknowledgeAsync(CancellationTokenSource ending, CancellationToken pausing)
    {
        var broken = false;
        await foreach (var batch in _underWay.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                // After a break the rest is only awaited: it may well be stored, but there is nobody to tell.
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
    /// Waits until the store has answered, however; false when the connection went and it did not answer for a while after.
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
        // Observed here, whenever it comes: nobody else awaits it.
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
        // A tag means nothing on another channel; on a broken one the broker has already taken the messages back.
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
            // They are stored, so there is nothing to hold.
            await FailAsync(problem, ending);
            return false;
        }
        finally
        {
            Activity.Current = around;
        }
    }
}
