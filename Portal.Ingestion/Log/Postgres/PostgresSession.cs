using Npgsql;
using NpgsqlTypes;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The store's statements over one connection that stays open: a batch costs a handful of round trips regardless of its size.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection, AppendProbe probe) : IMessageKindRows, IAsyncDisposable
{
    private readonly PostgresCopy _copy = new(connection, probe);

    public NpgsqlConnection Connection => connection;

    /// <summary>The transaction under way.</summary>
    public NpgsqlTransaction? Transaction { get; set; }

    /// <summary>Opens a connection whose commits are on the server's disk, and reads back that they are.</summary>
    /// <exception cref="InvalidOperationException">The server does not keep <c>synchronous_commit</c> and <c>fsync</c>.</exception>
    public static async Task<PostgresSession> OpenAsync(NpgsqlDataSource server, AppendProbe probe, CancellationToken cancellationToken)
    {
        var connection = await server.OpenConnectionAsync(cancellationToken);
        try
        {
            // All that is asked here is asked by key: a planner that thinks a young table small would read all of it for each batch. And a
            // process whose machine is gone must not hold the log's lock until the network finds out.
            await using (var set = new NpgsqlCommand(
                "SET synchronous_commit = on; SET enable_seqscan = off; SET idle_in_transaction_session_timeout = '30s'", connection))
            {
                await set.ExecuteNonQueryAsync(cancellationToken);
            }
            await using var read =
                new NpgsqlCommand("SELECT current_setting('synchronous_commit') || current_setting('fsync')", connection);
            if (await read.ExecuteScalarAsync(cancellationToken) is not "onon")
            {
                throw new InvalidOperationException(
                    "PostgreSQL does not keep synchronous_commit and fsync: acknowledged messages could be lost in a power cut.");
            }
            return new PostgresSession(connection, probe);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until this transaction is the only one that gives numbers; then gives the last number, and which of the BeskedIds are known,
    /// in one round trip.
    /// </summary>
    public async Task<(long Last, Dictionary<string, long> Known)> LockAsync(
        IReadOnlyCollection<string> beskedIds, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.Lock);

        // Statements of their own: each sees what was committed while the first one waited. Listeners are notified at commit.
        await using var batch = new NpgsqlBatch(connection)
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
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken)) known.Add(BeskedIdBytes.From(rows.GetFieldValue<byte[]>(0)), rows.GetInt64(1));
        return (last, known);
    }

    /// <summary>Stored messages by number.</summary>
    public async Task<List<KnownMessage>> ReadAsync(long[] sequences, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.FindKnown);
        var messages = new List<KnownMessage>(sequences.Length);
        await using var find = Command("""SELECT "Sequence", "Deliveries", "Sha256" FROM "Messages" WHERE "Sequence" = ANY($1)""",
            sequences);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) messages.Add(new KnownMessage(rows.GetInt64(0),
            rows.GetFieldValue<byte[]>(2)) { Deliveries = rows.GetInt32(1) });
        return messages;
    }

    /// <summary>
    /// The bytes of a stored message. A row that the server cannot read is reported as unreadable: it must not stop others.
    /// </summary>
    public async Task<KnownContent> ReadContentAsync(long sequence, CancellationToken cancellationToken)
    {
        const string Point = "content";
        await Transaction!.SaveAsync(Point, cancellationToken);
        try
        {
            probe.At(AppendCall.ReadKnownContent);
            await using var find = Command("""SELECT "Encoding", "Content" FROM "MessageContent" WHERE "Sequence" = $1""", sequence);
            await using var row = await find.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? new KnownContent(row.GetInt32(0), row.GetFieldValue<byte[]>(1))
                : new KnownContent(0, null);
        }
        catch (PostgresException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            await Transaction.RollbackAsync(Point, cancellationToken);
            return new KnownContent(0, null, Unreadable: true);
        }
    }

    /// <summary>A dictionary of the database's, or null.</summary>
    public async Task<byte[]?> ReadDictionaryAsync(int id, CancellationToken cancellationToken)
    {
        await using var find = Command("""SELECT "Content" FROM "Dictionaries" WHERE "Id" = $1""", id);
        return await find.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <inheritdoc />
    public async ValueTask<int?> FindKindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.FindKind);
        return await FindAsync<int>("""SELECT "Id" FROM "MessageKinds" WHERE "Hash" = $1""", cancellationToken, hash);
    }

    /// <inheritdoc />
    public async ValueTask<int> LastKindAsync(CancellationToken cancellationToken) =>
        await FindAsync<int>("""SELECT COALESCE(MAX("Id"), 0) FROM "MessageKinds" """, cancellationToken) ?? 0;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<(int Id, byte[] Hash)>> AllKindsAsync(CancellationToken cancellationToken)
    {
        var kinds = new List<(int, byte[])>();
        await using var find = Command("""SELECT "Id", "Hash" FROM "MessageKinds" """);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) kinds.Add((rows.GetInt32(0), rows.GetFieldValue<byte[]>(1)));
        return kinds;
    }

    /// <inheritdoc />
    public async ValueTask<int> InsertKindAsync(StoredMessageKind kind, byte[] hash, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.InsertKind);
        var made = await FindAsync<int>(
            """
            INSERT INTO "MessageKinds" ("Transport", "Authority", "OtherAuthorities", "Beskedtype", "ResponsibleAuthority", "Action",
            "ActionName", "Sensitivity", "Classified", "IsPostStatus",
                "Channel", "StatusText", "EventCodes", "ErrorCode", "PayloadTrouble", "Abridged", "Hash", "Reader")
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING "Id"
            """,
            cancellationToken,
            kind.Transport, kind.Authority, kind.OtherAuthorities, kind.Beskedtype, kind.ResponsibleAuthority, kind.Action, kind.ActionName,
                kind.Sensitivity, kind.Classified, kind.IsPostStatus,
            kind.Channel, kind.StatusText, kind.EventCodes, kind.ErrorCode, kind.PayloadTrouble, kind.Abridged, hash, kind.Reader);
        return made ?? throw new InvalidOperationException("The server gave a new kind no number.");
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<(string Beskedtype, bool Known)>> TypesAsync(CancellationToken cancellationToken)
    {
        var types = new List<(string, bool)>();
        await using var find = Command("""SELECT "Beskedtype", "Known" FROM "Beskedtyper" """);
        await using var rows = await find.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) types.Add((rows.GetString(0), rows.GetBoolean(1)));
        return types;
    }

    /// <inheritdoc />
    public async ValueTask InsertTypeAsync(string beskedtype, string name, DateTimeOffset firstSeenAt,
        CancellationToken cancellationToken) => await RunAsync(
        """INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt") VALUES ($1, $2, '', FALSE, """
            + """TRUE, $3) ON CONFLICT DO NOTHING""",
        cancellationToken, beskedtype, name, firstSeenAt.UtcTicks);

    /// <summary>Writes new messages. They hold their numbers; the log is locked.</summary>
    public async Task InsertAsync(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        await _copy.WriteAsync(messages, cancellationToken);
        var withWords = messages.Where(m => m.ErrorWords is not null).ToList();
        if (withWords.Count == 0) return;
        probe.At(AppendCall.InsertErrorWords);
        await RunAsync(
            """INSERT INTO "ErrorSearch" ("Sequence", "Words") SELECT s, w::tsvector FROM unnest($1, $2) AS t(s, w)""",
            cancellationToken, withWords.Select(m => m.Row.Sequence).ToArray(),
            withWords.Select(m => PostgresWords.Vector(Portal.Ingestion.Log.ErrorWords.Tokens(m.ErrorWords!))).ToArray());
    }

    /// <summary>Counts deliveries of messages that were stored before.</summary>
    public Task CountRepeatsAsync(IReadOnlyCollection<KnownMessage> repeated, CancellationToken cancellationToken)
    {
        probe.At(AppendCall.CountRepeat);
        return RunAsync(
            """UPDATE "Messages" m SET "Deliveries" = t.d FROM unnest($1, $2) AS t(s, d) WHERE m."Sequence" = t.s""",
            cancellationToken, repeated.Select(r => r.Sequence).ToArray(), repeated.Select(r => r.Deliveries).ToArray());
    }

    /// <summary>Adds what was counted by span of time and kind.</summary>
    public Task AddVolumesAsync(
        IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> volumes, CancellationToken cancellationToken) => RunAsync(
            """
        INSERT INTO "Volumes" AS v ("Span", "Bucket", "Kind", "Count") SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT ("Span", "Bucket", "Kind") DO UPDATE SET "Count" = v."Count" + excluded."Count"
        """,
            cancellationToken, volumes.Select(v => v.Span).ToArray(), volumes.Select(v => v.Bucket).ToArray(),
            volumes.Select(v => v.Kind).ToArray(), volumes.Select(v => v.Count).ToArray());

    public async Task<T?> FindAsync<T>(string sql, CancellationToken cancellationToken, params object?[] values)
        where T : struct
    {
        await using var find = Command(sql, values);
        return await find.ExecuteScalarAsync(cancellationToken) is T found ? found : null;
    }

    /// <summary>Runs a statement; values travel as parameters $1, $2, ….</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement; values travel as parameters $1, $2, ….</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
#pragma warning disable CA2100 // Constants of this folder; values travel as parameters.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static NpgsqlBatchCommand BatchCommand(string sql, params ReadOnlySpan<object?> values)
    {
#pragma warning disable CA2100 // Constants of this file; values travel as parameters.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        string text => new NpgsqlParameter { Value = StorableText.Clean(text), NpgsqlDbType = NpgsqlDbType.Text },
        null => new NpgsqlParameter { Value = DBNull.Value },
        _ => new NpgsqlParameter { Value = value },
    };
}

/// <summary>A message that has its number and is about to be written.</summary>
internal sealed record NewMessage(StoredMessage Row, int Encoding, byte[] Content, string? ErrorWords);

/// <summary>A stored message that was delivered again.</summary>
internal sealed record KnownMessage(long Sequence, byte[] Sha256)
{
    public int Deliveries { get; set; } = 1;

    /// <summary>Read only when other bytes have to be compared with it.</summary>
    public KnownContent? Content { get; set; }
}
