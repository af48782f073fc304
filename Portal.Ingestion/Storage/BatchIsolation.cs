using Microsoft.Extensions.Logging;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>
/// What both stores do with a batch that fails for another reason than an outage: it is taken apart in halves, down to the message that is
/// the cause, which goes
/// to quarantine. What the quarantine refuses too goes in with its length, its SHA-256 and as many of its first bytes as the database
/// takes.
/// </summary>
/// <param name="append">Appends a batch in one transaction.</param>
/// <param name="keep">Keeps a delivery in quarantine, in a transaction of its own.</param>
/// <param name="mostContent">More bytes than these are not asked of the database in one row; it would answer by cutting the
/// connection.</param>
internal sealed class BatchIsolation(
    Func<IReadOnlyList<ReadDelivery>, CancellationToken, Task<IReadOnlyList<DeliveryOutcome>>> append,
    Func<ReadDelivery, EnvelopeReading.NotUnderstood, CancellationToken, Task<DeliveryOutcome>> keep,
    int mostContent,
    DeliveryReader reader,
    ILogger log)
{
    // What needs more memory than this may be the cause of its shortage.
    private const int Small = 1 << 20;

    /// <summary>One outcome a delivery, in order.</summary>
    /// <exception cref="StorageUnavailableException">The store is out. What was committed before is told as a repeat when it is delivered
    /// again.</exception>
    public async Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await append(batch, cancellationToken);
        }
        catch (Exception problem) when (IsOfMessage(problem, cancellationToken))
        {
            // Type and place only: the text of an exception could repeat the message.
            log.LogWarning("A batch of {Count} deliveries could not be stored together and is taken apart: {Kind} {Place}", batch.Count,
                problem.GetType().Name, problem.StackTrace);
            return await TakeApartAsync(batch, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> TakeApartAsync(IReadOnlyList<ReadDelivery> batch,
        CancellationToken cancellationToken)
    {
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        var half = (batch.Count + 1) / 2;
        foreach (var part in batch.Chunk(half))
        {
            try
            {
                outcomes.AddRange(await append(part, cancellationToken));
            }
            catch (Exception problem) when (IsOfMessage(problem, cancellationToken))
            {
                if (part.Length == 1) outcomes.Add(await KeepAsync(part[0], problem, cancellationToken));
                else outcomes.AddRange(await TakeApartAsync(part, cancellationToken));
            }
        }

        return outcomes;
    }

    private async Task<DeliveryOutcome> KeepAsync(ReadDelivery read, Exception problem, CancellationToken cancellationToken)
    {
        var why = read.Refusal ?? new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
            $"Beskeden kunne ikke gemmes ({StorageTrouble.CodeOf(problem)}).", read.BeskedId);
        log.LogError("A delivery of {Bytes} bytes could not be stored and goes to quarantine: {Kind} {Place}", read.Delivery.Bytes.Length,
            problem.GetType().Name, problem.StackTrace);
        var all = read.Delivery.Bytes.Length;
        for (var (kept, again) = (all, true); ;)
        {
            try
            {
                var part = kept == all ? read : Beginning(read, kept);
                if (part.Content.Length <= mostContent) return await keep(part,
                    kept == all ? why : why with { Detail = $"{why.Detail} {Told(kept, all)}" }, cancellationToken);
            }
            catch (Exception refusal) when (IsOfMessage(refusal, cancellationToken))
            {
                if (StorageTrouble.IsMemory(refusal)
                    && kept <= Small) throw new StorageUnavailableException("Der er ikke hukommelse nok til at gemme beskeder.", refusal);

                // Refused once may be chance; bytes are given up only for what is refused twice.
                if (again)
                {
                    again = false;
                    continue;
                }

                if (kept == 0)
                {
                    throw new StorageUnavailableException($"Karantænen tager ikke imod beskeder ({StorageTrouble.CodeOf(refusal)}).",
                        refusal);
                }
            }

            (kept, again) = (kept / 2, true);
        }
    }

    private ReadDelivery Beginning(ReadDelivery read, int length)
    {
        var (content, encoding) = length == 0 ? ([], ContentCodec.AsItIs) : reader.Compress(read.Delivery.Bytes.Span[..length]);
        return read with { Content = content, Encoding = encoding };
    }

    private static string Told(int kept, int all) => kept == 0
        ? $"Databasen tog ingen af dens {all} byte; længde og SHA-256 er bevaret."
        : $"Databasen tog kun de første {kept} af dens {all} byte; længde og SHA-256 af det hele er bevaret.";

    private static bool IsOfMessage(Exception problem, CancellationToken cancellationToken) =>
        !StorageTrouble.IsOutage(problem) && !(problem is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
