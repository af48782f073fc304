using CsCheck;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>A target stands as it was agreed, and only the whole of it counts as reached.</summary>
public sealed class TargetProgressTests
{
    private static readonly Period Year = new(Month.Of(2026, 1), Month.Of(2026, 12));
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly IndicatorDefinition Hours = new()
    {
        Key = "timer", Name = "Frigjort tid", Unit = "timer/år", Gathering = Aggregation.Sum, Baseline = Baseline.None with { Value = 0 },
        Target = 30, TargetOn = new DateOnly(2026, 12, 31), EffectFrom = new DateOnly(2026, 1, 1),
    };

    private static TargetProgress Of(IndicatorDefinition indicator, params decimal[] months) => Of(indicator, Year, months);

    private static TargetProgress Of(IndicatorDefinition indicator, Period period, params decimal[] months)
    {
        var points = months.Select((value, n) => new SeriesPoint(period.First + n, value)).ToList();
        return TargetProgress.Of(indicator, MonthlyValues.Aggregated(indicator.Gathering, points, null), period, Today);
    }

    [Fact]
    public void Four_months_of_a_years_target_are_on_the_way_and_not_there()
    {
        var standing = Of(Hours, 2.5m, 3, 2.8m, 2.9m);
        Assert.Equal((BenefitState.OnTrack, 30m, 11.2m), (standing.State, standing.Target, standing.Achieved));
        Assert.Equal((4, 12, 10m), (standing.Measured, standing.Due, standing.TargetSoFar));
        Assert.Equal(BenefitState.Reached, Of(Hours, 20, 11).State);
    }

    [Fact]
    public void A_target_that_was_lowered_on_the_way_is_held_against_the_months_as_it_was_in_each()
    {
        // 120 hours a year until June, 60 from July on: six months of 10 and two of 5.
        var points = Enumerable.Range(0, 8).Select(n => new SeriesPoint(Year.First + n, 6.2m)).ToList();
        var series = MonthlyValues.Aggregated(Aggregation.Sum, points, null);
        var room = new TargetRoom { TargetIn = month => month < Year.First + 6 ? 120 : 60 };
        var lowered = Hours with { Target = 60 };
        var standing = TargetProgress.Of(lowered, series, Year, Today, room);
        Assert.Equal((70m, BenefitState.Behind), (standing.TargetSoFar, standing.State));
        Assert.Equal(BenefitState.OnTrack, TargetProgress.Of(lowered, series, Year, Today).State);
    }

    [Fact]
    public void A_benefit_is_not_on_its_way_to_a_target_beyond_its_own_numbers_and_is_forecast_within_them()
    {
        var points = new[] { 2m, 3m, 4m, 3m }.Select((value, n) => new SeriesPoint(Year.First + n, value)).ToList();
        var series = MonthlyValues.Aggregated(Aggregation.Sum, points, null);
        var beyond = TargetProgress.Of(Hours, series, Year, Today, new TargetRoom { Limit = 25 });
        Assert.Equal((BenefitState.Behind, 25m), (beyond.State, beyond.Forecast!.High));

        // A target is agreed in round numbers.
        Assert.Equal(BenefitState.OnTrack, TargetProgress.Of(Hours, series, Year, Today, new TargetRoom { Limit = 29.9m }).State);
    }

    [Fact]
    public void A_year_in_which_less_is_better_is_only_known_when_all_of_it_is_measured()
    {
        var disputes = Hours with { Better = BetterWhen.Lower, Target = 60, Baseline = Baseline.None with { Value = 550 } };
        Assert.Equal(BenefitState.OnTrack, Of(disputes, 4, 4, 4).State);
        Assert.Equal(BenefitState.Reached, Of(disputes, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4).State);
        Assert.Equal(BenefitState.Behind, Of(disputes, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40).State);
    }

