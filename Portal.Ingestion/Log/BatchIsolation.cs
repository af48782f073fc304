using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// What the store does with what fails. For another reason than an outage: the batch is taken apart in halves, down to the message that
/// is the cause, which goes to quarantine. What the quarantine refuses too goes in with its length, its SHA-256 and as many of its first
/// bytes as the database takes. An outage is handed on, and the sender keeps its message; but one that a message itself may bring about
/// (<see cref="StorageErrors.MayBeOfOneMessage"/>) is rehearsed with a harmless message of the same size. What has failed <see
/// cref="MaxFailures"/> times while the rehearsals succeeded is taken apart in the same way, and a message that fails so often alone is the
/// cause.
/// </summary>
/// <param name="append">Appends a batch in one transaction.</param>
/// <param name="keep">Keeps a delivery in quarantine, in a transaction of its own.</param>
/// <param name="rehearse">Appends a delivery on a connection of its own, rolls it back to a savepoint, and commits the rest, so that
/// every step has been
/// taken and nothing is left of it.</param>
/// <param name="mostContent">More bytes than these are not asked of the database in one row; it would answer by cutting the
/// connection.</param>
internal sealed class BatchIsolation(
    Func<IReadOnlyList<ReadDelivery>, CancellationToken, Task<IReadOnlyList<DeliveryOutcome>>> append,
    Func<ReadDelivery, EnvelopeReading.NotUnderstood, CancellationToken, Task<DeliveryOutcome>> keep,
    Func<ReadDelivery, CancellationToken, Task> rehearse,
    int mostContent,
    DeliveryReader reader,
    TimeProvider time,
    ILogger log)
{
    /// <summary>After so many failures, while others succeed, a message or a batch is taken to be the cause.</summary>
    public const int MaxFailures = 3;

    // What needs more memory than this may be the cause of its shortage.
    private const int Small = 1 << 20;

    // A server that one of its processes crashed under is back within this, or says by then that it is on its way.
    private static readonly TimeSpan RehearsalLimit = TimeSpan.FromSeconds(15);

    // Coming back from a crash it reads its log again, which may take minutes. Nobody can store anything meanwhile, and whether it was the
    // message is known only afterwards: a message that crashes it each time would else be taken for an outage each time.
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromMinutes(15);

    // The same crash may meet the rehearsal too, which begins before the server has seen it.
    private const int MostCuts = 2;

    private readonly FailureCounts _suspects = new();

    /// <summary>Between two tries of a rehearsal while the server comes back.</summary>
    public TimeSpan RecoveryPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>One outcome a delivery, in order.</summary>
    /// <exception cref="StorageUnavailableException">The store is out. What was committed before is reported as a repeat when it is
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

    /// <summary>The same for what is tried again out of the quarantine: once it is the cause itself, it is given up.</summary>
    /// <param name="key">What it is known by from one call to the next.</param>
    /// <param name="giveUp">Notes why it stays where it is.</param>
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

                // With others it may have failed for one of them.
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

                // Refused once may be chance; bytes are given up only for what is refused twice.
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

    // Counted only while others could be stored: while nobody can, nothing is held against anyone.
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

    // Type and place only: the text of an exception could repeat the message.
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
