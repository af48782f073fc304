using System.Globalization;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>The message log on SQLite: WAL, <c>synchronous=FULL</c>, one transaction a batch, sequence numbers without gaps in commit order.</summary>
internal sealed class SqliteMessageStore(PortalSettings settings, WriteGate gate, TimeProvider time) : IMessageStore, IDisposable
{
    private readonly HashSet<string> _seenTypes = new(StringComparer.Ordinal);
    private AppendCommands? _commands;

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
        var last = _commands!.LastSequence();
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            var result = Append(read, last + 1);
            if (result.Outcome is DeliveryOutcome.Accepted) last++;
            outcomes.Add(result.Outcome ?? QuarantineCommands.Keep(_commands.Connection, transaction, read, result.Why!, AuthorityOf(read)));
        }

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
        if (QuarantineCommands.Find(connection, transaction, id) is not { } delivery) return null;
        var (outcome, why) = Append(ReadDelivery.Prepare(delivery, settings), _commands.LastSequence() + 1);
        if (outcome is null) return QuarantineCommands.Explain(connection, transaction, id, why!);
        QuarantineCommands.Resolve(connection, transaction, id, time.GetUtcNow());
        return outcome;
    }

    private (DeliveryOutcome? Outcome, EnvelopeReading.NotUnderstood? Why) Append(ReadDelivery read, long sequence)
    {
        if (read.Row is not { } row) return (null, (EnvelopeReading.NotUnderstood)read.Reading);
        row.Sequence = sequence;
        if (!_commands!.InsertMessage(row)) return Compare(read, row.BeskedId);

        _commands.InsertContent(sequence, read.Encoding, read.Content);
        if (_seenTypes.Add(row.Beskedtype)) _commands.InsertBeskedtype(row.Beskedtype, Catalogue.CatalogueSeed.UnknownName, row.ReceivedAt);
        return (new DeliveryOutcome.Accepted(row.BeskedId, sequence), null);
    }

    private (DeliveryOutcome? Outcome, EnvelopeReading.NotUnderstood? Why) Compare(ReadDelivery read, string beskedId)
    {
        var known = _commands!.FindKnown(beskedId);
        if (!read.Sha256.AsSpan().SequenceEqual(known.Sha256) && !SaysTheSame(read, known.Encoding, known.Content))
        {
            var first = known.Sequence.ToString(CultureInfo.InvariantCulture);
            return (null, new EnvelopeReading.NotUnderstood(QuarantineReason.Conflict, $"BeskedId er kendt med andet indhold (løbenummer {first}). Den første står uændret.", beskedId));
        }

        _commands.CountRepeat(known.Sequence);
        return (new DeliveryOutcome.Repeated(beskedId, known.Sequence, known.Deliveries + 1), null);
    }

    private static bool SaysTheSame(ReadDelivery read, int encoding, byte[]? content) =>
        content is not null
        && ContentFingerprint.Of(ContentCodec.Decompress(encoding, content)) is { } before
        && ContentFingerprint.Of(read.Delivery.Bytes) is { } now
        && now.AsSpan().SequenceEqual(before);

    private string AuthorityOf(ReadDelivery read) => read.Row?.Authority ?? settings.Cvr[0];

    private T InTransaction<T>(Func<SqliteTransaction, T> work)
    {
        try
        {
            _commands ??= new AppendCommands(IngestionDatabase.OpenDurable(settings.ConnectionString));
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
            _seenTypes.Clear();
            throw;
        }
        finally
        {
            if (_commands is not null) _commands.Transaction = null;
        }
    }
}
