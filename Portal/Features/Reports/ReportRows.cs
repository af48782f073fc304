using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Reports.Documents;

namespace Portal.Features.Reports;

/// <summary>A benefit as it stands on the front page, in the report's language.</summary>
/// <param name="Rests">What its number rests on.</param>
/// <param name="Measured">How often it is measured, and when last; empty without numbers.</param>
/// <param name="Owner">Null when there is none.</param>
/// <param name="Sureness">How sure the number is; empty without one.</param>
/// <param name="Months">Every month of the period; empty for one that is only described.</param>
/// <param name="Targets">The targets per month that held, for the charts.</param>
/// <param name="TargetChanges">How the target was changed, in words; empty when it was not.</param>
internal sealed record ReportRow(
    BenefitFigure Figure, string Title, string Rests, ReportAmount Baseline, string Now, string Measured,
    ReportAmount Target, string? Owner, string State, string Sureness, IReadOnlyList<ReportMonth> Months, double? BaselineLevel,
    IReadOnlyList<ChartTarget> Targets, string TargetChanges)
{
    /// <summary>True when any month has a value.</summary>
    public bool IsMeasured => Months.Any(m => m.Level is not null);

    /// <summary>What its charts draw.</summary>
    public ChartSeries Chart => new(Title, Months, BaselineLevel, Targets) { TargetChanges = TargetChanges };
}

/// <summary>An agreed number, and line by line what a reader must know of it.</summary>
internal sealed record ReportAmount(string Text, IReadOnlyList<string> Notes);

/// <summary>Converts a benefit's figures to a row of the report. Pure.</summary>
internal static class ReportRows
{
    private const string Dash = "–";

    /// <summary>The title of a benefit in Danish, as it was written.</summary>
    public static string TitleOf(BenefitFigure figure) => figure.Element.Text.Trim() is { Length: > 0 } text ? text
        : figure.IsNegative ? "Negativ gevinst uden tekst"
        : figure.IsBenefit ? "Gevinst uden tekst"
        : figure.Definition.Name is { Length: > 0 } name ? name
        : figure.Definition.Key;

    /// <summary>The row of a figure.</summary>
    public static ReportRow Of(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var (definition, standing) = (figure.Definition, figure.Standing);
        var targets = TargetRun.In(figure, benefits.Period);
        var months = definition.Gathering == Aggregation.Sum ? TargetProgress.YearMonths : 1;
        var calculation = ReportCalculation.Of(figure, words);
        return new ReportRow(
            figure, words.NameOf(figure), ReportBasis.Of(benefits, figure, words),
            new ReportAmount(Agreed(standing.Baseline, definition, words), [.. BaselineNotes(figure, words)]),
            Now(figure, calculation.Value, words), ReportCoverage.Of(benefits, figure, words),
            new ReportAmount(Agreed(standing.Target, definition, words), [.. TargetNotes(figure, benefits.Inputs, words)]),
            Clean(definition.Owner), words[$"State{standing.State}"],
            calculation.Value is null ? "" : words.Text(figure.Sureness.Word),
            definition.Kind == IndicatorKind.Described ? [] : MonthsOf(benefits, figure, words),
            (double?)(definition.Baseline.Value / months),
            [.. targets.Where(t => t.Target is not null).Select(t => new ChartTarget(
                t.First - benefits.Period.First, t.Last - benefits.Period.First, (double)(t.Target!.Value / months)))],
            string.Join("; ", TargetRun.Changes(targets, definition.Unit).Select(words.Text)));
    }

    /// <summary>A range of numbers with their unit: »820–980 t«; one number when both are shown alike.</summary>
    public static string Range(decimal low, decimal high, string unit, ReportLanguage words) =>
        words.Number(low) == words.Number(high) ? words.Amount(high, unit) : $"{words.Number(low)}–{words.Amount(high, unit)}";

    /// <summary>An agreed number; for a sum it is a year's.</summary>
    public static string Agreed(decimal? value, IndicatorDefinition definition, ReportLanguage words) => value is null ? Dash
        : definition.Gathering == Aggregation.Sum ? words["AYear", words.Agreed(definition, value)]
        : words.Agreed(definition, value);

