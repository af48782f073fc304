using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;
using Xunit;

namespace Portal.Tests.Platform.Text;

/// <summary>A text of the rules writes numbers and dates in the language that it is asked for in.</summary>
public sealed class LanguageNotationTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void A_number_in_a_text_has_the_separators_of_the_texts_language()
    {
        var text = ProblemTexts.Of("NumberTooLarge", 1_000_000m);
        Assert.Contains("1.000.000", text.Danish, StringComparison.Ordinal);
        Assert.Contains("1,000,000", text.In(English), StringComparison.Ordinal);
        Assert.Contains("1,5", FigureTexts.Of("StepMonth", 1.5m).Danish, StringComparison.Ordinal);
        Assert.Contains("1.5", FigureTexts.Of("StepMonth", 1.5m).In(English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_in_a_text_cannot_be_read_as_another_day()
    {
        var day = new DateOnly(2026, 11, 3);
        var text = FigureTexts.Of("FromDay", day);
        Assert.Equal(("fra 03.11.2026", "from 3 November 2026"), (text.Danish, text.In(English)));
        var moment = FigureTexts.Of("FromDay", new DateTimeOffset(2026, 11, 2, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(("fra 03.11.2026", "from 3 November 2026"), (moment.Danish, moment.In(English)));
    }

    [Theory]
    [InlineData("en", "Wednesday 23 December 2026", "23 December", "23 December 2026", "23 December 2026 04:56:07", "04:56")]
    [InlineData("da", "onsdag 23. december 2026", "23. december", "23. december 2026", "23.12.2026 04:56:07", "04.56")]
    public void A_page_writes_days_and_clocks_in_its_own_language(
        string language, string longDate, string inYear, string ofYear, string moment, string clock)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var (at, day) = (new DateTimeOffset(2026, 12, 23, 3, 56, 7, TimeSpan.Zero), new DateOnly(2026, 12, 23));
            Assert.Equal(
                (longDate, inYear, ofYear, moment, clock),
                (LanguageFormat.PageLongDate(day), LanguageFormat.PageDayOfYear(day, day),
                    LanguageFormat.PageDayOfYear(day, new DateOnly(2027, 1, 1)), LanguageFormat.PageSent(at),
                    LanguageFormat.PageClock(at)));
            Assert.Equal(
                LanguageFormat.PageDate(day), LanguageFormat.PageDeadline(DanishFormat.StartOf(new DateOnly(2026, 12, 24))));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_text_within_a_text_follows_the_same_language()
    {
        var text = FigureTexts.Of(
            "WithReason", new JoinedText([new AmountText(1358, "kr."), FigureTexts.Of("FromDay", new DateOnly(2026, 3, 4))]));
        Assert.Equal("Begrundelse: 1.358 kr.; fra 04.03.2026", text.Danish);
        Assert.EndsWith("1,358 kr.; from 4 March 2026", text.In(English), StringComparison.Ordinal);
    }
}
