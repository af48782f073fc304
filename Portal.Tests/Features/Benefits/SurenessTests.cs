using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>How sure a figure is, by a rule that can be read.</summary>
public sealed class SurenessTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly IndicatorDefinition Counted = new()
    {
        Key = "bevis", Name = "", Kind = IndicatorKind.Counted, Measure = LogMeasure.DocumentedShare, Unit = "%",
        Gathering = Aggregation.Whole,
    };

    private static IndicatorSeries Months(int count, decimal value = 50, PartOfWhole? counted = null, int from = 0) =>
        new([.. Enumerable.Range(from, count).Select(n => new SeriesPoint(Year.First + n, value + n))], value, null, null)
        {
            Counted = counted,
        };

    private static Sureness Of(IndicatorDefinition indicator, IndicatorSeries series, bool locked = true,
        (string, Sureness)[]? inputs = null, InputFact[]? agreed = null) =>
        SurenessRule.Of(indicator, series, Year, Today, locked, inputs ?? [], agreed ?? []);

    [Theory]
    [InlineData(2, SurenessLevel.Unsure)]
    [InlineData(29, SurenessLevel.Unsure)]
    [InlineData(30, SurenessLevel.Fair)]
    [InlineData(99, SurenessLevel.Fair)]
    [InlineData(100, SurenessLevel.Sure)]
    public void A_share_of_few_letters_is_unsure(int letters, SurenessLevel level) =>
        Assert.Equal(level, Of(Counted, Months(10, counted: new PartOfWhole(letters, letters))).Level);

    [Theory]
    [InlineData(10, SurenessLevel.Sure)]
    [InlineData(9, SurenessLevel.Fair)]
    [InlineData(5, SurenessLevel.Fair)]
    [InlineData(4, SurenessLevel.Unsure)]
    public void A_figure_is_less_sure_the_more_of_its_ended_months_are_missing(int measured, SurenessLevel level)
    {
        var first = 10 - measured;
        Assert.Equal(level, Of(Counted, Months(measured, counted: new PartOfWhole(500, 1000), from: first)).Level);
    }

    [Fact]
    public void What_people_enter_is_at_most_fairly_sure_and_an_old_number_unsure()
    {
        var byHand = Counted with { Kind = IndicatorKind.ByHand, Gathering = Aggregation.Sum };
        var fair = Of(byHand, Months(10));
        Assert.Equal((SurenessLevel.Fair, "indtastet ved håndkraft"), (fair.Level, Assert.Single(fair.Reasons).Danish));
        var old = Of(byHand, Months(8));
        Assert.Equal(SurenessLevel.Unsure, old.Level);
        Assert.Contains(old.Reasons, r => r.Danish == "det seneste tal er for august 2026");
        Assert.Contains(
            old.Reasons, r => r.In(System.Globalization.CultureInfo.GetCultureInfo("en")) == "the latest figure is for August 2026");
    }

    [Fact]
    public void A_figure_is_no_surer_than_what_it_is_calculated_from()
    {
        var calculated = Counted with { Kind = IndicatorKind.Calculated, Formula = "x" };
        var unsure = new Sureness(SurenessLevel.Unsure, []);
        Assert.Equal(SurenessLevel.Unsure, Of(calculated, Months(10), inputs: [("Tvister", unsure)]).Level);
        var agreed = new InputFact(
            new("d1", InputPart.Minutes), [new(1, 109, null, "", null, null, null, DateTimeOffset.UnixEpoch, "Freja", null)]);
        Assert.Equal("minutter for hver har ingen kilde", Assert.Single(Of(calculated, Months(10), agreed: [agreed]).Reasons).Danish);
    }

    [Fact]
    public void An_open_baseline_without_source_and_swinging_months_are_said()
    {
        var measured = Counted with { Baseline = Baseline.None with { Value = 4 } };
        var reasons = Of(measured, Months(10, 1, new PartOfWhole(500, 1000)), locked: false).Reasons.Select(r => r.Key);
        Assert.Equal(["WhyBaselineOpen", "WhyBaselineSource", "WhySpread"], reasons);
    }

    [Fact]
    public void The_rule_can_be_read_in_both_languages()
    {
        Assert.All(SurenessRule.Words, word => Assert.NotEmpty(word.Danish));
        Assert.Contains("100", SurenessRule.Words[1].In(System.Globalization.CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }
}
