using System.Globalization;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>The message log on SQLite: WAL, <c>synchronous=FULL</c>, one transaction a batch, sequence numbers without gaps in commit order.</summary>
internal sealed class SqliteMessageStore(PortalSettings settings, WriteGate gate, DeliveryReader reader, RepeatCheck repeats, ContentCodec codec, ILedgerAppender ledger, TimeProvider time) : IMessageStore, IDisposable
{
    private readonly Dictionary<StoredKind, int> _kinds = [];
    private readonly VolumeTally _volumes = new();
    private AppendCommands? _commands;
    private long _volumesForgotten;

    /// <inheritdoc />
    public async Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        try
        {
            return AppendTogetherOrAlone(batch);
        }
        catch (SqliteException problem)
        {
            throw StorageTrouble.ToUnavailable(problem);
        }
    }

    /// <inheritdoc />
    public async Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        try
        {
            return InTransaction(transaction => Retry(transaction, quarantineId));
        }
        catch (SqliteException problem)
        {
            throw StorageTrouble.ToUnavailable(problem);
        }
    }

    /// <summary>Appends messages that have their numbers already, in order: see <see cref="FirstLayout"/>.</summary>
    public async Task TakeOverAsync(IReadOnlyList<(ReadDelivery Read, long Sequence, int Deliveries)> messages, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        InTransaction(_ =>
        {
            foreach (var (read, sequence, deliveries) in messages)
            {
                Append(read, sequence);
                for (var n = 1; n < deliveries; n++) _commands!.CountRepeat(sequence);
            }

            CountVolumes();
            return messages.Count;
        });
    }

    /// <inheritdoc />
    public void Dispose() => _commands?.Dispose();

    private List<DeliveryOutcome> AppendTogetherOrAlone(IReadOnlyList<ReadDelivery> batch)
    {
        try
        {
            return InTransaction(transaction => AppendAll(transaction, batch));
        }
        catch (SqliteException problem) when (!StorageTrouble.IsUnavailable(problem))
        {
            return [.. batch.Select(AppendAlone)];
        }
    }

    private List<DeliveryOutcome> AppendAll(SqliteTransaction transaction, IReadOnlyList<ReadDelivery> batch)
    {
        var turn = ledger.Begin(transaction);
        var last = Math.Max(_commands!.LastSequence(), turn.Size);
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            var result = Append(read, last + 1);
            if (result.Outcome is DeliveryOutcome.Accepted)
            {
                turn.Add(read.Draft!.Row);
                last++;
            }

            outcomes.Add(result.Outcome ?? QuarantineCommands.Keep(_commands.Connection, transaction, read, result.Why!, AuthorityOf(read)));
        }

        turn.Write();
        CountVolumes();
        return outcomes;
    }

    // Alone, a message that cannot be stored shows itself; it is kept as bytes, which asks nothing of its content.
    private DeliveryOutcome AppendAlone(ReadDelivery read)
    {
        try
        {
            return InTransaction(transaction => AppendAll(transaction, [read]))[0];
        }
        catch (SqliteException problem) when (!StorageTrouble.IsUnavailable(problem))
        {
            var id = read.Reading is EnvelopeReading.Understood understood ? understood.Besked.BeskedId : null;
            var why = new EnvelopeReading.NotUnderstood(QuarantineReason.Failed, $"Beskeden kunne ikke gemmes (databasens fejl {problem.SqliteErrorCode}).", id);
            return InTransaction(transaction => QuarantineCommands.Keep(_commands!.Connection, transaction, read, why, settings.Cvr[0]));
        }
    }

    private DeliveryOutcome? Retry(SqliteTransaction transaction, long id)
    {
        var connection = _commands!.Connection;
        if (QuarantineCommands.Find(connection, transaction, id) is not { } kept) return null;
        var turn = ledger.Begin(transaction);
        var read = reader.Read(kept.ToDelivery(codec));
        var (outcome, why) = Append(read, Math.Max(_commands.LastSequence(), turn.Size) + 1);
        if (outcome is null) return QuarantineCommands.Explain(connection, transaction, id, why!);
        if (outcome is DeliveryOutcome.Accepted) turn.Add(read.Draft!.Row);
        turn.Write();
        CountVolumes();
        QuarantineCommands.Resolve(connection, transaction, id, time.GetUtcNow());
        return outcome;
    }

    private (DeliveryOutcome? Outcome, EnvelopeReading.NotUnderstood? Why) Append(ReadDelivery read, long sequence)
    {
        if (read.Draft is not { } draft) return (null, (EnvelopeReading.NotUnderstood)read.Reading);
        var row = draft.Row;
        row.Sequence = sequence;
        row.Kind = KindOf(draft.Kind, row.ReceivedAt);
        if (!_commands!.InsertMessage(row))
        {
            var known = _commands.FindKnown(row.BeskedId);
            if (repeats.Conflict(read, known.Sequence, known.Sha256, known.Encoding, known.Content) is { } conflict) return (null, conflict);
            _commands.CountRepeat(known.Sequence);
            return (new DeliveryOutcome.Repeated(row.BeskedId, known.Sequence, known.Deliveries + 1), null);
        }

        _commands.InsertContent(sequence, read.Encoding, read.Content);
        if (draft.ErrorWords is { } words) _commands.InsertErrorWords(sequence, words);
        _volumes.Add(row.ReceivedAt, row.Kind);
        return (new DeliveryOutcome.Accepted(row.BeskedId, sequence), null);
    }

    private int KindOf(StoredKind kind, DateTimeOffset seenAt)
    {
        if (_kinds.TryGetValue(kind, out var id)) return id;
        var hash = kind.ComputeHash();
        if (_commands!.FindKind(hash) is { } known) return _kinds[kind] = known;

        // Texts that never repeat would make as many kinds as messages; they stay in the content alone.
        if (!kind.Abridged && _commands.LastKind() >= KindBook.MaxKinds) return KindOf(kind.Abridge(), seenAt);
        id = _commands.InsertKind(kind, hash);
        _commands.InsertBeskedtype(kind.Beskedtype, Catalogue.CatalogueSeed.UnknownName, seenAt);
        return _kinds[kind] = id;
    }

    private void CountVolumes()
    {
        foreach (var (span, bucket, kind, count) in _volumes.Take()) _commands!.AddVolume(span, bucket, kind, count);
        var before = VolumeTally.BucketOf(time.GetUtcNow() - VolumeTally.SecondsKept, VolumeTally.Second);
        if (before - _volumesForgotten < VolumeTally.SecondsKept.TotalSeconds / 2) return;
        _commands!.ForgetVolumes(VolumeTally.Second, before);
        _volumesForgotten = before;
    }

    private string AuthorityOf(ReadDelivery read) => read.Draft?.Kind.Authority ?? settings.Cvr[0];

    private T InTransaction<T>(Func<SqliteTransaction, T> work)
    {
        try
        {
            _commands ??= new AppendCommands(SqliteDatabase.OpenDurable(settings.ConnectionString));
            using var transaction = _commands.Connection.BeginTransaction(deferred: false);
            _commands.Transaction = transaction;
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        catch
        {
            // A connection that met trouble is not trusted again, nor what it was thought to have written.
            _commands?.Dispose();
            _commands = null;
            _kinds.Clear();
            _ = _volumes.Take();
            throw;
        }
        finally
        {
            if (_commands is not null) _commands.Transaction = null;
        }
    }
}
