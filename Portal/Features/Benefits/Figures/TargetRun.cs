using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>Months in a row with the same target, for charts: a target that was changed is a line with a step. Pure.</summary>
/// <param name="First">The first of the months.</param>
/// <param name="Last">The last of the months.</param>
/// <param name="Target">As agreed; for a sum a year's. Null while there was none.</param>
public sealed record TargetRun(Month First, Month Last, decimal? Target)
{
    /// <summary>The targets that held in a period, in order; together they cover it.</summary>
    public static IReadOnlyList<TargetRun> In(BenefitFigure figure, Period period)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var runs = new List<TargetRun>();
        foreach (var month in period.Months)
        {
            var target = figure.Versions.Count == 0 ? figure.Definition.Target : TargetHistory.In(figure.Versions, month).Target;
            if (runs is [.., var last] && last.Target == target) runs[^1] = last with { Last = month };
            else runs.Add(new TargetRun(month, month, target));
        }

        return runs;
    }

    /// <summary>
    /// The changes in words, for those who do not see the line: »målet blev ændret fra 900 t til 400 t fra juli 2026«; empty without any.
    /// </summary>
    public static IReadOnlyList<ILocalizedText> Changes(IReadOnlyList<TargetRun> runs, string unit)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [.. runs.Zip(runs.Skip(1)).Select(pair => (pair.First.Target, pair.Second.Target) switch
        {
            (null, var agreed) => FigureTexts.Of("TargetBegan", Agreed(agreed), new MonthText(pair.Second.First)),
            (var before, null) => FigureTexts.Of("TargetEnded", Agreed(before), new MonthText(pair.Second.First)),
            var (before, after) => FigureTexts.Of("TargetChanged", Agreed(before), Agreed(after), new MonthText(pair.Second.First)),
        })];

        AmountText Agreed(decimal? target) => new(target, unit, Exact: true);
    }
}
