using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;

namespace Portal.Features.Benefits.Figures;

/// <summary>Combines the stored records of a chain's benefits with counts from messages and letters.</summary>
internal sealed class BenefitFigures(IBenefitStore store, IChainStore chains, IFigureReader figures, TimeProvider time) : IBenefitFigures
{
    private const int PageSize = 200;

    public async Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(viewer, chainId, cancellationToken) is not { } records) return null;
        return await FiguresAsync(records, period, new CachedFigures(figures, viewer, period), cancellationToken);
    }

    public async Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(
        Viewer viewer, string? department, Period period, CancellationToken cancellationToken)
    {
        var found = new List<ChainBenefits>();
        var counts = new CachedFigures(figures, viewer, period);
        string? cursor = null;
        do
        {
            var page = await chains.ListAsync(viewer, cursor, PageSize, cancellationToken);
            foreach (var records in await store.ReadManyAsync(
                viewer, [.. page.Items.Where(c => department is null || c.Department == department)], cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(await FiguresAsync(records, period, counts, cancellationToken));
            }

            cursor = page.Cursor;
        }
        while (cursor is not null);
        return found;
    }

    /// <summary>The key under which a period's conclusion is stored: first and last month.</summary>
    public static string KeyOf(Period period) => $"{period.First}/{period.Last}";

    private async Task<ChainBenefits> FiguresAsync(
        BenefitRecords records, Period period, CachedFigures counts, CancellationToken cancellationToken)
    {
        var today = DanishTime.DateOf(time.GetUtcNow());
        var indicators = DefinitionsOf(records);
        var inputs = new InputBook(records.Document, records.Inputs);
        var known = await KnownAsync(records, indicators, period, counts, cancellationToken);
        var calculated = new CalculatedSeries(indicators, known, inputs, period, records.Indicators);
        var series = calculated.Work(cancellationToken);
        var all = new FigureBuilder(records, indicators, series, calculated, inputs, period, today).All();
        var benefits = all.Where(b => b.IsBenefit).OrderBy(b => b.IsNegative).ToList();
        var boxes = ChainOrder.Read(records.Document);
        var notes = records.Notes.ToLookup(n => n.Kind);
        return new ChainBenefits(
            records.Chain, records.Document, period, today, benefits, [.. all.Where(b => !b.IsBenefit)],
            [.. boxes.Where(b => b.Kind == ChainKind.NewBehaviour).Select(b => new BehaviourFigure(b,
                [.. notes[NoteKind.Behaviour].Where(n => n.ElementId == b.Id).OrderByDescending(n => n.Day).ThenByDescending(n => n.Id)]))],
            [.. notes[NoteKind.Unplanned]], [.. notes[NoteKind.Decision]], DoubleCounting.Find(benefits),
            notes[NoteKind.Conclusion].LastOrDefault(n => n.ElementId == KeyOf(period)),
            await counts.MessagesAsync(cancellationToken),
            (await counts.LettersAsync(null, cancellationToken)).Letters(period.Months))
        {
            Inputs = inputs,
            Requests = records.Requests,
            Answers = notes[NoteKind.DecisionAnswer].OrderByDescending(n => n.Id).ToLookup(n => n.ElementId, StringComparer.Ordinal),
        };
    }

    // By box id, in reading order: every benefit, and every other box with an indicator or measurements.
    private static Dictionary<string, IndicatorDefinition> DefinitionsOf(BenefitRecords records)
    {
        var measured = records.Measurements.Select(m => m.ElementId).ToHashSet(StringComparer.Ordinal);
        var taken = records.Indicators.Where(i => records.Document.IsPresent(i.Key)).Select(i => i.Value[^1].Definition.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var definitions = new Dictionary<string, IndicatorDefinition>(StringComparer.Ordinal);
        foreach (var box in ChainOrder.Read(records.Document))
        {
            if (records.Indicators.TryGetValue(box.Id, out var versions))
            {
                definitions[box.Id] = versions[^1].Definition;
                continue;
            }

            if (box.Kind is not (ChainKind.Benefit or ChainKind.NegativeBenefit) && !measured.Contains(box.Id)) continue;
            var definition = IndicatorDefaults.Of(box, taken);
            if (measured.Contains(box.Id) && definition.Kind == IndicatorKind.Described)
                definition = definition with { Kind = IndicatorKind.ByHand };
            taken.Add(definition.Key);
            definitions[box.Id] = definition;
        }

        return definitions;
    }

    private static async Task<IReadOnlyDictionary<string, IndicatorSeries>> KnownAsync(
        BenefitRecords records, Dictionary<string, IndicatorDefinition> indicators, Period period, CachedFigures counts,
        CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, IndicatorSeries>(StringComparer.Ordinal);
        var measurements = records.Measurements.ToLookup(m => m.ElementId, StringComparer.Ordinal);
        foreach (var (id, indicator) in indicators)
        {
            switch (indicator.Kind)
            {
                case IndicatorKind.ByHand:
                    known[id] = MonthlyValues.ByHand(indicator, measurements[id], period);
                    break;
                case IndicatorKind.Described:
                    known[id] = IndicatorSeries.Empty;
                    break;
                case IndicatorKind.Counted when indicator.Measure == LogMeasure.MessageVolume:
                    known[id] = MonthlyValues.Volume(await counts.VolumeAsync(indicator.MessageType ?? "", cancellationToken), period);
                    break;
                case IndicatorKind.Counted:
                    known[id] =
                        MonthlyValues.Letters(indicator.Measure, await counts.LettersAsync(indicator.CaseType, cancellationToken), period);
                    break;
            }
        }

        return known;
    }
}

/// <summary>Calculates the benefits of the viewer's chains. From messages and letters only counts are used, no personal data.</summary>
public interface IBenefitFigures
{
    /// <summary>The figures of one chain; null when the viewer may not see it.</summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken);

    /// <summary>The figures of all chains, last changed first.</summary>
    /// <param name="department">Only chains of this department; null for all.</param>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(Viewer viewer, string? department, Period period, CancellationToken cancellationToken);
}
