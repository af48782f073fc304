using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2011-04-24")]
    [InlineData("2023-04-09")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2038-04-25")]
    public void Easter_falls_where_the_almanac_says(string day) => Assert.Equal(Day(day), DanishCalendar.Easter(Day(day).Year));

    [Theory]
    [InlineData("2023-05-05", false)] // store bededag, the last one
    [InlineData("2024-04-26", true)] // store bededag would have been
    [InlineData("2024-05-09", false)] // Kristi himmelfart
    [InlineData("2024-05-10", true)]
    [InlineData("2024-05-20", false)] // 2. pinsedag
    [InlineData("2024-06-05", false)]
    [InlineData("2024-12-24", false)]
    [InlineData("2024-12-27", true)]
    [InlineData("2024-12-31", false)]
    [InlineData("2025-04-17", false)] // skærtorsdag
    [InlineData("2025-04-16", true)]
    [InlineData("2025-04-19", false)]
    public void Working_days_are_as_the_law_says(string day, bool working) => Assert.Equal(working, DanishCalendar.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2024-12-23", 1, "2024-12-27")]
    [InlineData("2024-12-20", 5, "2025-01-03")]
    [InlineData("2024-06-04", 1, "2024-06-06")]
    [InlineData("2024-06-08", 5, "2024-06-14")]
    public void A_physical_deadline_ends_the_nth_working_day_after_the_day_of_sending(string from, int n, string to) =>
        Assert.Equal(
            DanishTime.EndOf(Day(to)), PhysicalDeadline.Of(DanishTime.FromLocal(Day(from).ToDateTime(new TimeOnly(12, 0))), n));

    [Theory]
    [InlineData("2023-02-13", "P28D", "2023-03-13")]
    [InlineData("2023-02-13", "P4W", "2023-03-13")]
    [InlineData("2023-03-09", "P28D", "2023-04-11")] // skærtorsdag to the day after 2. påskedag
    [InlineData("2024-05-08", "P28D", "2024-06-06")] // 5 June
    [InlineData("2024-11-26", "P28D", "2024-12-27")] // 24 December
    [InlineData("2023-01-31", "P1M", "2023-02-28")]
    [InlineData("2023-01-15", "P1M", "2023-02-15")]
    [InlineData("2024-02-29", "P1Y", "2025-02-28")]
    public void The_last_day_to_appeal_is_counted_and_moved(string arrival, string period, string last)
    {
        Assert.True(AppealPeriod.TryParse(period, out var parsed));
        Assert.Equal(Day(last), parsed.LastDay(Day(arrival), ClosedDays.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("28")]
    [InlineData("P0D")]
    [InlineData("PT5H")]
    [InlineData("P-3D")]
    public void What_is_no_period_is_refused(string text) => Assert.False(AppealPeriod.TryParse(text, out _));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
