using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>Stores holds, each entered in the log of actions in the transaction that it is made in.</summary>
internal sealed class QuarantineHolds(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, IJournalAppender journal, LogSignal signal, TimeProvider time)
    : IQuarantineHolds
{
    private const ViewerRights Operates = ViewerRights.Quarantine | ViewerRights.Administer;

    /// <summary>The holds in force at a moment (UTC), of all authorities.</summary>
    internal static IQueryable<StoredQuarantineHold> InForce(IngestionDbContext db, DateTimeOffset now) =>
        db.QuarantineHolds.Where(h => h.ReleasedAt == null && h.Until > now);

    /// <inheritdoc />
    public async Task<IReadOnlyList<QuarantineHold>> ListAsync(Viewer viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var authorities = viewer.AuthoritiesOf(ViewerRights.Quarantine);
        var holds = await db.QuarantineHolds.AsNoTracking()
            .Where(h => h.ReleasedAt == null && EF.Parameter(authorities).Contains(h.Authority)).ToListAsync(cancellationToken);
        if (holds.Count == 0) return [];
        var counts = await QuarantineReader.Open(db, viewer).GroupBy(q => new { q.Reason, q.Detail })
            .Select(g => new { g.Key.Reason, g.Key.Detail, Count = g.LongCount() }).ToListAsync(cancellationToken);

        // One line a cause: a cause that is held at several authorities was held by one click.
        return
        [
            .. holds.GroupBy(h => (h.Reason, h.Detail)).Select(g => g.OrderBy(h => h.Until).ThenBy(h => h.Id).First())
                .Select(h => new QuarantineHold(
                    QuarantineReader.ReasonOf(h.Reason), h.Detail, h.Why, h.Owner, DanishTime.DateOf(h.Until), HoldRules.LinkOf(h.Link),
                    h.HeldAt, h.HeldByName, h.Until <= now,
                    counts.Where(c => c.Reason == h.Reason && c.Detail == h.Detail).Sum(c => c.Count)))
                .OrderBy(h => h.Until).ThenBy(h => h.Detail, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc />
    public async Task<bool> HoldAsync(
        Viewer viewer, QuarantineReason reason, string detail, HoldDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(draft);
        var now = time.GetUtcNow();
        if (!viewer.MayCall<IQuarantineHolds>() || HoldRules.ProblemsOf(draft, DanishTime.DateOf(now)).Count > 0) return false;
        viewer = viewer.WhereMayCall<IQuarantineHolds>();
        var wire = reason.ToWire();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var authorities = await QuarantineReader.Open(db, viewer).Where(q => q.Reason == wire && q.Detail == detail)
            .Select(q => q.Authority).Distinct().OrderBy(a => a).ToListAsync(cancellationToken);
        if (authorities.Count == 0) return false;
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var entries = await ReleaseAsync(db, authorities, wire, detail, viewer, now, cancellationToken);
            var holds = authorities.ConvertAll(a => new StoredQuarantineHold
            {
                Authority = a, Reason = wire, Detail = detail, Why = Text(draft.Why, HoldRules.LongestWhy),
                Owner = Text(draft.Owner, HoldRules.LongestOwner),
                Until = DanishTime.FromLocal(draft.Until.ToDateTime(TimeOnly.MinValue)),
                Link = HoldRules.LinkOf(draft.Link)?.AbsoluteUri, HeldAt = now, HeldBy = viewer.Id, HeldByName = viewer.Name,
            });
            db.QuarantineHolds.AddRange(holds);
            await db.SaveChangesAsync(cancellationToken);
            await EnterAsync(db, [.. entries, .. holds], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        signal.Raise();
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> ReleaseAsync(Viewer viewer, QuarantineReason reason, string detail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<IQuarantineHolds>()) return false;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using (await gate.EnterAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var released = await ReleaseAsync(
                db, viewer.AuthoritiesOf(Operates), reason.ToWire(), detail, viewer, time.GetUtcNow(), cancellationToken);
            if (released.Count == 0) return false;
            await db.SaveChangesAsync(cancellationToken);
            await EnterAsync(db, released, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        signal.Raise();
        return true;
    }

    private static async Task<List<StoredQuarantineHold>> ReleaseAsync(IngestionDbContext db, IReadOnlyList<string> authorities,
        string reason,
        string detail, Viewer viewer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] where = [.. authorities];
        var holds = await db.QuarantineHolds.Where(h => h.ReleasedAt == null && EF.Parameter(where).Contains(h.Authority)
            && h.Reason == reason && h.Detail == detail).OrderBy(h => h.Id).ToListAsync(cancellationToken);
        foreach (var hold in holds) (hold.ReleasedAt, hold.ReleasedByName) = (now, viewer.Name);
        return holds;
    }

    private Task EnterAsync(IngestionDbContext db, IReadOnlyList<StoredQuarantineHold> holds, CancellationToken cancellationToken) =>
        journal.AppendAsync(db.Database.CurrentTransaction!.GetDbTransaction(), JournalLog.Actions, [.. holds.Select(HoldFacts.Of)],
            cancellationToken);

    private static string Text(string text, int longest) => TextCut.At(NoteText.Of(text), longest);
}
