using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Retention;

/// <summary>How many rows one round erased.</summary>
public sealed record ErasedCounts(long Letters, long EvidenceMessages, long OtherMessages, long Quarantined)
{
    /// <summary>Lines of the access log.</summary>
    public long AccessLines { get; init; }

    public long Total => Letters + EvidenceMessages + OtherMessages + Quarantined + AccessLines;
}

/// <summary>Erases expired data (retention) in small batches, so that incoming messages wait at most for one batch.</summary>
public sealed class Eraser(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, LogSignal signal, IHeldCases held, IErasureRecord record,
    CprHash hash, PortalSettings settings, TimeProvider time)
{
    /// <summary>Rows in a transaction.</summary>
    public const int BatchSize = 200;

    /// <summary>
    /// How often the log is searched from its beginning; in between only messages that have expired since the last round are.
    /// </summary>
    public static readonly TimeSpan WholeEvery = TimeSpan.FromDays(1);

    private const string EvidenceRule = "Retention:EvidenceYears";
    private const string OtherRule = "Retention:OtherMessageDays";
    private readonly ReceivingFirst _pace = new(contexts, time);
    private long _othersFrom;
    private long? _wholeAt;

    /// <summary>Does one round: letters with their statuses, other messages, quarantine, the access log.</summary>
    /// <exception cref="PartlyFailedException">Some could not be erased; all others were.</exception>
    public async Task<ErasedCounts> EraseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failures = new List<Exception>();
        var (letters, statuses) = await EraseEvidenceAsync(now, failures, cancellationToken);
        var counts = new ErasedCounts(letters, statuses, await EraseOthersAsync(now, failures, cancellationToken),
            await EraseQuarantineAsync(now, cancellationToken))
        {
            AccessLines = await EraseAccessAsync(now, failures, cancellationToken),
        };
        if (counts.Total > 0) signal.Raise();
        if (failures.Count > 0)
            throw new PartlyFailedException(failures.Count, (int)Math.Min(int.MaxValue, counts.Total + failures.Count), failures[0]);
        return counts;
    }

    private async Task<(long Letters, long Statuses)> EraseEvidenceAsync(
        DateTimeOffset now, List<Exception> failures, CancellationToken cancellationToken)
    {
        var (letters, statuses, after) = (0L, 0L, 0L);
        var before = settings.Retention.EvidenceBefore(now);
        while (true)
        {
            var from = after;
            var found = await FindAsync(db => RetentionQueries.Letters(db, before).Where(l => l.Key > from).OrderBy(l => l.Key)
                .Select(l => l.Key), cancellationToken);
            if (found.Length == 0) return (letters, statuses);
            after = found[^1];
            await EachAsync(found, async keys =>
            {
                var (some, of) = await WriteAsync(db => EraseLettersAsync(db, keys, before, now, cancellationToken), cancellationToken);
                (letters, statuses) = (letters + some, statuses + of);
            }, failures, cancellationToken);
        }
    }

    private async Task<(int Letters, int Statuses)> EraseLettersAsync(
        IngestionDbContext db, long[] keys, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Queried again within the transaction: a status or a hold may have come meanwhile.
        var holds = await held.ReadAsync(db, cancellationToken);
        var letters = await RetentionQueries.Letters(db, before).Where(l => EF.Parameter(keys).Contains(l.Key))
            .Select(l => new { l.Key, l.Authority, l.CaseNumber }).ToListAsync(cancellationToken);
        long[] free = [.. letters.Where(l => !holds.Contains(new CaseKey(l.Authority, l.CaseNumber))).Select(l => l.Key)];
        if (free.Length == 0) return (0, 0);
        var sequences = await db.StatusMatches.Where(s => s.LetterKey != null && EF.Parameter(free).Contains(s.LetterKey.Value))
            .Select(s => s.Sequence).ToListAsync(cancellationToken);
        var erased = await new MessageEraser(db, record).EraseAsync(sequences, EvidenceRule, now, cancellationToken);
        await new LetterEraser(db, record).EraseAsync(free, EvidenceRule, now, cancellationToken);
        return (free.Length, erased);
    }

    // Messages before the last round's end were erased by it, or belong to a letter. A status that has left its letter since, and a rule
    // that was made stricter, are handled once a day, when the whole log is searched.
    private async Task<long> EraseOthersAsync(DateTimeOffset now, List<Exception> failures, CancellationToken cancellationToken)
    {
        var whole = _wholeAt is not { } at || time.GetElapsedTime(at) >= WholeEvery;
        var (started, failed) = (time.GetTimestamp(), failures.Count);
        var (erased, after) = (0L, whole ? 0L : _othersFrom);
        var before = settings.Retention.OtherBefore(now);
        var end = await FirstKeptAsync(after, before, cancellationToken) - 1;
        while (true)
        {
            var from = after;
            var found = await FindAsync(
                db => RetentionQueries.Others(db, before).Where(m => m.Sequence > from && (whole || m.Sequence <= end))
                    .OrderBy(m => m.Sequence).Select(m => m.Sequence), cancellationToken);
            if (found.Length == 0) break;
            after = found[^1];
            await EachAsync(found, async keys => erased += await WriteAsync(
                async db =>
                {
                    var still = await RetentionQueries.Others(db, before).Where(m => EF.Parameter(keys).Contains(m.Sequence))
                        .Select(m => m.Sequence).ToListAsync(cancellationToken);
                    return await new MessageEraser(db, record).EraseAsync(still, OtherRule, now, cancellationToken);
                },
                cancellationToken), failures, cancellationToken);
        }

        // After a failure the next round starts at the same place.
        if (failures.Count == failed) (_othersFrom, _wholeAt) = (end, whole ? started : _wholeAt);
        return erased;
    }

    // Messages are in order of receipt, except those retried from quarantine: all before the first that is not old enough are old enough.
    private async Task<long> FirstKeptAsync(long after, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await db.Messages.Where(m => m.Sequence > after && m.ReceivedAt >= before).OrderBy(m => m.Sequence)
            .Select(m => (long?)m.Sequence).FirstOrDefaultAsync(cancellationToken);
        return first ?? (await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0) + 1;
    }

    private async Task<long> EraseQuarantineAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var erased = 0L;
        var before = settings.Retention.QuarantineBefore(now);
        await ForgetRetriesAsync(before, cancellationToken);
        while (true)
        {
            var found =
                await FindAsync(db => RetentionQueries.Quarantine(db, before).OrderBy(q => q.Id).Select(q => q.Id), cancellationToken);
            if (found.Length == 0) return erased;
            erased += await WriteAsync(db => db.Quarantine.Where(q => EF.Parameter(found).Contains(q.Id))
                .ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task<long> EraseAccessAsync(DateTimeOffset now, List<Exception> failures, CancellationToken cancellationToken)
    {
        var (erased, after) = (0L, -1L);
        var before = settings.Retention.AccessLogBefore(now);
        while (true)
        {
            var from = after;
            var found = await FindAsync(
                db => AccessEraser.Due(db, before).Where(e => e.Index > from).OrderBy(e => e.Index).Select(e => e.Index),
                cancellationToken);
            if (found.Length == 0) return erased;
            after = found[^1];
            await EachAsync(found, async indexes => erased += await WriteAsync(
                async db => await new AccessEraser(db, record, hash).EraseAsync(
                    indexes, before, await held.ReadAsync(db, cancellationToken), now, cancellationToken),
                cancellationToken), failures, cancellationToken);
        }
    }

    // The outcome of a retry is kept as long as quarantined messages are.
    private async Task ForgetRetriesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var id = await db.Set<StoredRetry>().Where(r => r.FinishedAt < before).OrderBy(r => r.FinishedAt).Select(r => r.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (id is null) return;
            while (await WriteAsync(d => d.Set<StoredRetryItem>().Where(i => i.RetryId == id && d.Set<StoredRetryItem>()
                .Where(n => n.RetryId == id).OrderBy(n => n.Position).Take(BatchSize).Select(n => n.Position).Contains(i.Position))
                .ExecuteDeleteAsync(cancellationToken), cancellationToken) > 0)
            {
            }

            await WriteAsync(d => d.Set<StoredRetry>().Where(r => r.Id == id).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    // A batch that fails is processed one by one, so that one row that cannot be erased does not stop the others.
    private static async Task EachAsync(
        long[] keys, Func<long[], Task> erase, List<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            await erase(keys);
            return;
        }
        catch (Exception problem) when (IsolatedWork.IsOnesOwn(problem, cancellationToken))
        {
            if (keys.Length == 1)
            {
                failures.Add(problem);
                return;
            }
        }

        foreach (var key in keys) await EachAsync([key], erase, failures, cancellationToken);
    }

    private async Task<long[]> FindAsync(Func<IngestionDbContext, IQueryable<long>> query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await query(db).Take(BatchSize).ToArrayAsync(cancellationToken);
    }

    private Task<T> WriteAsync<T>(Func<IngestionDbContext, Task<T>> erase, CancellationToken cancellationToken) =>
        _pace.DoAsync(token => WriteNowAsync(erase, token), cancellationToken);

    private async Task<T> WriteNowAsync<T>(Func<IngestionDbContext, Task<T>> erase, CancellationToken cancellationToken)
    {
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.OverwritingAsync(() => InTransactionAsync(db, erase, cancellationToken), cancellationToken);
    }

    private static async Task<T> InTransactionAsync<T>(
        IngestionDbContext db, Func<IngestionDbContext, Task<T>> erase, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeLockAsync(WriteLock.Letters, cancellationToken);
        var erased = await erase(db);
        await transaction.CommitAsync(cancellationToken);
        return erased;
    }
}
