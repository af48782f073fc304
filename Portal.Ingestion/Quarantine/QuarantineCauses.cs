using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>Counts causes in the database, and closes and reopens rows.</summary>
internal sealed class QuarantineCauses(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, LogSignal signal, TimeProvider time) : IQuarantineCauses
{
    private const int MaxLimit = 1000;
    private const int MostNames = 5;
    private const int BatchSize = 500;
    private const int Attempts = 3;

    /// <inheritdoc />
    public async Task<IReadOnlyList<QuarantineCause>> CausesAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var parts = await QuarantineReader.Waiting(db, viewer, time.GetUtcNow()).GroupBy(q => new { q.Reason, q.Detail, q.Transport,
            q.Authority })
            .Select(g => new { g.Key.Reason, g.Key.Detail, g.Key.Transport, g.Key.Authority, Count = g.LongCount(),
                First = g.Min(q => q.ReceivedAt), Last = g.Max(q => q.ReceivedAt) })
            .ToListAsync(cancellationToken);
        return
        [
            .. parts.GroupBy(p => (p.Reason, p.Detail))
                .Select(g => new QuarantineCause(
                    QuarantineReader.ReasonOf(g.Key.Reason), g.Key.Detail, g.Sum(p => p.Count), g.Min(p => p.First), g.Max(p => p.Last),
                    MostUsed(g.GroupBy(p => p.Transport).Select(t => (t.Key, t.Sum(p => p.Count)))),
                    MostUsed(g.GroupBy(p => p.Authority).Select(a => (a.Key, a.Sum(p => p.Count))))))
                .OrderByDescending(c => c.Count).ThenByDescending(c => c.LastAt).ThenBy(c => c.Detail, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc />
    public async Task<Page<QuarantineEntry>> ListAsync(
        Viewer viewer, QuarantineSelection selection, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        limit = Math.Clamp(limit, 1, MaxLimit);
        var meant = Meant(db, viewer, selection);
        if (!string.IsNullOrEmpty(cursor))
        {
            var before = QuarantineReader.ParseId(cursor) ?? throw new FormatException("The cursor is not one of ours.");
            meant = meant.Where(q => q.Id < before);
        }

        var rows = await QuarantineReader.RowsAsync(meant, limit + 1, cancellationToken);
        var page = rows.Take(limit).ToList();
        var ids = page.Select(r => QuarantineReader.ParseId(r.Id)!.Value).ToArray();
        var closings = selection.Closed
            ? await db.QuarantineClosings.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.QuarantineId))
                .ToDictionaryAsync(c => c.QuarantineId, cancellationToken)
            : [];
        return new Page<QuarantineEntry>(
            [.. page.Zip(ids, (row, id) => closings.TryGetValue(id, out var c)
                ? new QuarantineEntry(row, c.ClosedAt, c.ClosedByName, c.Reason)
                : new QuarantineEntry(row))],
            rows.Count > limit ? page[^1].Id : null);
    }

    /// <inheritdoc />
    public async Task<long> CountClosedAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await QuarantineReader.Closed(db, viewer).LongCountAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<int> CloseAsync(Viewer viewer, QuarantineSelection selection, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (!viewer.MayCall<IQuarantineCauses>() || string.IsNullOrWhiteSpace(why)) return 0;
        viewer = viewer.WhereMayCall<IQuarantineCauses>();

        // NoteText masks CPR numbers: colleagues read the reason.
        why = TextCut.At(NoteText.Of(why), IQuarantineCauses.LongestWhy);
        long[] ids;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            ids = await Meant(db, viewer, selection with { Closed = false }).OrderBy(q => q.Id).Select(q => q.Id)
                .ToArrayAsync(cancellationToken);
        }

        var closed = 0;
        foreach (var part in ids.Chunk(BatchSize)) closed += await CloseAsync(viewer, part, why, cancellationToken);
        signal.Raise();
        return closed;
    }

    /// <inheritdoc />
    public async Task<int> ReopenAsync(Viewer viewer, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IQuarantineCauses>()) return 0;
        viewer = viewer.WhereMayCall<IQuarantineCauses>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await Meant(db, viewer, new QuarantineSelection { Ids = ids, Closed = true }).Select(q => q.Id)
            .ToArrayAsync(cancellationToken);
        int reopened;
        using (await gate.EnterAsync(cancellationToken))
        {
            reopened = await db.QuarantineClosings.Where(c => EF.Parameter(keys).Contains(c.QuarantineId))
                .ExecuteDeleteAsync(cancellationToken);
        }

        signal.Raise();
        return reopened;
    }

    private async Task<int> CloseAsync(Viewer viewer, long[] ids, string why, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                using var writeLock = await gate.EnterAsync(cancellationToken);
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var rows = await QuarantineReader.Open(db, viewer).Where(q => EF.Parameter(ids).Contains(q.Id))
                    .Select(q => new { q.Id, q.Deliveries }).ToListAsync(cancellationToken);
                var waiting = rows.Select(r => r.Id).ToArray();

                // A row that was closed before and whose bytes were delivered again still has its old closing.
                await db.QuarantineClosings.Where(c => EF.Parameter(waiting).Contains(c.QuarantineId))
                    .ExecuteDeleteAsync(cancellationToken);
                var now = time.GetUtcNow();
                db.QuarantineClosings.AddRange(rows.Select(r => new StoredQuarantineClosing
                {
                    QuarantineId = r.Id, ClosedAt = now, ClosedBy = viewer.Id, ClosedByName = viewer.Name, Reason = why,
                    Deliveries = r.Deliveries,
                }));
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return rows.Count;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Someone on another node closed some of them at the same moment, or retention erased one. Try again with those that still
                // wait.
            }
        }
    }

    private IQueryable<QuarantinedContent> Meant(IngestionDbContext db, Viewer viewer, QuarantineSelection selection) =>
        QuarantineReader.Of(db, viewer, selection, time.GetUtcNow());

    private static List<string> MostUsed(IEnumerable<(string Name, long Count)> names) =>
        [.. names.OrderByDescending(n => n.Count).ThenBy(n => n.Name, StringComparer.Ordinal).Take(MostNames).Select(n => n.Name)];
}
