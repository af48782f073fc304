using Microsoft.Data.Sqlite;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Log.Sqlite;

/// <summary>
/// The message log on SQLite: a message costs two inserts by prepared commands and nothing else. The transaction is the only writer from
/// its beginning, and the unique index shows whether a BeskedId is known, so nothing is looked up before writing.
/// </summary>
internal sealed class SqliteLogConnection : LogConnection
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _message;
    private readonly SqliteCommand _content;
    private readonly SqliteCommand _errorWords;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _repeat;
    private readonly SqliteCommand _last;
    private readonly SqliteCommand _volume;

    public SqliteLogConnection(SqliteConnection connection, AppendProbe probe)
        : base(connection, probe)
    {
        _connection = connection;
        _message = Prepare("""INSERT INTO "Messages" ("Sequence", "BeskedId", "Kind", "ReceivedAt", "CreatedAt", "RegisteredAt","""
            + """ "StatusAt", "Deliveries", "Identifiers", "Statuses", "ErrorText", "Sha256", "Bytes") VALUES (@p0, @p1, @p2, @p3, @p4, """
            + """@p5, @p6, 1, @p7, @p8, @p9, @p10, @p11) ON CONFLICT ("BeskedId") DO NOTHING""", 12);
        _content = Prepare("""INSERT INTO "MessageContent" ("Sequence", "Encoding", "Content") VALUES (@p0, @p1, @p2)""", 3);
        _errorWords = Prepare("""INSERT INTO "ErrorSearch" ("rowid", "Words") VALUES (@p0, @p1)""", 2);
        _known = Prepare("""SELECT "Sequence", "Deliveries", "Sha256" FROM "Messages" WHERE "BeskedId" = @p0""", 1);
        _repeat = Prepare("""UPDATE "Messages" SET "Deliveries" = "Deliveries" + 1 WHERE "Sequence" = @p0""", 1);
        _last = Prepare("""SELECT COALESCE(MAX("Sequence"), 0) FROM "Messages" """, 0);
        _volume = Prepare("""INSERT INTO "Volumes" ("Span", "Bucket", "Kind", "Count") VALUES (@p0, @p1, @p2, """
            + """@p3) ON CONFLICT ("Span", "Bucket", "Kind") DO UPDATE SET "Count" = "Count" + @p3""", 4);
    }

    /// <inheritdoc />
    public override string RowLock => "";

    /// <inheritdoc />
    public override ValueTask<long> LockAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        Probe.At(AppendCall.Lock);
        return new ValueTask<long>((long)Bind(_last).ExecuteScalar()!);
    }

    /// <inheritdoc />
    public override KnownMessage? FindKnown(string beskedId) => null;

    /// <inheritdoc />
    public override ValueTask<KnownMessage?> InsertAsync(NewMessage message, CancellationToken cancellationToken)
    {
        var row = message.Row;
        Probe.At(AppendCall.InsertMessage);
        var id = BeskedIdBytes.Of(row.BeskedId);
        if (Run(_message, row.Sequence, id, row.Kind, row.ReceivedAt.UtcTicks, row.CreatedAt?.UtcTicks, row.RegisteredAt?.UtcTicks,
            row.StatusAt?.UtcTicks, row.Identifiers, row.Statuses, row.ErrorText, row.Sha256, row.Bytes) != 1)
        {
            return new ValueTask<KnownMessage?>(ReadKnown(id));
        }

        Probe.At(AppendCall.InsertContent);
        Run(_content, row.Sequence, message.Encoding, message.Content);
        if (message.ErrorWords is not { } words) return default;
        Probe.At(AppendCall.InsertErrorWords);
        Run(_errorWords, row.Sequence, words);
        return default;
    }

    /// <inheritdoc />
    public override ValueTask CountRepeatAsync(KnownMessage known, CancellationToken cancellationToken)
    {
        Probe.At(AppendCall.CountRepeat);
        Run(_repeat, known.Sequence);
        known.Deliveries = StoredNumber.Next(known.Deliveries);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public override ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public override ValueTask AddVolumesAsync(
        IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> volumes, CancellationToken cancellationToken)
    {
        foreach (var (span, bucket, kind, count) in volumes) Run(_volume, span, bucket, kind, count);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the file's header again: a commit without a change would not reach the disk.</summary>
    public override async ValueTask RolledBackAsync(CancellationToken cancellationToken)
    {
        // The number comes from the database itself, and a pragma takes no parameters.
        var version = (long)(await FindAsync("PRAGMA user_version", cancellationToken))!;
        await RunAsync($"PRAGMA user_version = {version}", cancellationToken);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        foreach (var command in (SqliteCommand[])[_message, _content, _errorWords, _known, _repeat, _last, _volume]) command.Dispose();
        return base.DisposeAsync();
    }

    private KnownMessage ReadKnown(byte[] id)
    {
        Probe.At(AppendCall.FindKnown);
        using var row = Bind(_known, id).ExecuteReader();
        return row.Read()
            ? new KnownMessage(row.GetInt64(0), row.GetFieldValue<byte[]>(2)) { Deliveries = row.GetNumber(1) }
            : throw new InvalidOperationException("The index knows a BeskedId that the table does not hold.");
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The SQL is constant; values are passed as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var n = 0; n < parameters; n++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{n}" });
        return command;
    }

    private int Run(SqliteCommand command, params ReadOnlySpan<object?> values) => Bind(command, values).ExecuteNonQuery();

    private SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Transaction = (SqliteTransaction?)Transaction;
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = Storable(values[n]);
        return command;
    }
}

/// <summary>A message log in a file: WAL, <c>synchronous=FULL</c>.</summary>
internal sealed class SqliteLogDatabase(string connectionString, AppendProbe probe) : ILogDatabase
{
    /// <inheritdoc />
    /// <remarks>SQLite's limit is 10^9 bytes for a row.</remarks>
    public int MostContent => 900_000_000;

    /// <inheritdoc />
    public ValueTask<LogConnection> OpenAsync(CancellationToken cancellationToken) =>
        new(new SqliteLogConnection(DurableConnection.Open(connectionString), probe));

    /// <inheritdoc />
    public void ClearPool()
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
    }
}
