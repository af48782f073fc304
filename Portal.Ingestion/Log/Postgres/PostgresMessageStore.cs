using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// The message log on PostgreSQL. Writers of all processes take one lock for the length of a transaction before they give numbers, so
/// numbers have no gaps and are in commit order; and since a writer that holds it is alone, new messages can be copied straight into their
/// tables.
/// </summary>
internal sealed class PostgresMessageStore : IMessageStore, IAsyncDisposable, IDisposable
{
    // Half of what the server takes in one message of its protocol: beyond that it cuts the connection.
    private const int MostContent = 500_000_000;

    private const string Rehearsal = "rehearsal";

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly NpgsqlDataSource _server;
    private readonly PortalSettings _settings;
    private readonly DeliveryReader _reader;
    private readonly RepeatCheck _repeats;
    private readonly ContentCodec _codec;
    private readonly ILedgerAppender _ledger;
    private readonly AppendProbe _probe;
    private readonly TimeProvider _time;
    private readonly BatchIsolation _isolation;
    private readonly MessageKindNumbers _kinds;
    private readonly PostgresMonths _months = new();
    private readonly VolumeTally _volumes = new();
    private PostgresSession? _session;
    private long _volumesForgotten;

    public PostgresMessageStore(
        NpgsqlDataSource server, PortalSettings settings, DeliveryReader reader, RepeatCheck repeats, ContentCodec codec,
            ILedgerAppender ledger, AppendProbe probe, TimeProvider time,
        ILogger<PostgresMessageStore> log)
    {
        (_server, _settings, _reader, _repeats, _codec, _ledger, _probe, _time) = (server, settings, reader, repeats, codec, ledger, probe,
            time);
        _kinds = new MessageKindNumbers(settings.Cvr, settings.MostTypes);
        _isolation = new BatchIsolation(
            (batch, cancel) => InTransactionAsync(session => AppendAllAsync(session, batch, cancel), cancel),
            (read, why, cancel) => InTransactionAsync<DeliveryOutcome>(async session => await QuarantineAsync(session, read, why, cancel),
                cancel),
            RehearseAsync, MostContent, reader, time, log);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken) =>
        WithLockAsync(() => _isolation.AppendAsync(batch, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken) =>
        WithLockAsync(() => RetryOrExplainAsync(quarantineId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _lock.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _session?.Connection.Dispose();
        _lock.Dispose();
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> AppendAllAsync(
        PostgresSession session, IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Select(r => r.Draft?.Row.BeskedId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (stored, sequences) = await session.LockAsync(ids, cancellationToken);
        var append = _ledger.Begin(session.Transaction!);
        var last = Math.Max(stored, append.Size);
        var known =
            sequences.Count == 0 ? [] : (await session.ReadAsync([.. sequences.Values], cancellationToken)).ToDictionary(m => m.Sequence);
        var met = sequences.ToDictionary(s => s.Key, s => known[s.Value], StringComparer.Ordinal);
        var fresh = new List<NewMessage>(batch.Count);
        var rows = new Dictionary<string, StoredMessage>(StringComparer.Ordinal);
        var repeated = new HashSet<KnownMessage>(ReferenceEqualityComparer.Instance);
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            if (read.Draft is not { Row: var row } draft)
            {
                outcomes.Add(await QuarantineAsync(session, read, read.Refusal!, cancellationToken));
            }
            else if (met.TryGetValue(row.BeskedId, out var before))
            {
                if (await ConflictAsync(session, read, before, cancellationToken) is { } conflict)
                {
                    outcomes.Add(await QuarantineAsync(session, read, conflict, cancellationToken));
                    continue;
                }

                before.Deliveries = StoredNumber.Next(before.Deliveries);
                if (rows.TryGetValue(row.BeskedId, out var first)) first.Deliveries = before.Deliveries;
                else repeated.Add(before);
                outcomes.Add(new DeliveryOutcome.Repeated(row.BeskedId, before.Sequence, before.Deliveries));
            }
            else
            {
                await _months.PrepareAsync(session, row.ReceivedAt, cancellationToken);
                (row.Sequence, row.Kind, row.Deliveries) =
                    (++last, await _kinds.OfAsync(draft.Kind, row.ReceivedAt, session, cancellationToken), 1);
                append.Add(row.Sequence, row.ToLeafRecord().ToLeafHash());
                fresh.Add(new NewMessage(row, read.Encoding, read.Content, draft.ErrorWords));
                rows.Add(row.BeskedId, row);
                met.Add(row.BeskedId,
                    new KnownMessage(row.Sequence, row.Sha256) { Content = new KnownContent(read.Encoding, read.Content) });
                _volumes.Add(row.ReceivedAt, row.Kind);
                outcomes.Add(new DeliveryOutcome.Accepted(row.BeskedId, row.Sequence));
            }
        }

        if (fresh.Count > 0) await session.InsertAsync(fresh, cancellationToken);
        _probe.At(AppendCall.WriteLedger);
        append.Write();
        if (repeated.Count > 0) await session.CountRepeatsAsync(repeated, cancellationToken);
        await CountVolumesAsync(session, cancellationToken);
        return outcomes;
    }

    private Task<DeliveryOutcome.Quarantined> QuarantineAsync(PostgresSession session, ReadDelivery read, EnvelopeReading.NotUnderstood why,
        CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.KeepInQuarantine);
        return PostgresQuarantine.QuarantineAsync(session, read, why, read.Draft?.Kind.Authority ?? _settings.Cvr[0], cancellationToken);
    }

    private Task<DeliveryOutcome?> RetryOrExplainAsync(long id, CancellationToken cancellationToken) => _isolation.TryAsync(
        $"{id}",
        () => InTransactionAsync(session => RetryAsync(session, id, cancellationToken), cancellationToken),
        problem =>
        {
            var why = new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
                $"Beskeden kunne ikke gemmes, da den blev prøvet igen ({StorageErrors.CodeOf(problem)}).", null);
            return InTransactionAsync<DeliveryOutcome?>(
                async session => await PostgresQuarantine.WaitsAsync(session, id, cancellationToken)
                    ? await PostgresQuarantine.ExplainAsync(session, id, why, cancellationToken) : null,
                cancellationToken);
        },
        cancellationToken);

    private async Task RehearseAsync(ReadDelivery harmless, CancellationToken cancellationToken)
    {
        await ForgetAsync(all: true);

        // When one of its processes crashes, a server cuts the connections of all.
        _server.Clear();
        await InTransactionAsync(
            async session =>
            {
                // The commit brings to the disk what was written and rolled back within it too.
                await session.Transaction!.SaveAsync(Rehearsal, cancellationToken);
                await AppendAllAsync(session, [harmless], cancellationToken);
                await session.Transaction.RollbackAsync(Rehearsal, cancellationToken);
                _kinds.RolledBack(all: true);
                _months.Forget();
                _ = _volumes.Take();
                return true;
            },
            cancellationToken);
    }

    private async Task<DeliveryOutcome?> RetryAsync(PostgresSession session, long id, CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.FindQuarantined);
        if (await PostgresQuarantine.FindAsync(session, id, cancellationToken) is not { } kept) return null;
        await LearnAsync(session, kept.Encoding, cancellationToken);

        // The row's own reason stays, with the length of the whole.
        if (kept.ToDelivery(_codec) is not { } delivery) return PostgresQuarantine.Outcome(id, EnvelopeReading.NotUnderstood.OnlyPart);
        var read = _reader.Read(delivery);
        if (read.Draft is not { Row.BeskedId: var beskedId }) return await PostgresQuarantine.ExplainAsync(session, id, read.Refusal!,
            cancellationToken);
        var (_, sequences) = await session.LockAsync([beskedId], cancellationToken);
        foreach (var known in sequences.Count == 0 ? [] : await session.ReadAsync([.. sequences.Values], cancellationToken))
        {
            if (await ConflictAsync(session, read, known,
                cancellationToken) is { } conflict) return await PostgresQuarantine.ExplainAsync(session, id, conflict, cancellationToken);
        }

        var outcome = (await AppendAllAsync(session, [read], cancellationToken))[0];
        _probe.At(AppendCall.ResolveQuarantined);
        await PostgresQuarantine.ResolveAsync(session, id, _time.GetUtcNow(), cancellationToken);
        return outcome;
    }