    // »11,2 t af 30 t«, »45,8 % (22 af 48)«, »3,1 af 5«.
    private static string Now(BenefitFigure figure, decimal? value, ReportLanguage words)
    {
        var definition = figure.Definition;
        if (definition.Kind == IndicatorKind.Described) return Dash;
        if (value is null && figure.Problem is not null) return words["StateNotCalculable"];
        var shown = words.Measured(figure, value);
        if (value is null) return shown;
        if (ShareOf(figure) is { } counted) return words["ShareOf", shown, counted.Part, counted.Whole];
        return definition is { Gathering: Aggregation.Sum, Better: BetterWhen.Higher } && figure.Standing.Target is > 0 and var target
            ? words["OfTarget", shown, words.Agreed(definition, target)]
            : shown;
    }

    private static PartOfWhole? ShareOf(BenefitFigure figure) =>
        figure.Definition.Measure == LogMeasure.DocumentedShare && figure.Definition.Kind == IndicatorKind.Counted
            ? figure.Series.Counted
            : null;

    private static IEnumerable<string> BaselineNotes(BenefitFigure figure, ReportLanguage words)
    {
        var baseline = figure.Definition.Baseline;
        if (baseline.Value is null) yield break;
        yield return (baseline.From, baseline.To) switch
        {
            ({ } from, { } to) => words["MeasuredIn", words.Days(from, to)],
            ({ } from, null) => words["MeasuredFrom", from],
            (null, { } to) => words["MeasuredUntil", to],
            _ => words["WithoutPeriod"],
        };
        if (figure.BaselineChanges.LastOrDefault(c => c.Before.Definition.Baseline.Value != c.After.Definition.Baseline.Value)
            is { After: { } after })
        {
            yield return words["ChangedOn", after.At];
        }
        else if (!figure.BaselineLocked)
        {
            yield return words["NotLocked"];
        }
    }

    private static IEnumerable<string> TargetNotes(BenefitFigure figure, InputBook inputs, ReportLanguage words)
    {
        var (definition, standing) = (figure.Definition, figure.Standing);
        if (standing.Target is not null) yield return definition.TargetOn is { } on ? words["By", on] : words["WithoutDate"];
        if (Expected(figure, words) is not { Length: > 0 } expected) yield break;
        yield return expected;
        if (OlderNumbers.OfExpected(figure, inputs) is { } older) yield return words.Text(older);
    }

    /// <summary>The expected range as it was agreed; empty when there is none.</summary>
    public static string Expected(BenefitFigure figure, ReportLanguage words) =>
        ExpectedRange(figure, words) is { Length: > 0 } range ? words["Expected", range] : "";

    /// <summary>The same without »ventet«.</summary>
    public static string ExpectedRange(BenefitFigure figure, ReportLanguage words) => (figure.Standing.Low, figure.Standing.High) switch
    {
        ({ } low, { } high) => BenefitFormat.AgreedRange(words.Culture, figure.Definition, low, high),
        ({ } low, null) => words["ExpectedLeast", words.Agreed(figure.Definition, low)],
        (null, { } high) => words["ExpectedMost", words.Agreed(figure.Definition, high)],
        _ => "",
    };

    private static List<ReportMonth> MonthsOf(ChainBenefits benefits, BenefitFigure figure, ReportLanguage words)
    {
        var points = figure.Series.Points.ToDictionary(p => p.Month);
        return
        [
            .. benefits.Period.Months.Select(m => new ReportMonth(
                m.First.ToString("MMM yyyy", words.Culture), points.TryGetValue(m, out var point) ? (double)point.Value : null,
                point is null ? words.Amount(null, "") : Of(point))),
        ];

        string Of(SeriesPoint point) => words.Measured(figure, point.Value) is var shown
            && point.Counted is { } counted && ShareOf(figure) is not null ? words["ShareOf", shown, counted.Part, counted.Whole] : shown;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
