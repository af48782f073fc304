using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;

namespace Portal.Features.Reports.Conclusions;

/// <summary>Conclusions in the database: those of one chain are notes of it, those of several are in a table of their own.</summary>
internal sealed class ReportConclusions(
    IDbContextFactory<PortalDbContext> contexts, IBenefitStore benefits, WriteGate gate, TimeProvider time) : IReportConclusions
{
    public async Task<WrittenConclusion?> OfAllAsync(Viewer viewer, string department, Period period, CancellationToken cancellationToken)
    {
        if (viewer.AuthorityOf(ViewerRights.Chains) is not { } authority) return null;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, authority, department, period).OrderByDescending(c => c.Id)
            .Select(c => new WrittenConclusion(CprNumber.MaskIn(c.Text), c.EnteredBy, c.EnteredAt)).FirstOrDefaultAsync(cancellationToken);
    }

    public Task<WrittenConclusion?> PresentAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync(async () =>
        {
            if (scope.IsAll) return await OfAllAsync(viewer, scope.Department, period, cancellationToken);
            var records = await benefits.ReadAsync(viewer, scope.ChainId, cancellationToken);
            var note = records?.Notes.LastOrDefault(n => n.Kind == NoteKind.Conclusion && n.ElementId == ConclusionKey.Of(period));
            return note is null ? null : new WrittenConclusion(note.Text, note.EnteredBy, note.EnteredAt);
        });

    public async Task<BenefitOutcome> WriteAsync(
        Viewer viewer, ReportScope scope, Period period, string text, DateOnly today, CancellationToken cancellationToken)
    {
        if (!scope.IsAll)
        {
            return await benefits.AddNoteAsync(
                viewer, scope.ChainId, NoteKind.Conclusion, ConclusionKey.Of(period), today, null, text, null, cancellationToken);
        }
        if (!viewer.MayCall<IReportConclusions>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority)
            return BenefitOutcome.Missing;
        var clean = NoteRules.Clean(text) ?? "";
        if (NoteRules.Check(clean, null, isAnswered: false) is { } wrong) return BenefitOutcome.Wrong("Text", wrong);
        return await ChangeAsync(async db =>
        {
            db.Add(new StoredOverviewConclusion { Authority = authority, Department = scope.Department, Period = ConclusionKey.Of(period),
                Text = clean, EnteredAt = time.GetUtcNow(), EnteredBy = viewer.Name });
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
    }

    // Withdraws every conclusion of the period, so that no earlier one applies again.
    public async Task<BenefitOutcome> UseRulesAsync(Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken)
    {
        if (!scope.IsAll) return await WithdrawNotesAsync(viewer, scope, period, cancellationToken);
        if (!viewer.MayCall<IReportConclusions>() || viewer.AuthorityOf(ViewerRights.SteerBenefits) is not { } authority)
            return BenefitOutcome.Missing;
        DateTimeOffset? now = time.GetUtcNow();
        return await ChangeAsync(db => Of(db, authority, scope.Department, period)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.WithdrawnAt, now).SetProperty(x => x.WithdrawnBy, viewer.Name),
                cancellationToken), cancellationToken);
    }

    private async Task<BenefitOutcome> WithdrawNotesAsync(
        Viewer viewer, ReportScope scope, Period period, CancellationToken cancellationToken)
    {
        if (await benefits.ReadAsync(viewer, scope.ChainId, cancellationToken) is not { } records) return BenefitOutcome.Missing;
        foreach (var note in records.Notes.Where(n => n.Kind == NoteKind.Conclusion && n.ElementId == ConclusionKey.Of(period)))
        {
            if (await benefits.WithdrawNoteAsync(viewer, scope.ChainId, note.Id, cancellationToken) is { IsDone: false } outcome)
                return outcome;
        }

        return BenefitOutcome.Done;
    }

    private async Task<BenefitOutcome> ChangeAsync(Func<PortalDbContext, Task> change, CancellationToken cancellationToken)
    {
        return await StorageAccess.TryAsync(async () =>
        {
            using var writeLock = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await change(db);
            return BenefitOutcome.Done;
        });
    }

    private static IQueryable<StoredOverviewConclusion> Of(PortalDbContext db, string authority, string department, Period period)
    {
        var key = ConclusionKey.Of(period);
        return db.Set<StoredOverviewConclusion>()
            .Where(c => c.Authority == authority && c.Department == department && c.Period == key && c.WithdrawnAt == null);
    }
}

/// <summary>The key under which a period's conclusion is stored.</summary>
public static class ConclusionKey
{
    /// <summary>First and last month, e.g. <c>2026-01/2026-12</c>.</summary>
    public static string Of(Period period) => BenefitFigures.KeyOf(period);
}