    private async Task<EnvelopeReading.NotUnderstood?> ConflictAsync(PostgresSession session, ReadDelivery read, KnownMessage known,
        CancellationToken cancellationToken)
    {
        if (RepeatCheck.IsSame(read, known.Sha256)) return null;
        known.Content ??= await session.ReadContentAsync(known.Sequence, cancellationToken);
        await LearnAsync(session, known.Content.Encoding, cancellationToken);
        return _repeats.Conflict(read, known.Sequence, known.Content);
    }

    // A dictionary that another program made since.
    private async Task LearnAsync(PostgresSession session, int encoding, CancellationToken cancellationToken)
    {
        if (!_codec.Knows(encoding)
            && await session.ReadDictionaryAsync(encoding, cancellationToken) is { } dictionary) _codec.Learn(encoding, dictionary,
            write: false);
    }

    private async Task CountVolumesAsync(PostgresSession session, CancellationToken cancellationToken)
    {
        _probe.At(AppendCall.CountVolumes);
        var counted = _volumes.Take();
        if (counted.Count > 0) await session.AddVolumesAsync(counted, cancellationToken);
        var before = VolumeTally.BucketOf(_time.GetUtcNow() - VolumeTally.SecondsKept, VolumeTally.Second);
        if (before - _volumesForgotten < VolumeTally.SecondsKept.TotalSeconds / 2) return;
        await session.RunAsync(
            """DELETE FROM "Volumes" WHERE "Span" = $1 AND "Bucket" < $2""", cancellationToken, VolumeTally.Second, before);
        _volumesForgotten = before;
    }

    private async Task<T> WithLockAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
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

    private async Task<T> InTransactionAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            _probe.At(AppendCall.Open);
            _session ??= await PostgresSession.OpenAsync(_server, _probe, cancellationToken);
            _probe.At(AppendCall.Begin);
            await using var transaction = await _session.Connection.BeginTransactionAsync(cancellationToken);
            _session.Transaction = transaction;
            var result = await work(_session);
            _probe.At(AppendCall.Commit);
            await transaction.CommitAsync(cancellationToken);
            _kinds.Committed();
            _probe.At(AppendCall.Committed);
            return result;
        }
        catch (Exception problem)
        {
            await ForgetAsync(StorageErrors.IsOutage(problem));
            throw;
        }
    }

    // After an outage the database may be another one when it is there again: neither the session nor what is known of its rows is used
    // again.
    private async ValueTask ForgetAsync(bool all)
    {
        var broken = _session;
        _session = null;
        _kinds.RolledBack(all);
        _months.Forget();
        _ = _volumes.Take();
        if (broken is not null) await broken.DisposeAsync();
    }
}
