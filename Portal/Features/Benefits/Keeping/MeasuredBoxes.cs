using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Hints;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Platform.Storage;

namespace Portal.Features.Benefits.Keeping;

/// <summary>
/// Reads what the current indicators define and which numbers are agreed, for the canvas and the hints of chains, and keeps the boxes' own
/// fields equal to it.
/// </summary>
internal sealed class MeasuredBoxes(IDbContextFactory<PortalDbContext> contexts, ChainSessions sessions) : IMeasuredBoxes
{
    public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>> ListAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyDictionary<string, IReadOnlyDictionary<string, MeasuredBox>>>(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var seen = ChainStore.Visible(db, viewer).Where(c => chainIds.Contains(c.Id)).Select(c => c.Id);
            var all = db.Set<StoredIndicator>();
            var rows = await all.AsNoTracking().Where(i => seen.Contains(i.ChainId)
                && !all.Any(later => later.ChainId == i.ChainId && later.ElementId == i.ElementId && later.Version > i.Version))
                .Select(i => new { i.ChainId, i.ElementId, i.Json }).ToListAsync(cancellationToken);
            return rows.GroupBy(r => r.ChainId, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => (IReadOnlyDictionary<string, MeasuredBox>)g
                    .Select(r => (r.ElementId, Definition: BenefitJson.Read<IndicatorDefinition>(r.Json)))
                    .Where(r => r.Definition is not null)
                    .ToDictionary(r => r.ElementId, r => Of(r.Definition!), StringComparer.Ordinal), StringComparer.Ordinal);
        });

    public Task<IReadOnlyDictionary<BoxNumber, AgreedNumber>> AgreedAsync(
        Viewer viewer, string chainId, CancellationToken cancellationToken) =>
        StorageAccess.TryAsync<IReadOnlyDictionary<BoxNumber, AgreedNumber>>(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var seen = ChainStore.Visible(db, viewer).Where(c => c.Id == chainId).Select(c => c.Id);
            var facts = BenefitInputs.FactsOf(await db.Set<StoredInput>().AsNoTracking().Where(i => seen.Contains(i.ChainId))
                .OrderBy(i => i.Version).ToListAsync(cancellationToken));
            return facts.Values.Select(f => (Property: InputBook.PropertyOf(f.Key.Part), Fact: f)).Where(f => f.Property is not null)
                .ToDictionary(
                    f => new BoxNumber(f.Fact.Key.ElementId, f.Property!),
                    f => new AgreedNumber(f.Fact.Latest.Value, f.Fact.Latest.From, f.Fact.Latest.Source));
        });

    public async Task UpdateBoxesAsync(Viewer viewer, string chainId, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IMeasuredBoxes>()) return;
        if (await sessions.OpenAsync(viewer, chainId, cancellationToken) is not { } session) return;
        var current = await StorageAccess.TryAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.Set<StoredIndicator>().AsNoTracking().Where(i => i.ChainId == chainId).OrderBy(i => i.Version)
                .Select(i => new { i.ElementId, i.Json }).ToListAsync(cancellationToken);
            return rows.GroupBy(r => r.ElementId, StringComparer.Ordinal)
                .Select(g => (g.Key, Definition: g.Select(r => BenefitJson.Read<IndicatorDefinition>(r.Json))
                    .LastOrDefault(d => d is not null)))
                .Where(r => r.Definition is not null).ToList();
        });

        foreach (var (id, definition) in current)
        {
            if (session.State.Document.Find(id) is not { } box) continue;
            var changes = FieldsOf(box, IndicatorMask.Of(definition!)).Where(f => box.Get(f.Property) != f.Value)
                .Select(f => (ChainChange)new SetValue(id, f.Property, f.Value)).ToArray();
            if (changes.Length > 0) await session.ApplyAsync(EditorOf(viewer, session), ChainOperation.Of(changes), cancellationToken);
        }
    }

    public async Task SetValueAsync(
        Viewer viewer, string chainId, string elementId, string property, string? value, CancellationToken cancellationToken)
    {
        if (!viewer.MayCall<IMeasuredBoxes>()) return;
        if (await sessions.OpenAsync(viewer, chainId, cancellationToken) is not { } session) return;
        if (session.State.Document.Find(elementId) is not { } box || box.Get(property) == value) return;
        await session.ApplyAsync(EditorOf(viewer, session), ChainOperation.Of(new SetValue(elementId, property, value)), cancellationToken);
    }

    // Whoever may measure may set these fields, also without the right to edit the chain.
    private static ChainEditor EditorOf(Viewer viewer, ChainSession session) =>
        ChainEditor.Of(viewer, session.Authority, ViewerRights.SteerBenefits, "benefits");

    // Only benefits have these fields on the canvas.
    private static IEnumerable<(string Property, string? Value)> FieldsOf(ChainElement box, IndicatorDefinition definition)
    {
        if (box.Kind is not (ChainKind.Benefit or ChainKind.NegativeBenefit)) yield break;
        yield return (ElementProperty.Owner, definition.Owner);
        if (definition.Name.Length > 0) yield return (ElementProperty.IndicatorName, definition.Name);
        yield return (ElementProperty.IndicatorUnit, definition.Unit is { Length: > 0 } unit ? unit : null);
        if (Written(definition.Baseline.Value) is (true, var baseline)) yield return (ElementProperty.IndicatorBaseline, baseline);
        if (Written(definition.Target) is (true, var target)) yield return (ElementProperty.IndicatorTarget, target);
        yield return (ElementProperty.IndicatorFollowUp, definition.FollowUpOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    // False for a number with more digits than a box holds.
    private static (bool Fits, string? Text) Written(decimal? number) => number is { } value
        ? ChainNumber.Exact(value) is { } text ? (true, text) : (false, null)
        : (true, null);

    private static MeasuredBox Of(IndicatorDefinition indicator) => new(
        indicator.Kind != IndicatorKind.Described, !string.IsNullOrWhiteSpace(indicator.Owner), indicator.Baseline.Value is not null,
        indicator.Target is not null, indicator.FollowUpOn is not null);
}
