using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Log.Sqlite;

/// <summary>
/// The message log on SQLite: WAL, <c>synchronous=FULL</c>, one transaction a batch, sequence numbers without gaps in commit order.
/// </summary>
internal sealed class SqliteMessageStore : IMessageStore, IDisposable
{
    // SQLite's own bound is 10^9 bytes a row.
    private const int MostContent = 900_000_000;

    private const string Rehearsal = "rehearsal";

    private readonly PortalSettings _settings;
    private readonly WriteGate _gate;
    private readonly DeliveryReader _reader;
    private readonly RepeatCheck _repeats;
    private readonly ContentCodec _codec;
    private readonly ILedgerAppender _ledger;
    private readonly AppendProbe _probe;
    private readonly TimeProvider _time;
    private readonly BatchIsolation _isolation;
    private readonly MessageKindNumbers _kinds;
    private readonly VolumeTally _volumes = new();
    private AppendCommands? _commands;
    private long _volumesForgotten;

    public SqliteMessageStore(
        PortalSettings settings, WriteGate gate, DeliveryReader reader, RepeatCheck repeats, ContentCodec codec, ILedgerAppender ledger,
            AppendProbe probe, TimeProvider time,
        ILogger<SqliteMessageStore> log)
    {
        (_settings, _gate, _reader, _repeats, _codec, _ledger, _probe, _time) = (settings, gate, reader, repeats, codec, ledger, probe,
            time);
        _kinds = new MessageKindNumbers(settings.Cvr, settings.MostTypes);
        _isolation = new BatchIsolation(
            (batch, cancel) => InTransactionAsync(transaction => AppendAllAsync(transaction, batch, cancel)),
            (read, why, _) => InTransactionAsync(transaction => new ValueTask<DeliveryOutcome>(Quarantine(transaction, read, why))),
            RehearseAsync, MostContent, reader, time, log);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        using var writeLock = await _gate.EnterAsync(cancellationToken);
        try
        {
            return await _isolation.AppendAsync(batch, cancellationToken);
        }
        catch (Exception problem) when (StorageErrors.IsOutage(problem))
        {
            throw StorageErrors.ToUnavailable(problem);
        }
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken)
    {
        using var writeLock = await _gate.EnterAsync(cancellationToken);
        try
        {
            return await RetryOrExplainAsync(quarantineId, cancellationToken);
        }
        catch (Exception problem) when (StorageErrors.IsOutage(problem))
        {
            throw StorageErrors.ToUnavailable(problem);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _commands?.Dispose();

    private async ValueTask<IReadOnlyList<DeliveryOutcome>> AppendAllAsync(SqliteTransaction transaction, IReadOnlyList<ReadDelivery> batch,
        CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.Lock);
        var append = _ledger.Begin(transaction);
        var last = Math.Max(_commands!.LastSequence(), append.Size);
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            var (outcome, why) = await AppendAsync(read, last + 1, cancellationToken);
            if (outcome is DeliveryOutcome.Accepted)
            {
                append.Add(read.Draft!.Row.Sequence, read.Draft.Row.ToLeafRecord().ToLeafHash());
                last++;
            }

            outcomes.Add(outcome ?? Quarantine(transaction, read, why!));
        }

        _probe.At(AppendCall.WriteLedger);
        append.Write();
        CountVolumes();
        return outcomes;
    }

    private DeliveryOutcome.Quarantined Quarantine(SqliteTransaction transaction, ReadDelivery read, EnvelopeReading.NotUnderstood why)
    {
        _probe.At(AppendCall.KeepInQuarantine);
        return QuarantineCommands.Quarantine(_commands!.Connection, transaction, read, why, read.Draft?.Kind.Authority ?? _settings.Cvr[0]);
    }

