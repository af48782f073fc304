using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>Starts, stops and shows retries; <see cref="RetryRunner"/> does the work.</summary>
internal sealed class QuarantineRetries(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, RetrySignal retrySignal, LogSignal signal,
    IngestionStatistics statistics, TimeProvider time) : IQuarantineRetries
{
    private const int MaxLimit = 1000;

    /// <inheritdoc />
    public async Task<string?> StartAsync(Viewer viewer, QuarantineSelection selection, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineRetries>()) return null;
        viewer = viewer.WhereMayCall<IQuarantineRetries>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await RowsAsync(db, viewer, selection, cancellationToken);
        if (rows.Count == 0) return null;
        var retry = new StoredRetry { Id = Guid.NewGuid().ToString(), StartedAt = time.GetUtcNow(), StartedBy = viewer.Id,
            StartedByName = viewer.Name, Total = rows.Count };
        db.Add(retry);
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);
        db.AddRange(rows.Select((row, n) =>
        {
            var cause = QuarantineCause.KeyOf(QuarantineReader.ReasonOf(row.Reason), row.Detail);
            var index = tried[cause] = tried.GetValueOrDefault(cause, -1) + 1;
            return new StoredRetryItem { RetryId = retry.Id, Position = n + 1, QuarantineId = row.Id, Authority = row.Authority,
                Cause = cause, Step = RetrySteps.Of(index) };
        }));
        using (await gate.EnterAsync(cancellationToken)) await db.SaveChangesAsync(cancellationToken);
        retrySignal.Raise();
        signal.Raise();
        return retry.Id;
    }

    /// <inheritdoc />
    public async Task<bool> StopAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineRetries>()) return false;
        viewer = viewer.WhereMayCall<IQuarantineRetries>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await Items(db, viewer).AnyAsync(i => i.RetryId == id, cancellationToken)) return false;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        var stopped = await db.Set<StoredRetry>().Where(r => r.Id == id && r.FinishedAt == null && r.StoppedByName == null)
            .ExecuteUpdateAsync(r => r.SetProperty(s => s.StoppedByName, viewer.Name), cancellationToken) == 1;
        retrySignal.Raise();
        return stopped;
    }

    /// <inheritdoc />
    public async Task<bool> ContinueAsync(Viewer viewer, string id, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineRetries>()) return false;
        viewer = viewer.WhereMayCall<IQuarantineRetries>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // Only a finished one: while it runs, its runner decides what is held back.
            if (await db.Set<StoredRetry>().Where(r => r.Id == id && r.FinishedAt != null).ExecuteUpdateAsync(
                r => r.SetProperty(s => s.FinishedAt, (DateTimeOffset?)null).SetProperty(s => s.StoppedByName, (string?)null)
                    .SetProperty(s => s.ContinuedByName, viewer.Name), cancellationToken) == 0)
            {
                return false;
            }

            // In one step, which no earlier one can stop.
            if (await Items(db, viewer).Where(i => i.RetryId == id && i.HeldBack && i.Outcome == null).ExecuteUpdateAsync(
                i => i.SetProperty(s => s.HeldBack, false).SetProperty(s => s.Step, 0), cancellationToken) == 0)
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        retrySignal.Raise();
        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RetrySummary>> ListAsync(Viewer viewer, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = Items(db, viewer);
        var retries = await db.Set<StoredRetry>().AsNoTracking().Where(r => seen.Any(i => i.RetryId == r.Id))
            .OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id).Take(Math.Clamp(most, 1, MaxLimit)).ToListAsync(cancellationToken);
        var shown = retries.Select(r => r.Id).ToArray();
        var counts = (await seen.Where(i => shown.Contains(i.RetryId))
            .GroupBy(i => new { i.RetryId, i.Outcome, i.HeldBack, i.SameCause })
            .Select(g => new { g.Key.RetryId, g.Key.Outcome, g.Key.HeldBack, g.Key.SameCause,
                Count = g.Count() }).ToListAsync(cancellationToken)).ToLookup(c => c.RetryId);
        return [.. retries.Select(r =>
        {
            int Count(string outcome) => counts[r.Id].Where(c => c.Outcome == outcome).Sum(c => c.Count);
            return new RetrySummary(
                r.Id, r.StartedAt, r.StartedByName, counts[r.Id].Sum(c => c.Count),
                Count(RetryOutcomes.Accepted), Count(RetryOutcomes.Repeated), Count(RetryOutcomes.Quarantined), Count(RetryOutcomes.Gone),
                r.StoppedByName, r.FinishedAt, r.FinishedAt is null ? statistics.StorageError : null)
            {
                HeldBack = counts[r.Id].Where(c => c.HeldBack && c.Outcome is null).Sum(c => c.Count),
                SameCause = counts[r.Id].Where(c => c.SameCause).Sum(c => c.Count), ContinuedBy = r.ContinuedByName,
            };
        })];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<RetryItem>> ItemsAsync(
        Viewer viewer, string id, int after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var items = Items(db, viewer).Where(i => i.RetryId == id && i.Position > after).OrderBy(i => i.Position)
            .Take(Math.Clamp(limit, 1, MaxLimit));
        var rows = await items.GroupJoin(db.Quarantine, i => i.QuarantineId, q => q.Id, (i, q) => new { Item = i, Rows = q })
            .SelectMany(
                x => x.Rows.DefaultIfEmpty(), (x, q) => new { x.Item, ReceivedAt = q == null ? (DateTimeOffset?)null : q.ReceivedAt })
            .OrderBy(x => x.Item.Position).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new RetryItem(
            r.Item.Position, r.Item.QuarantineId.ToString(CultureInfo.InvariantCulture), r.Item.Outcome, r.Item.Detail,
            CprNumber.MaskInOrNull(r.Item.BeskedId), r.ReceivedAt))];
    }

    private static IQueryable<StoredRetryItem> Items(IngestionDbContext db, Viewer viewer)
    {
        var authorities = viewer.AuthoritiesOf(ViewerRights.Quarantine);
        return db.Set<StoredRetryItem>().AsNoTracking().Where(i => authorities.Contains(i.Authority));
    }

    // Oldest first, so that messages are stored in the order in which they were received.
    private async Task<IReadOnlyList<Row>> RowsAsync(
        IngestionDbContext db, Viewer viewer, QuarantineSelection selection, CancellationToken cancellationToken) =>
        await QuarantineReader.Of(db, viewer, selection, time.GetUtcNow())
            .OrderBy(q => q.Id).Select(q => new Row(q.Id, q.Authority, q.Reason, q.Detail)).ToListAsync(cancellationToken);

    private sealed record Row(long Id, string Authority, string Reason, string Detail);
}
