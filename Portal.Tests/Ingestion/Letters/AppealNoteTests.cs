using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Settings;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>The last day to appeal, proven and presumed.</summary>
public sealed class AppealNoteTests
{
    private static readonly PortalSettings Settings = new();

    // Any day and time of 1990 to 2060 in Copenhagen, the nights included in which the clock is moved.
    private static readonly Gen<DateTimeOffset> Moment = Gen.Select(
        Gen.Int[0, 25_900], Gen.Int[0, (24 * 60) - 1],
        (day, minute) => DanishTime.FromLocal(new DateTime(1990, 1, 1).AddDays(day).AddMinutes(minute)));

    [Fact]
    public void The_public_holidays_are_those_of_an_independent_calendar_from_1990_to_2060()
    {
        var other = new PublicHoliday.DenmarkPublicHoliday();
        for (var year = 1990; year <= 2060; year++)
        {
            Assert.Equal(
                other.PublicHolidays(year).Select(DateOnly.FromDateTime).Distinct().Where(d => !IsNoPublicHoliday(d)).Order(),
                DanishCalendar.Holidays(year).Select(h => h.Day).Distinct().Order());
        }
    }

    [Theory]
    [InlineData("2026-03-02", null, "2026-03-10")] // Monday, six working days: Tuesday to Tuesday
    [InlineData("2026-03-02", "quickbrev ekspres", "2026-03-04")]
    [InlineData("2026-03-27", null, "2026-04-09")] // over påske
    [InlineData("2026-12-22", "Quickbrev", "2026-12-28")] // 24 to 26 December are no working days
    public void An_ordinary_letter_is_presumed_to_arrive_after_six_working_days_and_a_quick_one_after_two(
        string posted, string? category, string arrival) =>
        Assert.Equal(
            DateOnly.Parse(arrival, System.Globalization.CultureInfo.InvariantCulture),
            PresumedArrival.Standard.DayOf(Noon(posted), category));

    [Fact]
    public void Saturdays_count_only_when_configured_and_never_a_holiday()
    {
        Assert.Equal(new DateOnly(2026, 3, 9), (PresumedArrival.Standard with { SaturdayCounts = true }).DayOf(Noon("2026-03-02"), null));

        // 26 December 2026 is a Saturday and a holiday.
        Assert.Equal(
            new DateOnly(2026, 12, 29),
            (PresumedArrival.Standard with { SaturdayCounts = true, QuickWorkingDays = 3 }).DayOf(Noon("2026-12-22"), "Quick"));
    }

    [Fact]
    public void A_presumed_day_counts_the_days_one_by_one_from_the_day_after_the_posting() =>
        Gen.Select(Moment, Gen.Int[1, 12], Gen.Bool).Sample((posted, days, saturdays) =>
        {
            var arrival = new PresumedArrival(days, 2, saturdays).DayOf(posted, null)!.Value;
            var counted = Enumerable.Range(1, arrival.DayNumber - DanishTime.DateOf(posted).DayNumber)
                .Select(n => DanishTime.DateOf(posted).AddDays(n))
                .Where(d => DanishCalendar.IsWorkingDay(d) || (saturdays && DanishCalendar.WhyNotWorkingDay(d) == DanishCalendar.Saturday))
                .ToList();
            return counted.Count == days && counted[^1] == arrival;
        });

    [Fact]
    public void A_letter_handed_to_the_post_has_a_presumed_day_that_a_return_takes_back_and_a_receipt_makes_proven()
    {
        var posted = Noon("2026-03-02");
        var presumed = Note(Status(posted, StatusKind.Posted), Status(posted.AddDays(1), StatusKind.Posted));
        Assert.Equal((AppealKind.Presumed, new DateOnly(2026, 3, 10), new DateOnly(2026, 4, 7)),
            (presumed.Kind, presumed.PresumedArrival, presumed.LastDay)); // 28 days: 2. påskedag moves by a day
        Assert.Contains("sandsynliggjort", presumed.Text.Danish, StringComparison.Ordinal);
        Assert.Contains("9533", presumed.Rule!.Words.Danish, StringComparison.Ordinal);
        Assert.Equal("huslejenaevn", presumed.Rule.Id);

        var returned = Note(Status(posted, StatusKind.Posted), Status(posted.AddDays(4), StatusKind.Returned));
        Assert.Equal((AppealKind.None, null), (returned.Kind, returned.LastDay));

        var again = Note(
            Status(posted, StatusKind.Posted), Status(posted.AddDays(4), StatusKind.Returned),
            Status(posted.AddDays(7), StatusKind.Posted));
        Assert.Equal(new DateOnly(2026, 3, 17), again.PresumedArrival);

        var proven = Note(Status(posted, StatusKind.Posted), Status(posted.AddDays(2), StatusKind.Delivered));
        Assert.Equal((AppealKind.Proven, new DateOnly(2026, 4, 1)), (proven.Kind, proven.LastDay));
        Assert.Null(Note(new StatusFact("b", StatusKind.Posted, null)).LastDay);
    }

