using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Handles a batch that could not be stored. When the reason is not an outage, the batch is split in halves, down to the message that is
/// the cause, which goes to quarantine. If the quarantine refuses it too, it is stored with its length, its SHA-256 and as many of its
/// first bytes as the database takes. An outage is rethrown, and the sender keeps its messages. For an outage that a message itself may
/// cause (<see cref="StorageErrors.MayBeOfOneMessage"/>), storing a harmless message of the same size is rehearsed: what fails
/// <see cref="MaxFailures"/> times while the rehearsals succeed is split in the same way, and a message that fails so often alone is the
/// cause.
/// </summary>
/// <param name="append">Appends a batch in one transaction.</param>
/// <param name="keep">Stores a delivery in quarantine, in its own transaction.</param>
/// <param name="rehearse">Appends a delivery on a separate connection, rolls it back to a savepoint, and commits, so that every step is
/// taken and nothing of it remains.</param>
/// <param name="mostContent">The most bytes to store in one row; with more, the database would close the connection.</param>
internal sealed class BatchIsolation(
    Func<IReadOnlyList<ReadDelivery>, CancellationToken, Task<IReadOnlyList<DeliveryOutcome>>> append,
    Func<ReadDelivery, EnvelopeReading.NotUnderstood, CancellationToken, Task<DeliveryOutcome>> keep,
    Func<ReadDelivery, CancellationToken, Task> rehearse,
    int mostContent,
    DeliveryReader reader,
    TimeProvider time,
    ILogger log)
{
    /// <summary>After this many failures, while rehearsals succeed, a message or a batch counts as the cause.</summary>
    public const int MaxFailures = 3;

    // Bytes. A delivery larger than this may itself be the cause of a shortage of memory.
    private const int Small = 1 << 20;

    // A server restarts within this after the crash of one of its processes, or answers by then that it is starting.
    private static readonly TimeSpan RehearsalLimit = TimeSpan.FromSeconds(15);

    // After a crash the server replays its log, which may take minutes. Nothing can be stored meanwhile, and only afterwards can it be
    // decided whether the message was the cause; without this wait, a message that crashes the server would count as an outage each time.
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(15);

    // The same crash may close the rehearsal's connection too, when it starts before the server has noticed the crash.
    private const int MostCuts = 2;

    private readonly FailureCounts _suspects = new();

    /// <summary>The pause between two tries of a rehearsal while the server restarts.</summary>
    public TimeSpan RecoveryPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Appends a batch; one outcome for each delivery, in order.</summary>
    /// <exception cref="StorageUnavailableException">The store is out. Messages committed before that are reported as repeats when they are
    /// delivered again.</exception>
    public async Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await AppendOnceAsync(batch, cancellationToken);
        }
        catch (Exception problem) when (IsOfMessage(problem, cancellationToken))
        {
            LogRefusal(batch, problem);
            return await TakeApartAsync(batch, cancellationToken);
        }
        catch (Exception problem) when (StorageErrors.MayBeOfOneMessage(problem))
        {
            if (!await IsSuspectAsync(batch, cancellationToken)) throw;
            LogRefusal(batch, problem);
            return await TakeApartAsync(batch, cancellationToken);
        }
    }

    /// <summary>The same for a retry from quarantine: when the message itself is the cause, it is given up.</summary>
    /// <param name="key">Identifies the message from one call to the next.</param>
    /// <param name="giveUp">Records why the message stays in quarantine.</param>
    /// <exception cref="StorageUnavailableException">The store is out.</exception>
    public async Task<T> TryAsync<T>(string key, Func<Task<T>> work, Func<Exception, Task<T>> giveUp, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = await work();
                _suspects.Acquit([key]);
                return result;
            }
            catch (Exception problem) when (IsOfMessage(problem, cancellationToken))
            {
                return await giveUp(problem);
            }
            catch (Exception problem) when (StorageErrors.MayBeOfOneMessage(problem))
            {
                if (!await CanStoreAsync(0, cancellationToken) || _suspects.Note([key]) < MaxFailures) throw;
                if (tries == MaxFailures) return await giveUp(problem);
            }
        }
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> AppendOnceAsync(IReadOnlyList<ReadDelivery> batch,
        CancellationToken cancellationToken)
    {
        var outcomes = await append(batch, cancellationToken);
        _suspects.Acquit(batch.Select(KeyOf));
        return outcomes;
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> TakeApartAsync(IReadOnlyList<ReadDelivery> batch,
        CancellationToken cancellationToken)
    {
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        var half = (batch.Count + 1) / 2;
        foreach (var part in batch.Chunk(half)) outcomes.AddRange(await AppendPartAsync(part, cancellationToken));
        return outcomes;
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> AppendPartAsync(ReadDelivery[] part, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await AppendOnceAsync(part, cancellationToken);
            }
            catch (Exception problem) when (IsOfMessage(problem, cancellationToken))
            {
                return part.Length == 1 ? [await QuarantineAsync(part[0], problem, cancellationToken)]
                    : await TakeApartAsync(part, cancellationToken);
            }
            catch (Exception problem) when (StorageErrors.MayBeOfOneMessage(problem))
            {
                if (!await IsSuspectAsync(part, cancellationToken)) throw;
                if (part.Length > 1) return await TakeApartAsync(part, cancellationToken);

                // Failures together with other messages may have been caused by one of those, so it is tried alone.
                if (tries == MaxFailures) return [await QuarantineAsync(part[0], problem, cancellationToken)];
            }
        }
    }

    private async Task<DeliveryOutcome> QuarantineAsync(ReadDelivery read, Exception problem, CancellationToken cancellationToken)
    {
        var why = read.Refusal ?? new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
            $"Beskeden kunne ikke gemmes ({StorageErrors.CodeOf(problem)}).", read.BeskedId);
        log.LogError("A delivery of {Bytes} bytes could not be stored and goes to quarantine: {Kind} {Place}", read.Delivery.Bytes.Length,
            problem.GetType().Name, problem.StackTrace);
        var all = read.Delivery.Bytes.Length;
        for (var (kept, again) = (all, true); ;)
        {
            try
            {
                var part = kept == all ? read : Beginning(read, kept);
                if (part.Content.Length <= mostContent)
                {
                    var explained = kept == all ? why : why with { Detail = $"{why.Detail} {Outcome(kept, all)}" };
                    var outcome = await keep(part, explained, cancellationToken);
                    _suspects.Acquit([KeyOf(read)]);
                    return outcome;
                }
            }
            catch (Exception refusal) when (IsOfMessage(refusal, cancellationToken) || StorageErrors.MayBeOfOneMessage(refusal))
            {
                if (StorageErrors.IsOutage(refusal) && !await CanStoreAsync(kept, cancellationToken)) throw;
                if (StorageErrors.IsMemory(refusal)
                    && kept <= Small) throw new StorageUnavailableException("Der er ikke hukommelse nok til at gemme beskeder.", refusal);

                // A single refusal may be chance; fewer bytes are stored only after two.
                if (again)
                {
                    again = false;
                    continue;
                }

                if (kept == 0)
                {
                    throw new StorageUnavailableException($"Karantænen tager ikke imod beskeder ({StorageErrors.CodeOf(refusal)}).",
                        refusal);
                }
            }

            (kept, again) = (kept / 2, true);
        }
    }

    // Failures count only while a harmless message could be stored.
    private async Task<bool> IsSuspectAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken) =>
        await CanStoreAsync(batch.Sum(r => (long)r.Content.Length), cancellationToken)
        && _suspects.Note(batch.Select(KeyOf)) >= MaxFailures;

    private async Task<bool> CanStoreAsync(long bytes, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RehearsalLimit, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var began = time.GetTimestamp();
        var harmless = HarmlessDelivery.Of(reader, time.GetUtcNow(), (int)Math.Min(bytes, mostContent));
        for (var cuts = 0; ;)
        {
            try
            {
                await rehearse(harmless, giveUp.Token);
                return true;
            }
            catch (Exception passing) when (!giveUp.IsCancellationRequested
                && (StorageErrors.IsStarting(passing) || (StorageErrors.MayBeOfOneMessage(passing) && cuts++ < MostCuts)))
            {
                if (StorageErrors.IsStarting(passing) && time.GetElapsedTime(began) < RecoveryLimit) limit.CancelAfter(RehearsalLimit);
                await Task.Delay(RecoveryPause, giveUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                log.LogDebug("A harmless message could not be stored either: {Kind}", problem.GetType().Name);
                return false;
            }
        }
    }

    private ReadDelivery Beginning(ReadDelivery read, int length)
    {
        var (content, encoding) = length == 0 ? ([], ContentCodec.AsItIs) : reader.Compress(read.Delivery.Bytes.Span[..length]);
        return read with { Content = content, Encoding = encoding };
    }

    // Logs only the exception's type and stack trace: its text could quote the message.
    private void LogRefusal(IReadOnlyList<ReadDelivery> batch, Exception problem) =>
        log.LogWarning("A batch of {Count} deliveries could not be stored together and is taken apart: {Kind} {Place}", batch.Count,
            problem.GetType().Name, problem.StackTrace);

    private static string KeyOf(ReadDelivery read) => Convert.ToHexString(read.Sha256);

    private static string Outcome(int kept, int all) => kept == 0
        ? $"Databasen tog ingen af dens {all} byte; længde og SHA-256 er bevaret."
        : $"Databasen tog kun de første {kept} af dens {all} byte; længde og SHA-256 af det hele er bevaret.";

    private static bool IsOfMessage(Exception problem, CancellationToken cancellationToken) =>
        !StorageErrors.IsOutage(problem) && !(problem is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
