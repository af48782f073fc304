using System.Data.Common;
using Npgsql;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Ledger;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>
/// The message log on PostgreSQL. Writers of all processes take one lock for the length of a transaction before they give numbers, so numbers have no
/// gaps and stand in commit order; and since a writer that holds it is alone, new messages can be copied straight into their tables.
/// </summary>
internal sealed class PostgresMessageStore(NpgsqlDataSource server, PortalSettings settings, DeliveryReader reader, RepeatCheck repeats, ContentCodec codec, ILedgerAppender ledger, TimeProvider time)
    : IMessageStore, IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<StoredKind, int> _kinds = [];
    private readonly PostgresMonths _months = new();
    private readonly VolumeTally _volumes = new();
    private PostgresSession? _session;
    private long _volumesForgotten;

    /// <inheritdoc />
    public Task<IReadOnlyList<DeliveryOutcome>> AppendAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            try
            {
                return await InTransactionAsync(session => AppendAllAsync(session, batch, cancellationToken), cancellationToken);
            }
            catch (PostgresException problem) when (!PostgresTrouble.IsUnavailable(problem))
            {
                return await AppendOneByOneAsync(batch, cancellationToken);
            }
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<DeliveryOutcome?> RetryAsync(long quarantineId, CancellationToken cancellationToken) => InTurnAsync(
        () => InTransactionAsync(session => RetryAsync(session, quarantineId, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        _turn.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _session?.Connection.Dispose();
        _turn.Dispose();
    }

    // Alone, a message that cannot be stored shows itself; it is kept as bytes, which asks nothing of its content.
    private async Task<IReadOnlyList<DeliveryOutcome>> AppendOneByOneAsync(IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            try
            {
                outcomes.AddRange(await InTransactionAsync(session => AppendAllAsync(session, [read], cancellationToken), cancellationToken));
            }
            catch (PostgresException problem) when (!PostgresTrouble.IsUnavailable(problem))
            {
                var id = read.Reading is EnvelopeReading.Understood understood ? understood.Besked.BeskedId : null;
                var why = new EnvelopeReading.NotUnderstood(QuarantineReason.Failed, $"Beskeden kunne ikke gemmes (databasens fejl {problem.SqlState}).", id);
                outcomes.Add(await InTransactionAsync(session => PostgresQuarantine.KeepAsync(session, read, why, settings.Cvr[0], cancellationToken), cancellationToken));
            }
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<DeliveryOutcome>> AppendAllAsync(PostgresSession session, IReadOnlyList<ReadDelivery> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Select(r => r.Draft?.Row.BeskedId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (stored, sequences) = await session.LockAsync(ids, cancellationToken);
        var turn = ledger.Begin(session.Transaction!);
        var last = Math.Max(stored, turn.Size);
        var known = sequences.Count == 0 ? [] : (await session.ReadAsync([.. sequences.Values], cancellationToken)).ToDictionary(m => m.Sequence);
        var met = sequences.ToDictionary(s => s.Key, s => known[s.Value], StringComparer.Ordinal);
        var fresh = new List<NewMessage>(batch.Count);
        var rows = new Dictionary<string, StoredMessage>(StringComparer.Ordinal);
        var repeated = new HashSet<KnownMessage>(ReferenceEqualityComparer.Instance);
        var outcomes = new List<DeliveryOutcome>(batch.Count);
        foreach (var read in batch)
        {
            if (read.Draft is not { Row: var row } draft)
            {
                outcomes.Add(await PostgresQuarantine.KeepAsync(session, read, (EnvelopeReading.NotUnderstood)read.Reading, settings.Cvr[0], cancellationToken));
            }
            else if (met.TryGetValue(row.BeskedId, out var before))
            {
                if (repeats.Conflict(read, before.Sequence, before.Sha256, before.Encoding, before.Content) is { } conflict)
                {
                    outcomes.Add(await PostgresQuarantine.KeepAsync(session, read, conflict, draft.Kind.Authority, cancellationToken));
                    continue;
                }

                before.Deliveries++;
                if (rows.TryGetValue(row.BeskedId, out var first)) first.Deliveries = before.Deliveries;
                else repeated.Add(before);
                outcomes.Add(new DeliveryOutcome.Repeated(row.BeskedId, before.Sequence, before.Deliveries));
            }
            else
            {
                await _months.PrepareAsync(session, row.ReceivedAt, cancellationToken);
                (row.Sequence, row.Kind, row.Deliveries) = (++last, await KindOfAsync(session, draft.Kind, row.ReceivedAt, cancellationToken), 1);
                turn.Add(row);
                fresh.Add(new NewMessage(row, read.Encoding, read.Content, draft.ErrorWords));
                rows.Add(row.BeskedId, row);
                met.Add(row.BeskedId, new KnownMessage(row.Sequence, row.Sha256, read.Encoding, read.Content));
                _volumes.Add(row.ReceivedAt, row.Kind);
                outcomes.Add(new DeliveryOutcome.Accepted(row.BeskedId, row.Sequence));
            }
        }

        if (fresh.Count > 0) await session.InsertAsync(fresh, cancellationToken);
        turn.Write();
        if (repeated.Count > 0) await session.CountRepeatsAsync(repeated, cancellationToken);
        await CountVolumesAsync(session, cancellationToken);
        return outcomes;
    }

    private async Task<DeliveryOutcome?> RetryAsync(PostgresSession session, long id, CancellationToken cancellationToken)
    {
        if (await PostgresQuarantine.FindAsync(session, id, cancellationToken) is not { } kept) return null;
        var read = reader.Read(kept.ToDelivery(codec));
        if (read.Draft is not { Row.BeskedId: var beskedId }) return await PostgresQuarantine.ExplainAsync(session, id, (EnvelopeReading.NotUnderstood)read.Reading, cancellationToken);
        var (_, sequences) = await session.LockAsync([beskedId], cancellationToken);
        foreach (var known in sequences.Count == 0 ? [] : await session.ReadAsync([.. sequences.Values], cancellationToken))
        {
            if (repeats.Conflict(read, known.Sequence, known.Sha256, known.Encoding, known.Content) is { } conflict) return await PostgresQuarantine.ExplainAsync(session, id, conflict, cancellationToken);
        }

        var outcome = (await AppendAllAsync(session, [read], cancellationToken))[0];
        await PostgresQuarantine.ResolveAsync(session, id, time.GetUtcNow(), cancellationToken);
        return outcome;
    }

    private async Task<int> KindOfAsync(PostgresSession session, StoredKind kind, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        if (_kinds.TryGetValue(kind, out var id)) return id;
        var hash = kind.ComputeHash();
        if (await session.FindAsync<int>("""SELECT "Id" FROM "MessageKinds" WHERE "Hash" = $1""", cancellationToken, hash) is { } known) return _kinds[kind] = known;

        // Texts that never repeat would make as many kinds as messages; they stay in the content alone.
        if (!kind.Abridged && await session.FindAsync<int>("""SELECT COALESCE(MAX("Id"), 0) FROM "MessageKinds" """, cancellationToken) >= KindBook.MaxKinds)
        {
            return await KindOfAsync(session, kind.Abridge(), seenAt, cancellationToken);
        }

        var made = await session.FindAsync<int>(
            """
            INSERT INTO "MessageKinds" ("Transport", "Authority", "OtherAuthorities", "Beskedtype", "ResponsibleAuthority", "Action", "ActionName", "Sensitivity", "Classified", "IsPostStatus",
                "Channel", "StatusText", "EventCodes", "ErrorCode", "PayloadTrouble", "Abridged", "Hash", "Reader")
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING "Id"
            """,
            cancellationToken,
            kind.Transport, kind.Authority, kind.OtherAuthorities, kind.Beskedtype, kind.ResponsibleAuthority, kind.Action, kind.ActionName, kind.Sensitivity, kind.Classified, kind.IsPostStatus,
            kind.Channel, kind.StatusText, kind.EventCodes, kind.ErrorCode, kind.PayloadTrouble, kind.Abridged, hash, kind.Reader);
        await session.RunAsync(
            """INSERT INTO "Beskedtyper" ("Beskedtype", "Name", "Tells", "Known", "Confidential", "FirstSeenAt") VALUES ($1, $2, '', FALSE, TRUE, $3) ON CONFLICT DO NOTHING""",
            cancellationToken, kind.Beskedtype, Catalogue.CatalogueSeed.UnknownName, seenAt.UtcTicks);
        return _kinds[kind] = made!.Value;
    }

    private async Task CountVolumesAsync(PostgresSession session, CancellationToken cancellationToken)
    {
        var counted = _volumes.Take();
        if (counted.Count > 0) await session.AddVolumesAsync(counted, cancellationToken);
        var before = VolumeTally.BucketOf(time.GetUtcNow() - VolumeTally.SecondsKept, VolumeTally.Second);
        if (before - _volumesForgotten < VolumeTally.SecondsKept.TotalSeconds / 2) return;
        await session.RunAsync("""DELETE FROM "Volumes" WHERE "Span" = $1 AND "Bucket" < $2""", cancellationToken, VolumeTally.Second, before);
        _volumesForgotten = before;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (Exception problem) when (problem is DbException or IOException or TimeoutException or ObjectDisposedException)
        {
            throw StorageTrouble.ToUnavailable(problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> InTransactionAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await PostgresSession.OpenAsync(server, cancellationToken);
            await using var transaction = await _session.Connection.BeginTransactionAsync(cancellationToken);
            _session.Transaction = transaction;
            var result = await work(_session);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch
        {
            // A connection that met trouble is not trusted again, nor what it was thought to have written.
            var broken = _session;
            _session = null;
            _kinds.Clear();
            _months.Forget();
            _ = _volumes.Take();
            if (broken is not null) await broken.DisposeAsync();
            throw;
        }
    }
}
