using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>
/// What a reader of a figure must know besides the figure: what is missing, and every change that moved what had been told before. Pure.
/// </summary>
public static class Deviations
{
    // Of more lines than this nobody reads each; the rest are counted.
    private const int MostCorrections = 12;

    /// <summary>The lines, in the order: what cannot be calculated, what is missing, what was changed.</summary>
    /// <param name="agreed">The agreed numbers that its formula uses.</param>
    public static IReadOnlyList<ILocalizedText> Of(
        BenefitFigure figure, IReadOnlyList<InputFact> agreed, InputBook inputs, Period period, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(agreed);
        ArgumentNullException.ThrowIfNull(inputs);
        var lines = new List<ILocalizedText>();
        if ((figure.Problem ?? figure.Series.Problem) is { } problem) lines.Add(FigureTexts.Of("DeviationProblem", problem));
        if (Missing(figure, period, today) is { } missing) lines.Add(missing);
        if (figure.Limit is { } limit)
        {
            lines.Add(FigureTexts.Of(
                "DeviationLimit", new AmountText(figure.Definition.Target, figure.Definition.Unit, Exact: true),
                new AmountText(limit, figure.Definition.Unit)));
        }

        lines.AddRange(Changes(figure.Versions));
        lines.AddRange(Corrections(figure.Definition, figure.Measurements, period));
        foreach (var fact in agreed)
        {
            var name = NameOf(fact.Key, inputs);
            lines.AddRange(fact.Changes.Where(c => c.Before.Value != c.After.Value || c.Before.From != c.After.From)
                .Select(c => ChangeOf(name, fact.Key.Part, c.Before, c.After)));
            if (inputs.PendingOf(fact) is (true, var drawn))
            {
                lines.Add(FigureTexts.Of(
                    "DeviationPending", name, Shown(fact.Key.Part, drawn), Shown(fact.Key.Part, fact.Latest.Value)));
            }
        }

        return lines;
    }

    /// <summary>The name of an agreed number, with the box that it stands in.</summary>
    public static ILocalizedText NameOf(InputKey key, InputBook inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var part = FigureTexts.Of($"Input{key.Part}");
        return key.ElementId.Length == 0 ? part : FigureTexts.Of("InputOf", part, TitleOf(key.ElementId, inputs));
    }

    /// <summary>An agreed number as it is shown: a share in percent, a price in kroner.</summary>
    public static ILocalizedText Shown(InputPart part, decimal? value) => part switch
    {
        InputPart.Share => new AmountText(value * 100, "%", Exact: true),
        InputPart.Minutes => new AmountText(value, "min", Exact: true),
        InputPart.HourPrice or InputPart.InitiativeCost => new AmountText(value, "kr.", Exact: true),
        _ => new AmountText(value, "", Exact: true),
    };

    private static string TitleOf(string elementId, InputBook inputs) =>
        inputs.Document.Find(elementId)?.Text is { Length: > 0 } text ? text : elementId;

    private static ProblemText? Missing(BenefitFigure figure, Period period, DateOnly today) =>
        figure.Definition.Gathering is Aggregation.Sum or Aggregation.Average or Aggregation.Whole
        && MeasuredMonths.Of(figure, period, today) is { } months && months.Measured < months.Due
            ? FigureTexts.Of("DeviationMonths", months.Measured, months.Due, new MonthText(months.Last))
            : null;

    // Changes on the first day are drafts, unless what is changed was locked already.
    private static IEnumerable<ILocalizedText> Changes(IReadOnlyList<IndicatorVersion> versions)
    {
        foreach (var (before, after) in versions.Zip(versions.Skip(1)))
        {
            if (after.Reason is null && DanishTime.DateOf(after.At) == DanishTime.DateOf(versions[0].At)) continue;
            if (BaselineLock.Changes(before.Definition, after.Definition) is not { Count: > 0 } changes) continue;
            yield return After("DeviationChange", after.At, after.By, after.Reason, new JoinedText(changes));
        }
    }

    private static ProblemText ChangeOf(ILocalizedText name, InputPart part, InputVersion before, InputVersion after) =>
        after.From is { } from
        ? After("DeviationInputFrom", after.At, after.By, after.Reason, name, Shown(part, before.Value), Shown(part, after.Value), from)
        : After("DeviationInput", after.At, after.By, after.Reason, name, Shown(part, before.Value), Shown(part, after.Value));

    private static ProblemText After(string key, DateTimeOffset at, string by, string? reason, params object[] places) => FigureTexts.Of(
        key, [DanishTime.DateOf(at), by, WhyOf(reason), .. places]);

    private static ProblemText WhyOf(string? reason) =>
        reason is { Length: > 0 } ? FigureTexts.Of("WithReason", reason) : FigureTexts.Of("WithoutReason");

    // Every month that had ended and had a number, and then got another one: by correction, withdrawal, or one more number.
    private static List<ILocalizedText> Corrections(
        IndicatorDefinition indicator, IReadOnlyList<Measurement> measurements, Period period)
    {
        var lines = new List<ILocalizedText>();
        foreach (var month in measurements.Where(m => Month.Of(m.At) is var of && of >= period.First && of <= period.Last)
            .GroupBy(m => Month.Of(m.At)).OrderBy(g => g.Key))
        {
            decimal? told = null;
            var soFar = new List<Measurement>();
            foreach (var batch in TakenBack.Without(month))
            {
                soFar.AddRange(batch);
                var now = MonthlyValues.OfMonth(indicator.Gathering, soFar);
                if (told is not null && now != told && batch[0].EnteredAt >= month.Key.Ends)
                {
                    lines.Add(FigureTexts.Of(
                        "DeviationMonth", new MonthText(month.Key), new AmountText(told, indicator.Unit),
                        new AmountText(now, indicator.Unit), DanishTime.DateOf(batch[0].EnteredAt), batch[^1].EnteredBy,
                        WhyOf(batch[^1].Note)));
                }

                told = now ?? told;
            }
        }

        if (lines.Count <= MostCorrections) return lines;
        var rest = lines.Count - MostCorrections;
        return [.. lines.Take(MostCorrections), FigureTexts.Of("DeviationRest", rest)];
    }
}
