using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Features.Benefits;

/// <summary>Which entries count as changes: one that was undone at once does not, every other one does.</summary>
public sealed class TakenBackTests
{
    private static readonly DateTimeOffset Day = new(2026, 8, 10, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Noon = new(2026, 9, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "anna", null, "2,6")]
    [InlineData(16, "anna", null, "2,6 3 2,6")]
    [InlineData(1, "bo", null, "2,6 3 2,6")]
    [InlineData(1, "anna", "Talt igen", "2,6 3 2,6")]
    public void Only_the_writers_own_undo_at_once_to_exactly_what_stood_is_no_change(int minutes, string by, string? note, string kept) =>
        Assert.Equal(kept, Kept(Of(1, 2.6m, -60, "anna"), Of(2, 3m, 0, "anna"), Of(3, 2.6m, minutes, by, note)));

    [Fact]
    public void A_first_number_that_is_undone_leaves_nothing_and_the_next_one_is_the_first() =>
        Assert.Equal("4", Kept(Of(1, 2.6m, 0, "anna"), Of(2, null, 1, "anna"), Of(3, 4m, 2, "anna")));

    [Fact]
    public void Another_number_than_before_or_another_day_is_a_change()
    {
        Assert.Equal("2,6 3 2,5", Kept(Of(1, 2.6m, -60, "anna"), Of(2, 3m, 0, "anna"), Of(3, 2.5m, 1, "anna")));
        var other = Of(2, null, 1, "anna") with { At = Day.AddDays(1) };
        Assert.Equal(2, TakenBack.Without([Of(1, 2.6m, 0, "anna"), other]).Count);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(60, 1)]
    public void The_deviations_leave_out_a_month_that_was_undone_at_once(int minutes, int more)
    {
        var definition = new IndicatorDefinition { Key = "n", Name = "", Kind = IndicatorKind.ByHand, Gathering = Aggregation.Latest };
        int Count(params Measurement[] all) => Deviations.Of(Given.Measured("b", "B", definition) with { Measurements = all }, [],
            new InputBook(ChainDocument.Empty, new Dictionary<InputKey, InputFact>()), Given.Year, Given.Today).Count;
        Assert.Equal(Count() + more, Count(Of(1, 2.6m, 0, "anna"), Of(2, null, minutes, "anna")));
    }

    private static string Kept(params Measurement[] month) => string.Join(' ', TakenBack.Without(month)
        .Select(b => b[0].Value?.ToString(CultureInfo.GetCultureInfo("da-DK")) ?? "-"));

    private static Measurement Of(long id, decimal? value, int minutes, string by, string? note = null) =>
        new(id, "b", Day, value, note, Noon.AddMinutes(minutes), by, "test");
}