    [Fact]
    public void A_type_without_a_period_or_a_letter_without_a_decision_has_none()
    {
        var posted = Status(Noon("2026-03-02"), StatusKind.Posted);
        Assert.Equal(AppealKind.None, Note(Letter() with { CaseType = "byggesag" }, posted).Kind);
        Assert.Equal(AppealKind.None, Note(Letter() with { Decision = false }, posted).Kind);
        Assert.Equal(AppealKind.Presumed, Note(Letter() with { CaseType = "Huslejenævn" }, posted).Kind);
    }

    [Fact]
    public void A_deadline_of_a_type_moves_from_its_own_closed_days_too()
    {
        // 15 May 2026 is the Friday after Kristi himmelfart; 17 April and 28 days.
        var settings = new PortalSettings
        {
            ExtraClosedDays = new Dictionary<string, ClosedDays> { ["huslejenaevn"] = new([ClosedDays.FridayAfterAscension]) },
        };
        var arrived = Status(Noon("2026-04-17"), StatusKind.Delivered);
        Assert.Equal(new DateOnly(2026, 5, 15), Note(arrived).LastDay);
        var moved = Note(Letter(), settings, arrived);
        Assert.Equal(new DateOnly(2026, 5, 18), moved.LastDay);
        Assert.Contains("fredag efter Kristi himmelfart", moved.Text.Danish, StringComparison.Ordinal);
        Assert.True(ClosedDays.IsName("02-29"));
        Assert.False(ClosedDays.IsName("02-30") || ClosedDays.IsName("fredag") || ClosedDays.IsName(""));
        Assert.Equal(new DateOnly(2026, 12, 28), new ClosedDays(["12-27"]).Next(new DateOnly(2026, 12, 27)));
    }

    [Fact]
    public void A_last_day_is_open_lies_no_earlier_than_counted_and_nothing_between_is_open() =>
        Gen.Select(Moment, Gen.Int[0, 4]).Sample((at, which) =>
        {
            Assert.True(AppealPeriod.TryParse(((string[])["P28D", "P4W", "P1M", "P3M", "P1Y"])[which], out var period));
            var closed = which == 0 ? new ClosedDays([ClosedDays.FridayAfterAscension, "12-27"]) : ClosedDays.None;
            var arrival = DanishTime.DateOf(at);
            var (counted, last) = (period.Unmoved(arrival), period.LastDay(arrival, closed));
            return closed.WhyClosed(last) is null && last >= counted
                && Enumerable.Range(0, last.DayNumber - counted.DayNumber).All(n => closed.WhyClosed(counted.AddDays(n)) is not null)
                && (which > 1 || counted.DayNumber - arrival.DayNumber == 28);
        });

    [Fact]
    public void An_arrival_on_29_February_and_in_the_nights_of_the_clock_counts_its_day_in_Copenhagen()
    {
        var month = new PortalSettings { AppealPeriods = new Dictionary<string, string> { ["huslejenaevn"] = "P1Y" } };
        Assert.Equal(new DateOnly(2029, 2, 28), Note(Letter(), month, Status(Noon("2028-02-29"), StatusKind.Delivered)).LastDay);

        // 25 October 2026, 02:30 twice: both are the 25th. 23:30 UTC the day before is the 25th too.
        foreach (var utc in new[] { "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-24T22:30:00Z" })
        {
            var at = DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(new DateOnly(2026, 11, 23), Note(Status(at, StatusKind.Delivered)).LastDay); // Sunday the 22nd moves
        }
    }

    // Days that are closed in practice and no public holidays, which the other calendar lists.
    private static bool IsNoPublicHoliday(DateOnly day) => (day.Month, day.Day) is (5, 1) or (6, 5) or (12, 24) or (12, 31)
        && DanishCalendar.Holidays(day.Year).All(h => h.Day != day);

    private static AppealNote Note(params StatusFact[] statuses) => Note(Letter(), Settings, statuses);

    private static AppealNote Note(LetterRegistration letter, params StatusFact[] statuses) => Note(letter, Settings, statuses);

    private static AppealNote Note(LetterRegistration letter, PortalSettings settings, params StatusFact[] statuses) => AppealNote.Of(
        letter, LetterFold.Fold(new LetterFacts(letter.SentAt, letter.Channel), statuses, letter.SentAt, new EvidenceRules(24, 5)),
        settings, null);

    private static LetterRegistration Letter() => LettersFixture.Letter() with { SentAt = Noon("2024-01-02") };

    private static StatusFact Status(DateTimeOffset at, StatusKind kind) => new($"{kind} {at:O}", kind, at);

    private static DateTimeOffset Noon(string day) =>
        DanishTime.FromLocal(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture).AddHours(12));
}
