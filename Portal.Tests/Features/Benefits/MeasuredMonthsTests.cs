using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Ingestion.Domain.Time;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>In how many months a benefit is measured: one rule for the page, the report and the workbook. As of 24 November.</summary>
public sealed class MeasuredMonthsTests
{
    private static readonly decimal?[] TenMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    private static readonly IndicatorDefinition Level = new()
    {
        Key = "antal", Name = "", Kind = IndicatorKind.ByHand, Unit = "", Gathering = Aggregation.Average,
    };

    private static (int Measured, int Due, MeasuredUnit Unit)? Of(IndicatorDefinition definition, params decimal?[] months) =>
        MeasuredMonths.Of(Given.Measured("b", "B", definition, months), Given.Year, Given.Today) is { } found
            ? (found.Measured, found.Due, found.Unit)
            : null;

    [Fact]
    public void A_target_a_year_is_measured_against_the_years_twelve_months_in_a_shorter_period_too()
    {
        var sum = Level with { Unit = "timer/år", Gathering = Aggregation.Sum };
        Assert.Equal((10, 12, MeasuredUnit.MonthsOfYear), Of(sum, TenMonths));
        var months = MeasuredMonths.Of(
            Given.Measured("b", "B", sum, TenMonths), new Period(Month.Of(2026, 7), Month.Of(2026, 10)), Given.Today)!;
        Assert.Equal((12, MeasuredUnit.MonthsOfYear), (months.Due, months.Unit));
    }

    [Fact]
    public void Anything_else_is_measured_in_the_months_in_which_it_is_due_and_the_present_one_when_it_has_a_number()
    {
        Assert.Equal((10, 10, MeasuredUnit.Months), Of(Level, TenMonths));
        Assert.Equal((11, 11, MeasuredUnit.Months), Of(Level, [.. TenMonths, 11]));
        Assert.Equal((1, 11, MeasuredUnit.Months), Of(Level, [.. new decimal?[10], 11]));
        var later = Level with { EffectFrom = new DateOnly(2026, 6, 1) };
        Assert.Equal((2, 5, MeasuredUnit.MonthsOfEffect), Of(later, 1, null, null, null, null, 6, 7));
        Assert.Equal((0, 5, MeasuredUnit.MonthsOfEffect), Of(later, 1));
    }

    [Fact]
    public void What_is_measured_more_seldom_is_counted_in_times_and_what_has_no_number_in_nothing()
    {
        Assert.Equal((2, 2, MeasuredUnit.Times), Of(Level with { Every = MeasuringRhythm.HalfYear }, [.. TenMonths[..1], null, null, 4]));
        Assert.Equal((1, 3, MeasuredUnit.Times), Of(Level with { Every = MeasuringRhythm.Quarter }, 1));
        Assert.Null(Of(Level));
        Assert.Null(Of(Level with { Kind = IndicatorKind.Described }, 1));
    }
}
