using System.Globalization;
using CsCheck;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Page;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>Numbers that were typed, and what came of them, are shown with all their decimals wherever they are shown.</summary>
public sealed class ExactnessTests
{
    private static readonly Gen<decimal> Typed =
        Gen.Decimal[-100_000, 100_000].Select(Gen.Int[0, 4], (value, decimals) => decimal.Round(value, decimals));

    private static readonly IndicatorDefinition New =
        new() { Key = "x", Name = "", Gathering = Aggregation.Latest, Better = BetterWhen.Higher };

    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    [Fact]
    public void A_sum_of_typed_numbers_is_as_exact_as_they_are_and_anything_longer_is_rounded()
    {
        Assert.Equal("6.666,5 t", BenefitFormat.AsTyped(Danish, 6666.5m, "timer", [6000.5m, 666m]));
        Assert.Equal("33,75 t", BenefitFormat.AsTyped(Danish, 33.75m, "timer", [11.25m, 22.5m]));
        Assert.Equal("6.667 t", BenefitFormat.AsTyped(Danish, 6666.5m, "timer", [6000m]));
        Assert.Equal("33,8 t", BenefitFormat.AsTyped(Danish, 33.75m, "timer", []));
    }

    [Fact]
    public void What_is_agreed_is_shown_as_it_was_agreed()
    {
        var agreed = new IndicatorDefinition { Key = "x", Name = "", Unit = "timer/år", Target = 6666.5m, Gathering = Aggregation.Sum };
        Assert.Equal("6.666,5 t", BenefitFormat.Agreed(Danish, agreed, agreed.Target));
        Assert.Equal("2.222 t", BenefitFormat.Agreed(Danish, agreed, agreed.Target / 3));
    }

    [Theory]
    [InlineData("timer/år", 820.25, 980.5, "820,25–980,5 t")]
    [InlineData("kr.", 412.5, 12345.75, "412,50–12.345,75 kr.")]
    [InlineData("kr.", 450, 450, "450 kr.")]
    [InlineData("timer/år", 908.3333333333, 1090, "908,3333333333–1.090 t")]
    public void An_expected_range_is_shown_as_it_was_typed_on_the_page_and_in_the_report(
        string unit, decimal low, decimal high, string shown)
    {
        var agreed = new IndicatorDefinition { Key = "x", Name = "", Unit = unit, Low = low, High = high, Gathering = Aggregation.Sum };
        Assert.Equal(shown, BenefitFormat.AgreedRange(Danish, agreed, low, high));
        var figure = Portal.Tests.Features.Reports.Given.Measured("b", "B", agreed);
        Assert.Equal(
            shown, Portal.Features.Reports.ReportRows.ExpectedRange(figure, new Portal.Features.Reports.Documents.ReportLanguage(Danish)));
    }

    [Fact]
    public void A_number_that_came_of_typed_ones_is_printed_with_the_decimals_it_is_shown_with() =>
        Typed.Array[1, 12].Sample(typed =>
        {
            var sum = typed.Sum();
            var shown = BenefitFormat.AsTyped(CultureInfo.InvariantCulture, sum, "", typed);
            var printed = Math.Round(sum, BenefitFormat.Decimals(sum, typed), MidpointRounding.AwayFromZero);
            Assert.Equal(sum, printed);
            Assert.Equal(sum, decimal.Parse(shown.Replace("−", "-", StringComparison.Ordinal), Danish));
        });

    [Theory]
    [InlineData("timer/år", Aggregation.Sum, BenefitForm.Time)]
    [InlineData("tvister/år", Aggregation.Sum, BenefitForm.Quality)]
    [InlineData("%", Aggregation.Latest, BenefitForm.Quality)]
    public void A_unit_a_year_is_added_up_and_hours_a_year_are_freed_time(string unit, Aggregation gathering, BenefitForm form)
    {
        var draft = IndicatorDraft.Of(New);
        draft.Unit = unit;
        draft.FollowUnit();
        Assert.Equal((gathering, form), (draft.Gathering, draft.Form));
    }

    [Fact]
    public void What_the_person_has_chosen_stays_when_the_unit_is_typed()
    {
        var draft = IndicatorDraft.Of(New);
        (draft.Gathering, draft.Form, draft.Unit) = (Aggregation.Average, BenefitForm.ForOthers, "timer/år");
        draft.FollowUnit();
        Assert.Equal((Aggregation.Average, BenefitForm.ForOthers), (draft.Gathering, draft.Form));
    }
}