    private Task<DeliveryOutcome?> RetryOrExplainAsync(long id, CancellationToken cancellationToken) => _isolation.TryAsync(
        $"{id}",
        () => InTransactionAsync(transaction => RetryAsync(transaction, id, cancellationToken)),
        problem =>
        {
            var why = new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
                $"Beskeden kunne ikke gemmes, da den blev prøvet igen ({StorageErrors.CodeOf(problem)}).", null);
            return InTransactionAsync(transaction => new ValueTask<DeliveryOutcome?>(
                QuarantineCommands.Waits(_commands!.Connection, transaction, id)
                    ? QuarantineCommands.Explain(_commands.Connection, transaction, id, why) : null));
        },
        cancellationToken);

    private async Task RehearseAsync(ReadDelivery harmless, CancellationToken cancellationToken)
    {
        Forget(all: true);
        await InTransactionAsync(async transaction =>
        {
            transaction.Save(Rehearsal);
            await AppendAllAsync(transaction, [harmless], cancellationToken);
            transaction.Rollback(Rehearsal);
            _kinds.RolledBack(all: true);
            _ = _volumes.Take();
            _commands!.Touch();
            return true;
        });
    }

    private async ValueTask<DeliveryOutcome?> RetryAsync(SqliteTransaction transaction, long id, CancellationToken cancellationToken)
    {
        var connection = _commands!.Connection;
        _probe.At(AppendCall.FindQuarantined);
        if (QuarantineCommands.Find(connection, transaction, id) is not { } kept) return null;
        Learn(kept.Encoding);

        // The row's own reason stays, with the length of the whole.
        if (kept.ToDelivery(_codec) is not { } delivery) return QuarantineCommands.Outcome(id, EnvelopeReading.NotUnderstood.OnlyPart);
        var append = _ledger.Begin(transaction);
        var read = _reader.Read(delivery);
        var (outcome, why) = await AppendAsync(read, Math.Max(_commands.LastSequence(), append.Size) + 1, cancellationToken);
        if (outcome is null) return QuarantineCommands.Explain(connection, transaction, id, why!);
        if (outcome is DeliveryOutcome.Accepted) append.Add(read.Draft!.Row.Sequence, read.Draft.Row.ToLeafRecord().ToLeafHash());
        _probe.At(AppendCall.WriteLedger);
        append.Write();
        CountVolumes();
        _probe.At(AppendCall.ResolveQuarantined);
        QuarantineCommands.Resolve(connection, transaction, id, _time.GetUtcNow());
        return outcome;
    }

    private async ValueTask<(DeliveryOutcome? Outcome, EnvelopeReading.NotUnderstood? Why)> AppendAsync(ReadDelivery read, long sequence,
        CancellationToken cancellationToken)
    {
        if (read.Draft is not { } draft) return (null, read.Refusal);
        var row = draft.Row;
        row.Sequence = sequence;
        row.Kind = await _kinds.OfAsync(draft.Kind, row.ReceivedAt, _commands!, cancellationToken);
        if (!_commands!.InsertMessage(row))
        {
            var known = _commands.FindKnown(row.BeskedId);
            if (!RepeatCheck.IsSame(read, known.Sha256) && Conflict(read, known.Sequence) is { } conflict) return (null, conflict);
            _commands.CountRepeat(known.Sequence);
            return (new DeliveryOutcome.Repeated(row.BeskedId, known.Sequence, StoredNumber.Next(known.Deliveries)), null);
        }

        _commands.InsertContent(sequence, read.Encoding, read.Content);
        if (draft.ErrorWords is { } words) _commands.InsertErrorWords(sequence, words);
        _volumes.Add(row.ReceivedAt, row.Kind);
        return (new DeliveryOutcome.Accepted(row.BeskedId, sequence), null);
    }

    private EnvelopeReading.NotUnderstood? Conflict(ReadDelivery read, long sequence)
    {
        var content = _commands!.ReadContent(sequence);
        Learn(content.Encoding);
        return _repeats.Conflict(read, sequence, content);
    }

    // A dictionary that another program made since.
    private void Learn(int encoding)
    {
        if (!_codec.Knows(encoding) && _commands!.ReadDictionary(encoding) is { } dictionary) _codec.Learn(encoding, dictionary,
            write: false);
    }

    private void CountVolumes()
    {
        _probe.At(AppendCall.CountVolumes);
        foreach (var (span, bucket, kind, count) in _volumes.Take()) _commands!.AddVolume(span, bucket, kind, count);
        var before = VolumeTally.BucketOf(_time.GetUtcNow() - VolumeTally.SecondsKept, VolumeTally.Second);
        if (before - _volumesForgotten < VolumeTally.SecondsKept.TotalSeconds / 2) return;
        _commands!.ForgetVolumes(VolumeTally.Second, before);
        _volumesForgotten = before;
    }

    private async Task<T> InTransactionAsync<T>(Func<SqliteTransaction, ValueTask<T>> work)
    {
        try
        {
            _probe.At(AppendCall.Open);
            _commands ??= new AppendCommands(DurableConnection.Open(_settings.ConnectionString), _probe);
            _probe.At(AppendCall.Begin);
            using var transaction = _commands.Connection.BeginTransaction(deferred: false);
            _commands.Transaction = transaction;
            var result = await work(transaction);
            _probe.At(AppendCall.Commit);
            transaction.Commit();
            _kinds.Committed();
            _probe.At(AppendCall.Committed);
            return result;
        }
        catch (Exception problem)
        {
            Forget(StorageErrors.IsOutage(problem));
            throw;
        }
        finally
        {
            if (_commands is not null) _commands.Transaction = null;
        }
    }

    // After an outage the file may be another one when it is there again: neither the connection nor what is known of its rows is used
    // again.
    private void Forget(bool all)
    {
        if (_commands is { } commands)
        {
            if (all) SqliteConnection.ClearPool(commands.Connection);
            commands.Dispose();
        }

        _commands = null;
        _kinds.RolledBack(all);
        _ = _volumes.Take();
    }
}
