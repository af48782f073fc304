using Npgsql;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The message log on PostgreSQL: a batch costs a few round trips regardless of its size. Writers of all processes take one advisory lock
/// for the transaction before they assign numbers, so numbers have no gaps and are in commit order; and since its holder is the only
/// writer, new messages can be copied straight into their tables.
/// </summary>
internal sealed class PostgresLogConnection(NpgsqlConnection connection, AppendProbe probe) : LogConnection(connection, probe)
{
    private readonly NpgsqlConnection _connection = connection;
    private readonly PostgresCopy _copy = new(connection, probe);
    private readonly PostgresMonths _months = new();

    // Of the current batch: stored and new messages by BeskedId; the new messages; stored messages that were delivered again.
    private readonly Dictionary<string, KnownMessage> _known = new(StringComparer.Ordinal);
    private readonly List<NewMessage> _fresh = [];
    private readonly HashSet<KnownMessage> _repeated = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc />
    public override string RowLock => " FOR UPDATE";

    /// <summary>Waits for the log's lock, and reads the last number and the known BeskedIds in the same round trip.</summary>
    public override async ValueTask<long> LockAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        Probe.At(AppendCall.Lock);
        ForgetBatch();
        var ids = batch.Select(r => r.Draft?.Row.BeskedId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (last, stored) = await LockAsync(ids, cancellationToken);
        if (stored.Count == 0) return last;
        var messages = await ReadAsync([.. stored.Values], cancellationToken);
        foreach (var (id, sequence) in stored) _known.Add(id, messages[sequence]);
        return last;
    }

    /// <inheritdoc />
    public override KnownMessage? FindKnown(string beskedId) => _known.GetValueOrDefault(beskedId);

    /// <inheritdoc />
    public override async ValueTask<KnownMessage?> InsertAsync(NewMessage message, CancellationToken cancellationToken)
    {
        var row = message.Row;
        await _months.PrepareAsync(this, row.ReceivedAt, cancellationToken);
        _fresh.Add(message);
        _known.Add(row.BeskedId, new KnownMessage(row.Sequence, row.Sha256)
        {
            Content = new KnownContent(message.Encoding, message.Content), Unwritten = row,
        });
        return null;
    }

    /// <inheritdoc />
    public override ValueTask CountRepeatAsync(KnownMessage known, CancellationToken cancellationToken)
    {
        known.Deliveries = StoredNumber.Next(known.Deliveries);
        if (known.Unwritten is { } row) row.Deliveries = known.Deliveries;
        else _repeated.Add(known);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_fresh.Count > 0)
        {
            await _copy.WriteAsync(_fresh, cancellationToken);
            await InsertErrorWordsAsync([.. _fresh.Where(m => m.ErrorWords is not null)], cancellationToken);
        }

        if (_repeated.Count > 0)
        {
            Probe.At(AppendCall.CountRepeat);
            await RunAsync(
                """UPDATE "Messages" m SET "Deliveries" = t.d FROM unnest(@p0, @p1) AS t(s, d) WHERE m."Sequence" = t.s""",
                cancellationToken, _repeated.Select(r => r.Sequence).ToArray(), _repeated.Select(r => r.Deliveries).ToArray());
        }

        ForgetBatch();
    }

    /// <summary>As the base class, after a savepoint: PostgreSQL refuses every statement after one that failed.</summary>
    public override async Task<KnownContent> ReadContentAsync(long sequence, CancellationToken cancellationToken)
    {
        const string Point = "content";
        await Transaction!.SaveAsync(Point, cancellationToken);
        var content = await base.ReadContentAsync(sequence, cancellationToken);
        if (content.Unreadable) await Transaction.RollbackAsync(Point, cancellationToken);
        return content;
    }

    /// <inheritdoc />
    public override async ValueTask AddVolumesAsync(
        IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> volumes, CancellationToken cancellationToken) => await RunAsync(
        """
        INSERT INTO "Volumes" AS v ("Span", "Bucket", "Kind", "Count") SELECT * FROM unnest(@p0, @p1, @p2, @p3)
        ON CONFLICT ("Span", "Bucket", "Kind") DO UPDATE SET "Count" = v."Count" + excluded."Count"
        """,
        cancellationToken, volumes.Select(v => v.Span).ToArray(), volumes.Select(v => v.Bucket).ToArray(),
        volumes.Select(v => v.Kind).ToArray(), volumes.Select(v => v.Count).ToArray());

    /// <summary>
    /// Forgets the partitions, since a new one was rolled back too. No extra write is needed: the commit of a transaction with a
    /// rolled-back part is written to the disk.
    /// </summary>
    public override ValueTask RolledBackAsync(CancellationToken cancellationToken)
    {
        _months.Forget();
        return ValueTask.CompletedTask;
    }

    private void ForgetBatch()
    {
        _known.Clear();
        _fresh.Clear();
        _repeated.Clear();
    }

    private async Task<(long Last, Dictionary<string, long> Stored)> LockAsync(
        IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken)
    {
        // Separate statements, so that each sees what was committed while the first one waited for the lock. Listeners are notified at
        // commit.
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                BatchCommand("SELECT pg_advisory_xact_lock($1), pg_notify($2, '')", PostgresLocks.Log, PostgresLocks.Channel),
                BatchCommand("""SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """),
                BatchCommand("""SELECT "Id", "Sequence" FROM "BeskedIds" WHERE "Id" = ANY($1)""",
                    (object)beskedIds.Select(BeskedIdBytes.Of).ToArray()),
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var last = rows.GetInt64(0);
        await rows.NextResultAsync(cancellationToken);
        var stored = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken)) stored.Add(BeskedIdBytes.From(rows.GetFieldValue<byte[]>(0)), rows.GetInt64(1));
        return (last, stored);
    }

    private async Task<Dictionary<long, KnownMessage>> ReadAsync(long[] sequences, CancellationToken cancellationToken)
    {
        Probe.At(AppendCall.FindKnown);
        var messages = new Dictionary<long, KnownMessage>(sequences.Length);
        await using var find = Command("""SELECT "Sequence", "Deliveries", "Sha256" FROM "Messages" WHERE "Sequence" = ANY(@p0)""",
            sequences);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var message = new KnownMessage(rows.GetInt64(0), rows.GetFieldValue<byte[]>(2)) { Deliveries = rows.GetNumber(1) };
            messages.Add(message.Sequence, message);
        }

        return messages;
    }

    private async Task InsertErrorWordsAsync(IReadOnlyCollection<NewMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0) return;
        Probe.At(AppendCall.InsertErrorWords);
        await RunAsync(
            """INSERT INTO "ErrorSearch" ("Sequence", "Words") SELECT s, w::tsvector FROM unnest(@p0, @p1) AS t(s, w)""",
            cancellationToken, messages.Select(m => m.Row.Sequence).ToArray(),
            messages.Select(m => PostgresWords.Vector(ErrorWords.Tokens(m.ErrorWords!))).ToArray());
    }

    private static NpgsqlBatchCommand BatchCommand(string sql, params ReadOnlySpan<object> values)
    {
#pragma warning disable CA2100 // The SQL is constant; values are passed as parameters.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
