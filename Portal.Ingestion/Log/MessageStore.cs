using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Appends to the message log: one transaction for each batch, sequence numbers without gaps in commit order, and no outcome is returned
/// before it is on the disk. The same on every database: <see cref="LogConnection"/> has the differences.
/// </summary>
public sealed class MessageStore : IAsyncDisposable, IDisposable
{
    private const string Rehearsal = "rehearsal";

    private readonly ILogDatabase _database;
    private readonly WriteGate _gate;
    private readonly MessageAppender _appender;
    private readonly AppendProbe _probe;
    private readonly BatchIsolation _isolation;
    private readonly SemaphoreSlim _lock = new(1, 1);
    private LogConnection? _connection;

    internal MessageStore(
        ILogDatabase database, WriteGate gate, MessageAppender appender, DeliveryReader reader, AppendProbe probe, TimeProvider time,
        ILogger<MessageStore> log)
    {
        (_database, _gate, _appender, _probe) = (database, gate, appender, probe);
        _isolation = new BatchIsolation(
            (batch, cancel) => InTransactionAsync(connection => appender.AppendAsync(connection, batch, cancel), cancel),
            (read, why, cancel) => InTransactionAsync<DeliveryOutcome>(
                async connection => await appender.QuarantineAsync(connection, read, why, cancel), cancel),
            RehearseAsync, database.MostContent, reader, time, log);
    }

    /// <summary>
    /// Appends a batch in one durable transaction; one outcome for each delivery, in order. A batch that fails is split in halves, and a
    /// message that cannot be stored alone goes to quarantine as <c>failed</c>, so that the others are stored.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database accepts nothing now; nothing of the batch may be
    /// acknowledged.</exception>
    public Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken) =>
        WithLockAsync(() => _isolation.AppendAsync(batch, cancellationToken), cancellationToken);

    /// <summary>
    /// Tries a quarantined delivery again. When it is accepted or a repeat, its row is resolved; otherwise the row gets the new reason.
    /// Null when no unresolved row has the id.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database accepts nothing now; the row is unchanged.</exception>
    public Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken) =>
        WithLockAsync(() => RetryOrExplainAsync(quarantineId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _lock.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _connection?.Connection.Dispose();
        _lock.Dispose();
    }

    private Task<DeliveryOutcome?> RetryOrExplainAsync(long id, CancellationToken cancellationToken) => _isolation.TryAsync(
        $"{id}",
        () => InTransactionAsync(connection => _appender.RetryAsync(connection, id, cancellationToken), cancellationToken),
        problem =>
        {
            var why = new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
                $"Beskeden kunne ikke gemmes, da den blev prøvet igen ({StorageErrors.CodeOf(problem)}).", null);
            return InTransactionAsync<DeliveryOutcome?>(
                async connection => await QuarantineRows.WaitsAsync(connection, id, cancellationToken)
                    ? await QuarantineRows.ExplainAsync(connection, id, why, cancellationToken) : null,
                cancellationToken);
        },
        cancellationToken);

    private async Task RehearseAsync(ReadDelivery harmless, CancellationToken cancellationToken)
    {
        await ForgetAsync(all: true);
        await InTransactionAsync(
            async connection =>
            {
                await connection.Transaction!.SaveAsync(Rehearsal, cancellationToken);
                await _appender.AppendAsync(connection, [harmless], cancellationToken);
                await connection.Transaction.RollbackAsync(Rehearsal, cancellationToken);
                _appender.RolledBack(all: true);
                await connection.RolledBackAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }

    // On SQLite the gate makes all writers of the process take turns. On PostgreSQL the gate is open, and the semaphore alone protects the
    // connection.
    private async Task<T> WithLockAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var entry = await _gate.EnterAsync(cancellationToken);
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (Exception problem) when (StorageErrors.IsOutage(problem))
        {
            throw StorageErrors.ToUnavailable(problem);
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task<T> InTransactionAsync<T>(Func<LogConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            _probe.At(AppendCall.Open);
            _connection ??= await _database.OpenAsync(cancellationToken);
            _probe.At(AppendCall.Begin);

            // On SQLite this takes the write lock at once (BEGIN IMMEDIATE, the provider's default).
            await using var transaction = await _connection.Connection.BeginTransactionAsync(cancellationToken);
            _connection.Transaction = transaction;
            var result = await work(_connection);
            _probe.At(AppendCall.Commit);
            await transaction.CommitAsync(cancellationToken);
            _appender.Committed();
            _probe.At(AppendCall.Committed);
            return result;
        }
        catch (Exception problem)
        {
            await ForgetAsync(StorageErrors.IsOutage(problem));
            throw;
        }
    }

    // After an outage it may be a different database (a restored copy, another server): neither connections nor cached rows are used again.
    private async ValueTask ForgetAsync(bool all)
    {
        var broken = _connection;
        _connection = null;
        _appender.RolledBack(all);
        if (all) _database.ClearPool();
        if (broken is not null) await broken.DisposeAsync();
    }
}