    [Fact]
    public void Of_a_longer_period_the_last_twelve_months_are_held_against_the_target()
    {
        var standing = Of(Hours, new Period(Month.Of(2025, 1), Month.Of(2026, 12)),
            [.. Enumerable.Repeat(10m, 12), .. Enumerable.Repeat(1m, 12)]);
        Assert.Equal((12m, 30m, BenefitState.Behind), (standing.Achieved, standing.Target, standing.State));
    }

    [Fact]
    public void A_target_whose_day_has_passed_is_missed_until_it_is_met_and_worse_than_before_is_worse()
    {
        var late = Hours with { TargetOn = new DateOnly(2026, 10, 31) };
        Assert.Equal(BenefitState.Missed, Of(late, 1, 1).State);
        Assert.Equal(BenefitState.Reached, Of(late, 15, 15).State);
        Assert.Equal(BenefitState.Worse, Of(late, -1, -1).State);
        Assert.Equal(BenefitState.Missed, Of(late with { Baseline = Baseline.None }, 1).State);
        Assert.Equal(BenefitState.Unchanged, Of(Hours, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).State);
    }

    [Fact]
    public void The_target_never_becomes_easier_by_measuring_less()
    {
        var month = Gen.Decimal[0, 1_000].Select(v => Math.Round(v, 2));
        Gen.Select(month.Array[1, 12], Gen.Decimal[1, 5_000], Gen.Bool).Sample((months, target, lower) =>
        {
            var indicator = Hours with { Target = Math.Round(target, 2), Better = lower ? BetterWhen.Lower : BetterWhen.Higher };
            var standing = Of(indicator, months);
            Assert.Equal(indicator.Target, standing.Target);
            if (standing.State != BenefitState.Reached) return;
            Assert.True(lower ? months.Length == 12 && months.Sum() <= indicator.Target : months.Sum() >= indicator.Target);
        });
    }

    [Fact]
    public void A_forecast_fills_the_missing_months_with_the_measured_ones_and_is_a_range()
    {
        var forecast = Of(Hours, 2, 3, 4).Forecast!;
        Assert.Equal((9 + (9 * 2m), 9 + (9 * 3m), 9 + (9 * 4m)), (forecast.Low, forecast.Likely, forecast.High));
        Assert.Equal((ForecastRule.RestOfYear, 9, 3m, 9m), (forecast.Rule, forecast.Months, forecast.PerMonth, forecast.From));
        Assert.Null(Of(Hours, 2, 3).Forecast);
        Assert.Null(Of(Hours, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1).Forecast);
        Assert.Null(Of(Hours with { Target = null }, 2, 3, 4).Forecast);
    }

    [Fact]
    public void A_share_goes_on_at_its_pace_to_the_targets_day_and_never_past_a_hundred_percent()
    {
        var share = Hours with { Gathering = Aggregation.Latest, Unit = "%", Target = 100, TargetOn = new DateOnly(2027, 3, 31) };
        var forecast = Of(share, 40, 45, 50).Forecast!;
        Assert.Equal((50m, 100m, 100m, ForecastRule.SamePace), (forecast.Low, forecast.Likely, forecast.High, forecast.Rule));
        var falling = Of(share, 50, 45, 40).Forecast!;
        Assert.Equal((0m, 40m), (falling.Low, falling.High));
        Assert.Null(Of(share with { TargetOn = Today }, 40, 45, 50).Forecast);
    }

    [Fact]
    public void A_forecast_lies_between_its_ends_whatever_the_months()
    {
        var month = Gen.Decimal[-1_000_000, 1_000_000].Select(v => Math.Round(v, 3));
        Gen.Select(month.Array[3, 11], Gen.Bool).Sample((months, sum) =>
        {
            var indicator = Hours with { Gathering = sum ? Aggregation.Sum : Aggregation.Latest, TargetOn = new DateOnly(2027, 12, 31) };
            if (Of(indicator, months).Forecast is not { } forecast) return;
            Assert.InRange(forecast.Likely, forecast.Low, forecast.High);
        });
    }
}
