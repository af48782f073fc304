using Portal.Features.Benefits.Arithmetic;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Reports.Documents;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Reports;

/// <summary>A step of a calculation as it is printed: the expression gives the result.</summary>
internal sealed record ReportStep(string Name, string Expression, string Result);

/// <summary>How a figure comes about, in the report's language. Pure.</summary>
/// <param name="Steps">The last one gives <paramref name="Value"/>; empty for a number that is just entered, or when there is none.</param>
/// <param name="Value">The figure as it stands on the front page; null when there is none.</param>
internal sealed record ReportCalculation(IReadOnlyList<ReportStep> Steps, decimal? Value)
{
    private static readonly (string Name, string Word)[] Cases =
        [("lav", "CaseLow"), ("antal", "CaseLikely"), ("høj", "CaseHigh")];

    private static readonly InputPart[] EstimateParts =
        [InputPart.Count, InputPart.Low, InputPart.High, InputPart.Share, InputPart.Minutes];

    /// <summary>The calculation of a figure.</summary>
    public static ReportCalculation Of(BenefitFigure figure, ReportLanguage words)
    {
        var whole = figure.Series.Value;
        var value = figure.Definition.Gathering == Aggregation.Sum ? figure.Standing.Achieved : whole;
        var steps = figure.Steps.Select(s => Printed(s, words)).ToList();
        if (value is not { } shown) return new ReportCalculation(steps, null);
        if (value != whole)
        {
            // A period of more than a year: the target is for a year, so the last twelve months are what is held against it.
            var year = figure.Series.Points.TakeLast(figure.Standing.Measured).Select(p => p.Value).ToList();
            var step = Calculations.Sum(words["StepYear", year.Count], year, shown, figure.Definition.Unit, figure.Typed);
            steps.Add(Printed(step, words));
            return new ReportCalculation(steps, PrintedNumber.Round(step.Result, step.ResultDecimals));
        }

        return figure.Steps is [.., var last]
            ? new ReportCalculation(steps, PrintedNumber.Round(last.Result, last.ResultDecimals))
            : new ReportCalculation(steps, value);
    }

    /// <summary>
    /// What the boxes that lead to the chain's benefits come to in a year, as their panel on the canvas shows it: the share of all, and the
    /// hours for the low, the likely and the high count. With the agreed numbers where there are some.
    /// </summary>
    public static IReadOnlyList<ReportStep> Estimates(ChainBenefits benefits, ReportLanguage words)
    {
        var steps = new List<ReportStep>();
        var boxes = BoxesOf(benefits);
        foreach (var box in boxes)
        {
            decimal? Agreed(string part) => benefits.Inputs.Latest(InputBook.NameOf(box.Box.Id, part))?.Value;
            var name = boxes.Count == 1 ? "" : words.Quoted(box.Box.Text) + ": ";
            if (Agreed("antal") is not { } likely) continue;
            if (Agreed("andel") is > 0 and var share && Amount.Divide(likely, share) is { } all)
                steps.Add(Printed(Calculations.Share(words["StepShareOfAll", name], share, all, likely), words));
            if (Agreed("minutter") is not { } minutes) continue;
            var counts = Cases.Select(c => (c.Word, Count: Agreed(c.Name) ?? likely)).ToList();
            if (counts.TrueForAll(c => c.Count == likely)) counts = [("CaseLikely", likely)];
            steps.AddRange(counts.Select(c => Calculations.Hours(words["StepHours", name, words[c.Word]], c.Count, minutes))
                .OfType<CalculationStep>().Select(s => Printed(s, words)));
        }

        return steps;
    }

    /// <summary>What the estimates are calculated from: when only one box has numbers, it is named here.</summary>
    public static string EstimatesNote(ChainBenefits benefits, ReportLanguage words)
    {
        var boxes = BoxesOf(benefits);
        var note = boxes is [var only] ? words["EstimatesOf", Punctuation.Bare(only.Box.Text)] : words["EstimatesNote"];
        return $"{note} {Sources(boxes.SelectMany(b => EstimateParts.Select(part => new InputKey(b.Box.Id, part))), benefits, words)}";
    }

