using System.Data.Common;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// The writer's connection to the message log, which stays open from batch to batch. It makes no decisions (<see cref="MessageAppender"/>
/// does): this class has the statements common to all databases; subclasses lock the sequence, find BeskedIds and write messages in each
/// database's way. Not thread-safe.
/// </summary>
internal abstract class LogConnection : IAsyncDisposable
{
    protected LogConnection(DbConnection connection, AppendProbe probe)
    {
        (Connection, Probe) = (connection, probe);
        Kinds = new MessageKindRows(this);
    }

    /// <summary>The open connection.</summary>
    public DbConnection Connection { get; }

    /// <summary>The current transaction; every statement runs in it.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>Reads and writes kinds and types within the transaction.</summary>
    public MessageKindRows Kinds { get; }

    /// <summary>Called before each step.</summary>
    public AppendProbe Probe { get; }

    /// <summary>The end of a SELECT that locks its rows for this transaction; empty where the database has only one writer.</summary>
    public abstract string RowLock { get; }

    /// <summary>
    /// Makes this transaction the only one that assigns sequence numbers, and may look up the batch's BeskedIds; returns the last number in
    /// the log.
    /// </summary>
    public abstract ValueTask<long> LockAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken);

    /// <summary>
    /// The stored message with a BeskedId, as far as it is known before writing; null when it is new, or when only
    /// <see cref="InsertAsync"/> finds out.
    /// </summary>
    public abstract KnownMessage? FindKnown(string beskedId);

    /// <summary>
    /// Writes a numbered message, at the latest at <see cref="FlushAsync"/>, and returns null. When the BeskedId is stored already, writes
    /// nothing and returns the stored message.
    /// </summary>
    public abstract ValueTask<KnownMessage?> InsertAsync(NewMessage message, CancellationToken cancellationToken);

    /// <summary>Counts one more delivery of a known message, at the latest at <see cref="FlushAsync"/>.</summary>
    public abstract ValueTask CountRepeatAsync(KnownMessage known, CancellationToken cancellationToken);

    /// <summary>Writes what is still buffered.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Adds counts by time span and kind.</summary>
    public abstract ValueTask AddVolumesAsync(
        IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> volumes, CancellationToken cancellationToken);

    /// <summary>
    /// Called after a rollback to a savepoint: forgets buffered state, and makes a small write, so that the commit must reach the disk.
    /// </summary>
    public abstract ValueTask RolledBackAsync(CancellationToken cancellationToken);

    /// <summary>Removes the counts of a span's buckets before <paramref name="before"/>.</summary>
    public Task ForgetVolumesAsync(int span, long before, CancellationToken cancellationToken) =>
        RunAsync("""DELETE FROM "Volumes" WHERE "Span" = @p0 AND "Bucket" < @p1""", cancellationToken, span, before);

    /// <summary>A compression dictionary of the database, or null.</summary>
    public async Task<byte[]?> ReadDictionaryAsync(int id, CancellationToken cancellationToken) =>
        await FindAsync("""SELECT "Content" FROM "Dictionaries" WHERE "Id" = @p0""", cancellationToken, id) as byte[];

    /// <summary>
    /// The bytes of a stored message. A row on a damaged page is reported as unreadable, so that it does not stop other messages.
    /// </summary>
    public virtual async Task<KnownContent> ReadContentAsync(long sequence, CancellationToken cancellationToken)
    {
        try
        {
            Probe.At(AppendCall.ReadKnownContent);
            await using var find = Command("""SELECT "Encoding", "Content" FROM "MessageContent" WHERE "Sequence" = @p0""", sequence);
            await using var row = await find.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? new KnownContent(row.GetNumber(0), row.GetFieldValue<byte[]>(1)) : new KnownContent(0, null);
        }
        catch (DbException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            return new KnownContent(0, null, Unreadable: true);
        }
    }

    /// <summary>The first value of a statement's first row; null when there is none.</summary>
    public async Task<object?> FindAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var find = Command(sql, values);
        return await find.ExecuteScalarAsync(cancellationToken) is { } found and not DBNull ? found : null;
    }

    /// <summary>Runs a statement; values are passed as parameters @p0, @p1, ….</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement in the transaction; values are passed as parameters @p0, @p1, ….</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Connection.CreateCommand();
        command.Transaction = Transaction;
#pragma warning disable CA2100 // The SQL is constant; values are passed as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var n = 0; n < values.Length; n++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{n}", Storable(values[n]));
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Connection.DisposeAsync();
    }

    /// <summary>A value as the database stores it.</summary>
    protected static object Storable(object? value) => value is string text ? StorableText.Clean(text) : value ?? DBNull.Value;
}

/// <summary>A message with its sequence number, about to be written.</summary>
internal sealed record NewMessage(StoredMessage Row, int Encoding, byte[] Content, string? ErrorWords);

/// <summary>A stored message that was delivered again.</summary>
internal sealed record KnownMessage(long Sequence, byte[] Sha256)
{
    /// <summary>Deliveries counted so far.</summary>
    public int Deliveries { get; set; } = 1;

    /// <summary>Read only when it must be compared with other bytes.</summary>
    public KnownContent? Content { get; set; }

    /// <summary>Its row while it waits for <see cref="LogConnection.FlushAsync"/>: repeats are counted on it.</summary>
    public StoredMessage? Unwritten { get; init; }
}

/// <summary>A database with a message log.</summary>
internal interface ILogDatabase
{
    /// <summary>The most bytes to store in one row.</summary>
    int MostContent { get; }

    /// <summary>Opens a connection whose commits are on the disk when they return, and reads the setting back to verify that.</summary>
    /// <exception cref="InvalidOperationException">The database did not accept the setting.</exception>
    ValueTask<LogConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Discards pooled connections.</summary>
    void ClearPool();
}
