using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>What a calculation prints gives what it prints as the result.</summary>
public sealed class CalculationTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));
    private static readonly ChainDocument Chain = ChainApply.Apply(ChainDocument.Empty, ChainOperation.Add("d1", ChainKind.Problem,
        (ElementProperty.Text, "Tvister"), (ElementProperty.VolumeLikely, "550"), (ElementProperty.MinutesEach, "109"),
        (ElementProperty.VolumeShare, "0.1")).Changes);

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "Tvister", Unit = "tvister/år", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
        Baseline = Baseline.None with { Value = 550 },
    };

    private static readonly string[] Formulas =
    [
        "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60", "tvister × 2 stk − 7 stk", "d1.timer − tvister × d1.minutter ÷ 60",
        "tvister × tvister ÷ 3", "nulpunkt(tvister) ÷ d1.andel", "-(tvister − nulpunkt(tvister))", "tvister ÷ 7 × 3,3",
    ];

    private static readonly Aggregation[] Aggregations = [Aggregation.Sum, Aggregation.Average, Aggregation.Latest, Aggregation.Whole];

    private static (IndicatorDefinition Definition, IndicatorSeries Series, IReadOnlyList<CalculationStep> Steps) Work(
        string formula, Aggregation aggregation, decimal?[] months, InputBook inputs)
    {
        var definition = new IndicatorDefinition
        {
            Key = "svar", Name = "Svar", Kind = IndicatorKind.Calculated, Formula = formula, Gathering = aggregation,
            Unit = formula.Contains("÷ 60", StringComparison.Ordinal) ? "timer/år" : "sager",
        };
        var measured = MonthlyValues.ByHand(Disputes, [.. months.Select((value, n) => new Measurement(n + 1, "d1",
            (Year.First + n).Begins.AddDays(10), value, null, default, "Freja", "form"))], Year);
        var all = new Dictionary<string, IndicatorDefinition> { ["d1"] = Disputes, ["g1"] = definition };
        var series = new CalculatedSeries(all, new Dictionary<string, IndicatorSeries> { ["d1"] = measured }, inputs, Year);
        var worked = series.Work(default)["g1"];
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["tvister"] = "Tvister", ["svar"] = "Svar" };
        return (definition, worked, new CalculationBuilder(series, words, inputs).Of(definition, worked));
    }

    private static InputBook Changed(decimal minutes, int month) => new(Chain, new Dictionary<InputKey, InputFact>
    {
        [new("d1", InputPart.Minutes)] = new(new("d1", InputPart.Minutes),
        [
            new(1, 109, null, "", null, null, null, default, "Freja", null),
            new(2, minutes, (Year.First + month).First, "", null, null, null, default, "Freja", "Ny måling"),
        ]),
    });

    [Fact]
    public void Whatever_the_months_the_printed_expression_gives_the_printed_result_and_the_last_step_the_figure()
    {
        var month = Gen.OneOf(
            Gen.Const((decimal?)null), Gen.Decimal[0, 900].Select(v => (decimal?)Math.Round(v, 2)), Gen.Int[0, 90].Select(v => (decimal?)v),
            Gen.Const((decimal?)0));
        var aggregation = Gen.Int[0, 3].Select(n => Aggregations[n]);
        var minutes = Gen.Decimal[1, 300].Select(v => Math.Round(v, 1));
        var rows = 0;
        Gen.Select(Gen.Int[0, Formulas.Length - 1].Select(n => Formulas[n]), aggregation, month.Array[12], minutes, Gen.Int[0, 11]).Sample(
            (formula, gathering, months, changed, from) =>
            {
                var (_, series, steps) = Work(formula, gathering, months, from == 0 ? InputBook.Of(Chain) : Changed(changed, from));
                if (series.Value is not { } value)
                {
                    Assert.Empty(steps);
                    return;
                }

                Assert.NotEmpty(steps);
                Assert.True(steps[^1].IsFigure);
                var shown = BenefitFormat.Decimals(value);
                Assert.Equal(
                    PrintedNumber.Write(value, shown, Danish),
                    PrintedNumber.Write(PrintedArithmetic.Calculate(steps[^1].ResultIn(Danish), Danish), shown, Danish));
                foreach (var step in steps)
                {
                    Interlocked.Increment(ref rows);
                    foreach (var language in new[] { Danish, English })
                    {
                        var given = PrintedArithmetic.Calculate(step.ExpressionIn(language), language);
                        Assert.Equal(
                            step.ResultIn(language), PrintedNumber.Write(given, step.ResultDecimals, language));
                    }
                }
            });
        Assert.True(rows > 100);
    }

    [Fact]
    public void The_first_chains_hours_are_shown_with_numbers_of_the_same_months()
    {
        var (_, _, steps) = Work(Formulas[0], Aggregation.Sum, [9, 7, 6, 5, 4, 3, 3, 2, 1, 1, null, null], InputBook.Of(Chain));
        Assert.Equal(
            [
                "nulpunktet for »Tvister«, 10 måneder af et år: 550 × 10 ÷ 12 = 458,33",
                "Tvister: 9 + 7 + 6 + 5 + 4 + 3 + 3 + 2 + 1 + 1 = 41",
                "Svar = (nulpunktet for »Tvister« − Tvister) × minutter for hver (»Tvister«) ÷ 60: (458,33 − 41) × 109 ÷ 60 = 758",
            ],
            steps.Select(s => $"{s.Name.In(Danish)}: {s.ExpressionIn(Danish)} = {s.ResultIn(Danish)}"));
    }

    [Fact]
    public void A_half_that_no_printed_decimals_give_is_calculated_from_the_years_number()
    {
        var (_, series, steps) = Work(Formulas[0], Aggregation.Latest, [0], Changed(54, 0));
        Assert.Equal("41,3", BenefitFormat.Number(series.Value!.Value));
        Assert.Equal(("(550 × 1 ÷ 12 − 0) × 54 ÷ 60", "41,3"), (steps[^1].ExpressionIn(Danish), steps[^1].ResultIn(Danish)));
    }

    [Fact]
    public void A_number_that_changes_within_the_year_is_shown_month_by_month()
    {
        var (_, series, steps) = Work(Formulas[0], Aggregation.Sum, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], Changed(200, 6));
        Assert.Equal(13, steps.Count);
        Assert.Equal("Januar 2026", DanishCapital(steps[0].Name.In(Danish)));
        Assert.Equal(BenefitFormat.Number(series.Value!.Value), steps[^1].ResultIn(Danish));
    }

    [Fact]
    public void A_share_shows_how_many_of_how_many()
    {
        var share = new IndicatorDefinition
        {
            Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Measure = LogMeasure.DocumentedShare, Unit = "%",
            Gathering = Aggregation.Whole,
        };
        var series = new IndicatorSeries([new SeriesPoint(Year.First, 100m * 22 / 48)], 100m * 22 / 48, null, 48)
        {
            Counted = new PartOfWhole(22, 48),
        };
        var step = Assert.Single(new CalculationBuilder(
            new CalculatedSeries(new Dictionary<string, IndicatorDefinition>(), new Dictionary<string, IndicatorSeries>(),
                InputBook.Of(Chain), Year), new Dictionary<string, string>(), InputBook.Of(Chain)).Of(share, series));
        Assert.Equal("22 ÷ 48 × 100 = 45,8", $"{step.ExpressionIn(Danish)} = {step.ResultIn(Danish)}");
    }

    [Fact]
    public void Nine_twelfths_that_end_at_a_half_are_rounded_as_the_printed_expression_is()
    {
        var (_, series, steps) = Work(
            "-(tvister − nulpunkt(tvister))", Aggregation.Sum, [0, 1, 0, 0, 54, 0, null, 0, 9, null, 0, null], Changed(38.6m, 1));
        Assert.Equal(348.5m, series.Value);
        Assert.Equal("349", BenefitFormat.Number(series.Value!.Value));
        Assert.Equal("349", steps[^1].ResultIn(Danish));
    }

    [Fact]
    public void A_result_exactly_between_two_printed_numbers_is_printed_so()
    {
        var (_, series, steps) = Work("d1.timer − tvister × d1.minutter ÷ 60", Aggregation.Whole,
            [7, 0, null, 1, null, null, 45, 0, null, 72, null, null], InputBook.Of(Chain));
        Assert.Equal("273", BenefitFormat.Number(series.Value!.Value));
        Assert.Equal("272,5", steps[^1].ResultIn(Danish));
    }

    [Fact]
    public void Months_are_printed_with_more_decimals_when_their_sum_would_otherwise_miss_the_figure()
    {
        // A square does not add up over the months, so each month is a row; four decimals of each are not enough at this sum.
        decimal?[] months = [1.003m, 2.021m, 3.007m, 1.019m, 2.041m, 1.013m, 2.003m, 1.027m, 3.031m, 1.009m, 2.017m, 1.001m];
        var (_, series, steps) = Work("tvister × tvister ÷ 3", Aggregation.Sum, months, InputBook.Of(Chain));
        Assert.Equal(13, steps.Count);
        Assert.Equal(BenefitFormat.Number(series.Value!.Value), steps[^1].ResultIn(Danish));
    }

    private static CultureInfo Danish => Portal.Platform.Text.DanishFormat.Danish;

    private static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    private static string DanishCapital(string text) => char.ToUpper(text[0], Danish) + text[1..];
}
