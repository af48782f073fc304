using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Layout;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Import;

/// <summary>What was saved of an import.</summary>
/// <param name="Problem">Why not all of it was; null when it was.</param>
public sealed record ImportOutcome(int Added, int Changed, ProblemText? Problem)
{
    /// <summary>True when all of it was saved.</summary>
    public bool IsDone => Problem is null;
}

/// <summary>
/// Reads a benefit overview into a chain: first a plan to look at, then the saving. The new boxes are one step of the chain; each indicator
/// is a version of its own. A plan that was saved in part can be saved again: what is there already is left alone.
/// </summary>
public sealed class OverviewImport(ChainSessions sessions, IBenefitStore store, TimeProvider time)
{
    /// <summary>What an import of the file does to the chain.</summary>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task<OverviewPlan> PlanAsync(Viewer viewer, string chainId, byte[] file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (await store.ReadAsync(viewer, chainId, cancellationToken) is not { } records
            || viewer.At(records.Chain.Authority) is not { } here || !here.MayCall<OverviewImport>())
            return OverviewPlan.Wrong(ImportTexts.Of("NotYours"));
        var today = DanishTime.DateOf(time.GetUtcNow());
        return new OverviewPlanner(records, here.May(ViewerRights.EditChains), today).Plan(OverviewReader.Read(file));
    }

    /// <summary>
    /// Saves a plan. Nothing is saved when the chain was changed since in what the plan touches; then the file must be read again.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database is unavailable; the plan can be saved again.</exception>
    [Demands(ViewerRights.SteerBenefits)]
    public async Task<ImportOutcome> SaveAsync(Viewer viewer, string chainId, OverviewPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.MaySave) return new ImportOutcome(0, 0, ImportTexts.Of("NothingToSave"));
        if (await store.ReadAsync(viewer, chainId, cancellationToken) is not { } records
            || !viewer.At(records.Chain.Authority).MayCall<OverviewImport>())
            return new ImportOutcome(0, 0, ImportTexts.Of("NotYours"));
        if (IsOutdated(plan, records)) return new ImportOutcome(0, 0, ImportTexts.Of("ChangedMeanwhile"));
        var added = plan.ToSave.Where(r => r.Action == PlannedAction.Add).ToList();
        if (added.Count > 0 && await AddAsync(viewer, chainId, added, cancellationToken) is { } refused)
            return new ImportOutcome(0, 0, refused);
        var saved = new List<PlannedRow>();
        foreach (var row in plan.ToSave)
        {
            var outcome = await store.SaveIndicatorAsync(
                viewer, chainId, row.ElementId, row.Definition!, null, row.BasedOn, cancellationToken);
            if (outcome.IsDone)
            {
                saved.Add(row);
                continue;
            }

            var why = outcome.Problems.Count > 0 ? outcome.Problems[0].Text : ImportTexts.Of("RowMeanwhile");
            return Outcome(saved, ImportTexts.Of("StoppedAt", row.Row.Number, saved.Count, plan.ToSave.Count, why));
        }

        return Outcome(saved, null);
    }

    private static ImportOutcome Outcome(List<PlannedRow> saved, ProblemText? problem) => new(
        saved.Count(r => r.Action == PlannedAction.Add), saved.Count(r => r.Action == PlannedAction.Change), problem);

    // What was saved by this plan before does not make it outdated.
    private static bool IsOutdated(OverviewPlan plan, BenefitRecords records)
    {
        var own = plan.ToSave.Where(r => r.Action == PlannedAction.Add).ToDictionary(r => r.ElementId, StringComparer.Ordinal);
        var texts = records.Document.Present.Where(b => b.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit && !own.ContainsKey(b.Id))
            .Select(b => NameKey.Of(b.Text)).Where(key => key.Length > 0).ToHashSet(StringComparer.Ordinal);
        return plan.ToSave.Any(row =>
        {
            if (row.Action == PlannedAction.Add) return texts.Contains(NameKey.Of(row.Row.Text));
            if (!records.Document.IsPresent(row.ElementId)) return true;
            return records.Indicators.GetValueOrDefault(row.ElementId) is { Count: > 0 } versions
                ? versions[^1].Version != row.BasedOn && versions[^1].Definition != row.Definition
                : row.BasedOn != 0;
        });
    }

    // The problem; null when the boxes are there.
    private async Task<ProblemText?> AddAsync(
        Viewer viewer, string chainId, IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        if (await sessions.OpenAsync(viewer, chainId, cancellationToken) is not { } session) return ImportTexts.Of("NotYours");
        var editor = ChainEditor.Of(viewer, session.Authority);
        var missing = rows.Where(r => session.State.Document.Find(r.ElementId) is null).ToList();
        if (missing.Count == 0) return null;
        var document = session.DocumentFor(editor);
        foreach (var row in missing)
            document = ChainApply.Apply(document,
                ChainOperation.Add(row.ElementId, row.Kind, (ElementProperty.Text, row.Row.Text)).Changes);
        var placed = ChainLayout.PlaceMissing(document, [.. missing.Select(r => r.ElementId)]);
        var operation = new ChainOperation(
            [.. missing.Select(r => placed.Find(r.ElementId)!).Select(box => new AddElement(box.Id, box.Kind, box.Values))]);
        var result = await session.ApplyAsync(editor, operation, cancellationToken);
        return result.Outcome is ChainOutcome.Applied or ChainOutcome.Unchanged ? null : ImportTexts.Of("BoxesRefused");
    }
}