    /// <summary>
    /// The numbers that a figure's formula uses, each with its source and since when it holds; empty without any.
    /// </summary>
    public static string SourcesOf(BenefitFigure figure, ChainBenefits benefits, ReportLanguage words) =>
        Sources(BenefitInputs.KeysOf(figure.Latest, benefits.Inputs), benefits, words);

    private static string Sources(IEnumerable<InputKey> keys, ChainBenefits benefits, ReportLanguage words) =>
        InputExplanation.Lines(keys, benefits.Inputs) is { Count: > 0 } lines
            ? string.Join(" ", lines.Select(l => Punctuation.Ended(words.Capital(words.Text(l)))))
            : "";

    private static List<BoxArithmetic> BoxesOf(ChainBenefits benefits) =>
    [
        .. benefits.Benefits.SelectMany(b => WorkshopArithmetic.LeadingTo(benefits.Document, b.Element.Id)).Where(a => !a.TooLarge)
            .DistinctBy(a => a.Box.Id),
    ];

    /// <summary>
    /// Freed hours in all, and what they come to in kroner at a price; the exact hours times the price. Empty when a number is too large.
    /// </summary>
    public static IReadOnlyList<ReportStep> Freed(Gain time, decimal price, ReportLanguage words) =>
        Calculations.Freed(time, price, words["StepFreed"], words["StepWorth"]) is var (hours, worth)
            ? [Printed(hours, words), Printed(worth, words)]
            : [];

    /// <summary>What freed hours come to at a price, as <see cref="Freed"/> prints it; null when it is too large.</summary>
    public static decimal? WorthOf(Gain time, decimal price) => Calculations.Freed(time, price, "", "") is var (_, worth)
        ? PrintedNumber.Round(worth.Result, worth.ResultDecimals)
        : null;

    private static ReportStep Printed(CalculationStep step, ReportLanguage words)
    {
        var rounded = PrintedNumber.Round(step.Result, step.ResultDecimals);
        var number = step.ResultIn(words.Culture);
        var unit = words.Amount(rounded, step.Unit)[words.Number(rounded).Length..];
        return new ReportStep(words.Capital(words.Text(step.Name)), step.ExpressionIn(words.Culture), number + unit);
    }
}

/// <summary>Steps that the figures themselves do not hold.</summary>
internal static class Calculations
{
    /// <summary>The share of all that a count is.</summary>
    public static CalculationStep Share(string name, decimal share, decimal all, decimal count) => Steps.Of(
        new WrittenText(name), Steps.Times(Steps.Number(share), all), count, BenefitFormat.Decimals(count), "");

    /// <summary>A count with minutes for each, in hours; null when that is too large.</summary>
    public static CalculationStep? Hours(string name, decimal count, decimal minutes) =>
        Amount.Multiply(count, minutes) is { } all && all / 60 is var hours
            ? Steps.Of(
                new WrittenText(name), Steps.Over(Steps.Times(Steps.Number(count), minutes), 60), hours, BenefitFormat.Decimals(hours),
                "timer")
            : null;

    /// <summary>Months added up.</summary>
    /// <param name="typed">The numbers that were entered, if they were: the sum is as exact as they are.</param>
    public static CalculationStep Sum(
        string name, IReadOnlyList<decimal> months, decimal sum, string unit, IEnumerable<decimal>? typed = null) =>
        Steps.Of(new WrittenText(name), Steps.Sum(months), sum, BenefitFormat.Decimals(sum, typed ?? []), unit);

    /// <summary>
    /// Hours in all, and the exact hours times the price of one: they are printed with as many decimals as give the printed kroner. Null
    /// when that is too large.
    /// </summary>
    public static (CalculationStep Hours, CalculationStep Worth)? Freed(Gain time, decimal price, string hours, string worth)
    {
        if (time.Parts.Count == 0 || Amount.Sum(time.Parts.Select(p => p.Amount)) is not { } sum) return null;
        var freed = Sum(hours, [.. time.Parts.Select(p => p.Amount)], sum, "timer", time.Typed);
        return Amount.Multiply(sum, price) is { } kroner
            ? (freed, Steps.Of(
                new WrittenText(worth), Steps.Times(Steps.Number(sum), price), kroner, BenefitFormat.Decimals(kroner), "kr."))
            : null;
    }
}
