using System.Data.Common;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// The writer's connection to the message log, which stays open from batch to batch. It decides nothing (<see cref="MessageAppender"/>
/// does): here are the statements that every database reads alike, and what a database does in its own way, which is how numbers are
/// locked, BeskedIds found and messages written. Not for several threads at once.
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

    /// <summary>The transaction under way; every statement is made within it.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>Kinds and types within the transaction.</summary>
    public MessageKindRows Kinds { get; }

    /// <summary>Told of each step before it is made.</summary>
    public AppendProbe Probe { get; }

    /// <summary>What a SELECT ends with to keep its rows for this transaction; empty where one writer is alone anyway.</summary>
    public abstract string RowLock { get; }

    /// <summary>
    /// Makes this transaction the only one that gives numbers, and looks up what it can of the batch; gives the last number of the log.
    /// </summary>
    public abstract ValueTask<long> LockAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken);

    /// <summary>A message known since <see cref="LockAsync"/>; null where <see cref="InsertAsync"/> finds out.</summary>
    public abstract KnownMessage? FindKnown(string beskedId);

    /// <summary>
    /// Writes a message that has its number, at the latest at <see cref="FlushAsync"/>. Null then; a message that is stored under the same
    /// BeskedId when nothing was written.
    /// </summary>
    public abstract ValueTask<KnownMessage?> InsertAsync(NewMessage message, CancellationToken cancellationToken);

    /// <summary>Counts one more delivery of a known message, at the latest at <see cref="FlushAsync"/>.</summary>
    public abstract ValueTask CountRepeatAsync(KnownMessage known, CancellationToken cancellationToken);

    /// <summary>Writes what has not been written yet.</summary>
    public abstract ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Adds what was counted by span of time and kind.</summary>
    public abstract ValueTask AddVolumesAsync(
        IReadOnlyList<(int Span, long Bucket, int Kind, long Count)> volumes, CancellationToken cancellationToken);

    /// <summary>
    /// The transaction was rolled back to a savepoint: forgets what it made, and leaves something that its commit brings to the disk.
    /// </summary>
    public abstract ValueTask RolledBackAsync(CancellationToken cancellationToken);

    /// <summary>Removes the counts of a span's buckets before one.</summary>
    public Task ForgetVolumesAsync(int span, long before, CancellationToken cancellationToken) =>
        RunAsync("""DELETE FROM "Volumes" WHERE "Span" = @p0 AND "Bucket" < @p1""", cancellationToken, span, before);

    /// <summary>A dictionary of the database's, or null.</summary>
    public async Task<byte[]?> ReadDictionaryAsync(int id, CancellationToken cancellationToken) =>
        await FindAsync("""SELECT "Content" FROM "Dictionaries" WHERE "Id" = @p0""", cancellationToken, id) as byte[];

    /// <summary>The bytes of a stored message. A row on a damaged page is reported as unreadable: it must not stop others.</summary>
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

    /// <summary>Runs a statement; values travel as parameters @p0, @p1, ….</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement of the transaction; values travel as parameters @p0, @p1, ….</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Connection.CreateCommand();
        command.Transaction = Transaction;
#pragma warning disable CA2100 // Constants of this folder; values travel as parameters.
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

    /// <summary>A value as the database holds it.</summary>
    protected static object Storable(object? value) => value is string text ? StorableText.Clean(text) : value ?? DBNull.Value;
}

/// <summary>A message that has its number and is about to be written.</summary>
internal sealed record NewMessage(StoredMessage Row, int Encoding, byte[] Content, string? ErrorWords);

/// <summary>A stored message that was delivered again.</summary>
internal sealed record KnownMessage(long Sequence, byte[] Sha256)
{
    /// <summary>As counted by now.</summary>
    public int Deliveries { get; set; } = 1;

    /// <summary>Read only when other bytes have to be compared with it.</summary>
    public KnownContent? Content { get; set; }

    /// <summary>Its row while it waits for <see cref="LogConnection.FlushAsync"/>: deliveries are counted there.</summary>
    public StoredMessage? Unwritten { get; init; }
}

/// <summary>A database that holds a message log.</summary>
internal interface ILogDatabase
{
    /// <summary>More bytes than these are not asked of it in one row.</summary>
    int MostContent { get; }

    /// <summary>Opens a connection whose commits are on the disk when they are answered, and reads back that they are.</summary>
    /// <exception cref="InvalidOperationException">The database does not keep the setting.</exception>
    ValueTask<LogConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Connections that lie ready are not used again.</summary>
    void ClearPool();
}
