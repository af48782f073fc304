using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Figures;
using Portal.Ingestion.Letters;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class SeriesTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));

    private static Measurement Measured(long id, int month, decimal? value, int day = 1) =>
        new(id, "d1", new DateTimeOffset(2026, month, day, 11, 0, 0, TimeSpan.Zero), value, null, DateTimeOffset.UnixEpoch,
            "Freja", "form");

    private static IndicatorDefinition ByHand(Aggregation aggregation) => new() { Key = "tal", Name = "", Gathering = aggregation };

    [Fact]
    public void A_month_without_a_number_is_a_gap_and_never_zero()
    {
        var series = MonthlyValues.ByHand(
            ByHand(Aggregation.Sum), [Measured(1, 1, 10), Measured(2, 3, 0), Measured(3, 5, 5), Measured(4, 5, null)], Year);
        Assert.Equal([(1, 10m), (3, 0m)], series.Points.Select(p => (p.Month.OfYear, p.Value)));
        Assert.Equal(10, series.Value);
        var nothing = MonthlyValues.ByHand(ByHand(Aggregation.Sum), [], Year);
        Assert.Null(nothing.Value);
        Assert.Equal("ingen data", BenefitFormat.Value(nothing.Value, "timer"));
        Assert.Null(MonthlyValues.Letters(LogMeasure.Failed, LetterCounts.None, Year).Value);
        Assert.Null(MonthlyValues.Letters(LogMeasure.DocumentedShare, LetterCounts.None, Year).Value);
        Assert.Null(MonthlyValues.Volume(new Dictionary<Month, long>(), Year).Value);
    }

    [Fact]
    public void Of_several_numbers_for_a_moment_the_last_entered_counts_and_the_earlier_are_history() =>
        Assert.Equal([8m], MonthlyValues.Current([Measured(2, 1, 8), Measured(1, 1, 10)]).Select(m => m.Value));

    [Theory]
    [InlineData(Aggregation.Sum, 60)]
    [InlineData(Aggregation.Average, 20)]
    [InlineData(Aggregation.Latest, 30)]
    public void Months_are_gathered_as_the_indicator_says(Aggregation aggregation, int value) =>
        Assert.Equal(
            value, MonthlyValues.ByHand(ByHand(aggregation), [Measured(1, 2, 10), Measured(2, 5, 20), Measured(3, 9, 30)], Year).Value);

    [Fact]
    public void A_sum_is_compared_with_as_many_twelfths_of_a_years_baseline_as_months_were_measured()
    {
        var indicator =
            ByHand(Aggregation.Sum) with { Better = BetterWhen.Lower, Baseline = Baseline.None with { Value = 1200 }, Target = 0 };
        var standing = TargetProgress.Of(indicator,
            MonthlyValues.ByHand(indicator, [Measured(1, 1, 90), Measured(2, 2, 90), Measured(3, 4, 90)], Year), Year,
            new DateOnly(2026, 5, 1));
        Assert.Equal((300m, 0m, 1200m, 0m), (standing.BaselineSoFar, standing.TargetSoFar, standing.Baseline, standing.Target));
        Assert.Equal(BenefitState.Behind, standing.State);
    }

    [Theory]
    [InlineData(5, BenefitState.Reached)]
    [InlineData(10, BenefitState.Reached)]
    [InlineData(95, BenefitState.OnTrack)]
    [InlineData(100, BenefitState.Unchanged)]
    [InlineData(101, BenefitState.Worse)]
    public void A_state_says_how_far_a_benefit_has_come(int value, BenefitState state)
    {
        var indicator = ByHand(Aggregation.Latest) with { Better = BetterWhen.Lower, Baseline = Baseline.None with { Value = 100 },
            Target = 10, EffectFrom = new DateOnly(2026, 1, 1), TargetOn = new DateOnly(2026, 12, 31) };
        Assert.Equal(state,
            TargetProgress.Of(indicator, MonthlyValues.ByHand(indicator, [Measured(1, 1, value)], Year), Year, new DateOnly(2026, 2, 1))
                .State);
    }

    [Fact]
    public void Spans_are_in_order_and_begin_where_they_say() =>
        Gen.Int[0, 400_000].Sample(minutes =>
        {
            var span = ArrivalSpan.Of(TimeSpan.FromMinutes(minutes));
            return ArrivalSpan.MinutesOf(span) <= minutes && ArrivalSpan.Of(TimeSpan.FromMinutes(ArrivalSpan.MinutesOf(span))) == span
                && ArrivalSpan.Of(TimeSpan.FromMinutes(minutes + 1)) >= span
                && (minutes >= 240 || ArrivalSpan.MinutesOf(span) == minutes);
        });

    [Fact]
    public void A_percentile_is_the_value_that_the_share_lies_at_or_under() =>
        Gen.Select(Gen.Int[0, 239].Array[1, 60], Gen.Double[0.01, 1]).Sample((minutes, share) =>
        {
            var counts = minutes.GroupBy(m => ArrivalSpan.Of(TimeSpan.FromMinutes(m))).Select(g => (g.Key, (long)g.Count()));
            var expected = minutes.Order().First(m => minutes.Count(other => other <= m) + 1e-6 >= minutes.Length * share);
            return ArrivalSpan.Percentile(counts, share) == TimeSpan.FromMinutes(expected);
        });

    [Fact]
    public void Without_any_there_is_no_percentile_and_a_clock_that_ran_behind_counts_as_none()
    {
        Assert.Null(ArrivalSpan.Percentile([], 0.5));
        Assert.Equal(0, ArrivalSpan.Of(TimeSpan.FromMinutes(-7)));
    }

    [Fact]
    public void Numbers_are_written_as_danes_write_them()
    {
        Assert.Equal("925 t", BenefitFormat.Value(924.68m, "timer/år"));
        Assert.Equal("98,6 %", BenefitFormat.Value(98.6m, "%"));
        Assert.Equal("1.000 kr.", BenefitFormat.Value(1000m, "kr."));
        Assert.Equal("41 tvister", BenefitFormat.Value(41m, "tvister/år"));
    }

    [Theory]
    [InlineData(1, "tvister/år", "1 tvist", "1 dispute")]
    [InlineData(2, "tvister om året", "2 tvister", "2 disputes")]
    [InlineData(0, "tvist", "0 tvister", "0 disputes")]
    [InlineData(1.04, "breve/måned", "1 brev", "1 letter")]
    [InlineData(-1, "sager", "−1 sag", "−1 case")]
    [InlineData(1.5, "messages", "1,5 beskeder", "1.5 messages")]
    [InlineData(1, "timer/år", "1 t", "1 h")]
    [InlineData(1, "opkald", "1 opkald", "1 call")]
    [InlineData(1, "skemaer/år", "1 skemaer", "1 skemaer")]
    [InlineData(1, "", "1", "1")]
    public void Units_agree_with_their_number_in_both_languages_and_unknown_ones_are_as_written(
        double number, string unit, string danish, string english)
    {
        Assert.Equal(danish, BenefitFormat.Value((decimal)number, unit));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            Assert.Equal(english, BenefitFormat.Localized((decimal)number, unit));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("tvister/år", "1", "tvist/år")]
    [InlineData("Timer om året", "1", "Time om året")]
    [InlineData("time/år", "1.000", "timer/år")]
    [InlineData("letters/year", "1", "letter/year")]
    [InlineData("letter/year", "2", "letters/year")]
    [InlineData("%", "1", "%")]
    public void A_unit_in_a_box_agrees_in_the_language_it_was_written_in(string unit, string shown, string text) =>
        Assert.Equal(text, UnitWord.Written(unit, shown));

    [Fact]
    public void Letters_are_counted_by_verdict_over_all_months_at_once()
    {
        var counts = new LetterCounts([(Month.Of(2026, 1), Verdict.Delivered.ToWire(), 10, 3), (Month.Of(2026, 1), Verdict.Failed.ToWire(),
            0, 1), (Month.Of(2026, 2), Verdict.Delivered.ToWire(), 20, 6), (Month.Of(2026, 2), StoredLetterTally.Opened, 0, 5)]);
        var share = MonthlyValues.Letters(LogMeasure.DocumentedShare, counts, Year);
        Assert.Equal([75m, 100m], share.Points.Select(p => p.Value));
        Assert.Equal((90m, 10L), (share.Value, share.Basis));
        Assert.Equal(5, MonthlyValues.Letters(LogMeasure.FollowUpsOpened, counts, Year).Value);
    }
}
