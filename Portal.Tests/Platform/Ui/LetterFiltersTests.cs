using Portal.Ingestion.Letters;
using Portal.Platform.Ui;
using Xunit;

namespace Portal.Tests.Platform.Ui;

/// <summary>The filter of letters as addresses have it.</summary>
public sealed class LetterFiltersTests
{
    private static (LetterFilters Filters, string? Wrong) Read(string query)
    {
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        return LetterFilters.Read(values.GetValueOrDefault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("verdict=handed-to-post")]
    [InlineData("verdict=evidence-missing&from=2026-10-01&to=2026-10-31")]
    [InlineData("from=2026-10-01")]
    [InlineData("kind=presumed")]
    [InlineData("verdict=delivered&to=2026-02-28&kind=none")]
    public void An_address_is_read_as_it_is_written(string query)
    {
        var (filters, wrong) = Read(query);
        Assert.Null(wrong);
        Assert.Equal(query, filters.QueryString);
        Assert.Equal(query.Length == 0, filters.IsEmpty);
        Assert.Equal(query.Length == 0 ? "/sager" : $"/sager?{query}", PortalUrls.LettersWith(filters));
    }

    [Fact]
    public void Every_verdict_and_kind_has_a_name()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
            Assert.Equal(verdict, Read(new LetterFilters(verdict).QueryString).Filters.Verdict);
        foreach (var kind in Enum.GetValues<AppealKind>())
            Assert.Equal(kind, Read(new LetterFilters(Kind: kind).QueryString).Filters.Kind);
    }

    [Theory]
    [InlineData("verdict=afleveret", "verdict")]
    [InlineData("from=31-10-2026", "from")]
    [InlineData("from=2026-02-29", "from")]
    [InlineData("to=0001-01-01", "to")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("from=0001-01-01T00:00:00Z", "from")]
    [InlineData("to=9999-12-31T23:59:59Z", "to")]
    [InlineData("kind=Presumed", "kind")]
    public void A_wrong_value_is_named_and_left_out(string query, string field)
    {
        var (filters, wrong) = Read(query);
        Assert.Equal(field, wrong);
        Assert.True(filters.IsEmpty);
    }

    [Fact]
    public void Both_days_are_whole_and_copenhagens()
    {
        var query = new LetterFilters(From: new DateOnly(2026, 10, 25), To: new DateOnly(2026, 10, 25)).Query;

        // Summer time ends on this day: it has 25 hours.
        Assert.Equal(new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), query.From);
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 23, 0, 0, TimeSpan.Zero), query.To);
    }

    [Fact]
    public void A_moment_as_the_api_takes_is_its_day_and_an_end_is_exclusive()
    {
        var (filters, wrong) = Read("from=2026-09-30T22:00:00Z&to=2026-10-31T23:00:00Z");
        Assert.Null(wrong);
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31)), (filters.From, filters.To));
    }

    [Theory]
    [InlineData(2026, 12, 31, "from=2026-12-01&to=2026-12-31")]
    [InlineData(2024, 2, 29, "from=2024-02-01&to=2024-02-29")]
    public void A_month_is_from_its_first_day_to_its_last(int year, int month, int day, string query) =>
        Assert.Equal(query, new LetterFilters().InMonthOf(new DateOnly(year, month, day)).QueryString);

    [Fact]
    public void A_period_that_ends_before_it_begins_is_told() =>
        Assert.True(new LetterFilters(From: new DateOnly(2026, 2, 1), To: new DateOnly(2026, 1, 1)).IsBackwards);
}
