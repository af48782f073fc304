using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Log;

/// <summary>
/// Decides the outcome of each delivery within one transaction, the same on every database: a new message with the next sequence number, a
/// counted repeat, or a row in quarantine. Not thread-safe.
/// </summary>
internal sealed class MessageAppender(
    PortalSettings settings, DeliveryReader reader, RepeatCheck repeats, ContentCodec codec, ILedgerAppender ledger, AppendProbe probe,
    TimeProvider time)
{
    private readonly MessageKindNumbers _kinds = new(settings.Cvr, settings.MostTypes);
    private readonly VolumeTally _volumes = new();

    /// <summary>Appends a batch; one outcome for each delivery, in order.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(
        LogConnection log, IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        var append = await BeginAsync(log, batch, cancellationToken);
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            var (outcome, why) = await AppendAsync(append, read, cancellationToken);
            outcomes.Add(outcome ?? await QuarantineAsync(log, read, why!, cancellationToken));
        }

        await CompleteAsync(append, cancellationToken);
        return outcomes;
    }

    /// <summary>Stores a delivery in quarantine.</summary>
    public Task<DeliveryOutcome.Quarantined> QuarantineAsync(
        LogConnection log, ReadDelivery read, EnvelopeReading.NotUnderstood why, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.KeepInQuarantine);
        return QuarantineRows.AddAsync(log, read, why, read.Draft?.Kind.Authority ?? settings.Cvr[0], cancellationToken);
    }

    /// <summary>
    /// Appends a quarantined delivery and resolves its row; when it is refused again, the row stays with the new reason. Null when no
    /// unresolved row has the id.
    /// </summary>
    /// <exception cref="InvalidDataException">The row cannot be read.</exception>
    public async Task<DeliveryOutcome?> RetryAsync(LogConnection log, long id, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.FindQuarantined);
        if (await QuarantineRows.FindAsync(log, id, cancellationToken) is not { } kept) return null;
        await LearnAsync(log, kept.Encoding, cancellationToken);

        // Only part of the bytes is stored: the row keeps its reason and the whole message's length.
        if (kept.ToDelivery(codec) is not { } delivery) return QuarantineRows.Outcome(id, EnvelopeReading.NotUnderstood.OnlyPart);
        var read = reader.Read(delivery);
        if (read.Refusal is { } refusal) return await QuarantineRows.ExplainAsync(log, id, refusal, cancellationToken);
        var append = await BeginAsync(log, [read], cancellationToken);
        var (outcome, why) = await AppendAsync(append, read, cancellationToken);
        if (outcome is null) return await QuarantineRows.ExplainAsync(log, id, why!, cancellationToken);
        await CompleteAsync(append, cancellationToken);
        probe.At(AppendCall.ResolveQuarantined);
        await QuarantineRows.ResolveAsync(log, id, time.GetUtcNow(), cancellationToken);
        return outcome;
    }

    /// <summary>The transaction was committed.</summary>
    public void Committed() => _kinds.Committed();

    /// <summary>Called after a rollback: forgets what the transaction added.</summary>
    /// <param name="all">Forget everything else too: after an outage it may be a different database.</param>
    public void RolledBack(bool all)
    {
        _kinds.RolledBack(all);
        _ = _volumes.Take();
    }

    private async Task<Append> BeginAsync(LogConnection log, IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        // The end of the ledger is only valid under the lock.
        var stored = await log.LockAsync(batch, cancellationToken);
        var session = ledger.Begin(log.Transaction!);
        return new Append(log, session) { Last = Math.Max(stored, session.Size) };
    }

    private async ValueTask<(DeliveryOutcome? Outcome, EnvelopeReading.NotUnderstood? Why)> AppendAsync(
        Append append, ReadDelivery read, CancellationToken cancellationToken)
    {
        if (read.Draft is not { Row: var row } draft) return (null, read.Refusal);
        var known = append.Log.FindKnown(row.BeskedId);
        if (known is null)
        {
            (row.Sequence, row.Deliveries) = (append.Last + 1, 1);
            row.Kind = await _kinds.OfAsync(draft.Kind, row.ReceivedAt, append.Log.Kinds, cancellationToken);
            known = await append.Log.InsertAsync(new NewMessage(row, read.Encoding, read.Content, draft.ErrorWords), cancellationToken);
        }

        if (known is null)
        {
            append.Ledger.Add(row.Sequence, row.ToLeafRecord().ToLeafHash());
            append.Last = row.Sequence;
            _volumes.Add(row.ReceivedAt, row.Kind);
            return (new DeliveryOutcome.Accepted(row.BeskedId, row.Sequence), null);
        }

        if (await ConflictAsync(append.Log, read, known, cancellationToken) is { } conflict) return (null, conflict);
        await append.Log.CountRepeatAsync(known, cancellationToken);
        return (new DeliveryOutcome.Repeated(row.BeskedId, known.Sequence, known.Deliveries), null);
    }

    private async Task CompleteAsync(Append append, CancellationToken cancellationToken)
    {
        await append.Log.FlushAsync(cancellationToken);
        probe.At(AppendCall.WriteLedger);
        append.Ledger.Write();
        probe.At(AppendCall.CountVolumes);
        await _volumes.WriteAsync(append.Log, time.GetUtcNow(), cancellationToken);
    }

    private async ValueTask<EnvelopeReading.NotUnderstood?> ConflictAsync(
        LogConnection log, ReadDelivery read, KnownMessage known, CancellationToken cancellationToken)
    {
        if (RepeatCheck.IsSame(read, known.Sha256)) return null;
        known.Content ??= await log.ReadContentAsync(known.Sequence, cancellationToken);
        await LearnAsync(log, known.Content.Encoding, cancellationToken);
        return repeats.Conflict(read, known.Sequence, known.Content);
    }

    // Loads a dictionary that another program has made since.
    private async ValueTask LearnAsync(LogConnection log, int encoding, CancellationToken cancellationToken)
    {
        if (!codec.Knows(encoding) && await log.ReadDictionaryAsync(encoding, cancellationToken) is { } dictionary)
            codec.Learn(encoding, dictionary, write: false);
    }

    private sealed class Append(LogConnection log, LedgerAppendSession ledger)
    {
        public LogConnection Log => log;

        public LedgerAppendSession Ledger => ledger;

        /// <summary>The highest sequence number assigned.</summary>
        public required long Last { get; set; }
    }
}
