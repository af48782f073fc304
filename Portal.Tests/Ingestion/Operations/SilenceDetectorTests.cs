using CsCheck;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class SilenceDetectorTests
{
    // A Wednesday without holidays in the weeks before: 21 January 2026, 10:30 in Copenhagen.
    private static readonly DateTimeOffset Now = new(2026, 1, 21, 9, 30, 0, TimeSpan.Zero);
    private static readonly long Current = SilenceDetector.HourOf(Now);

    private static readonly Gen<Dictionary<long, long>> AnyVolumes =
        Gen.Select(Gen.Long[Current - (5 * 168), Current - 1], Gen.Long[0, 200]).Array[0, 300]
            .Select(v => v.GroupBy(x => x.Item1).ToDictionary(g => g.Key, g => g.First().Item2));

    private static Dictionary<long, long> Weeks(Func<DateTimeOffset, long> usual, DateTimeOffset until)
    {
        var volumes = new Dictionary<long, long>();
        for (var hour = SilenceDetector.HourOf(until) - (4 * 168); hour < SilenceDetector.HourOf(until); hour++)
        {
            if (usual(SilenceDetector.StartOf(hour)) is > 0 and var count) volumes[hour] = count;
        }

        return volumes;
    }

    private static long Office(DateTimeOffset at) =>
        at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && at.Hour is >= 7 and < 16 ? 50 : 0;

    [Fact]
    public void Messages_that_stop_in_the_middle_of_the_day_are_missed()
    {
        var finding = SilenceDetector.Judge(Weeks(Office, Now.AddHours(-1.5)), Now)!;
        Assert.Equal(new DateTimeOffset(2026, 1, 21, 8, 0, 0, TimeSpan.Zero), finding.Since);
        Assert.Equal(50 + 25, finding.Usual);
    }

    [Fact]
    public void A_quiet_night_and_a_quiet_weekend_worry_nobody()
    {
        Assert.Null(
            SilenceDetector.Judge(Weeks(Office, new(2026, 1, 20, 16, 0, 0, TimeSpan.Zero)), new(2026, 1, 21, 5, 30, 0, TimeSpan.Zero)));
        Assert.Null(
            SilenceDetector.Judge(Weeks(Office, new(2026, 1, 16, 16, 0, 0, TimeSpan.Zero)), new(2026, 1, 19, 6, 59, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_public_holiday_is_no_weekday()
    {
        // Easter Monday, 6 April 2026: by weekday alone, a Monday like any other.
        var saturday = new DateTimeOffset(2026, 4, 4, 0, 0, 0, TimeSpan.Zero);
        Assert.Null(SilenceDetector.Judge(Weeks(Office, saturday), new(2026, 4, 6, 12, 0, 0, TimeSpan.Zero)));
        Assert.NotNull(SilenceDetector.Judge(Weeks(Office, saturday), new(2026, 4, 7, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_trickle_may_pause_and_is_missed_when_enough_is_missing()
    {
        var volumes = Weeks(_ => 2, Now.AddHours(-8));
        Assert.Null(SilenceDetector.Judge(volumes, Now.AddHours(-2)));
        Assert.NotNull(SilenceDetector.Judge(volumes, Now.AddHours(8)));
    }

    [Fact]
    public void A_silence_does_not_become_the_rule_by_lasting() =>
        Gen.Int[3, 20].Sample(days => SilenceDetector.Judge(Weeks(Office, Now), Now.AddDays(days)) is not null);

    [Fact]
    public void A_message_in_this_hour_ends_the_silence() =>
        AnyVolumes.Sample(volumes =>
        {
            volumes[Current] = 1;
            return SilenceDetector.Judge(volumes, Now) is null;
        });

    [Fact]
    public void A_source_heard_only_once_is_never_reported_silent() =>
        Gen.Long[1, 1_000_000].Sample(count => SilenceDetector.Judge(new Dictionary<long, long> { [Current - 5] = count }, Now) is null);

    [Fact]
    public void The_longer_it_lasts_the_more_is_missing() =>
        Gen.Select(AnyVolumes, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((volumes, hours, more) =>
            (SilenceDetector.Judge(volumes, Now.AddHours(hours))?.Usual ?? 0)
            <= (SilenceDetector.Judge(volumes, Now.AddHours(hours + more))?.Usual ?? 0));

    [Fact]
    public void A_finding_names_the_end_of_the_last_hour_with_messages_and_passes_the_floor() =>
        AnyVolumes.Sample(volumes => SilenceDetector.Judge(volumes, Now) is not { } finding
            || (finding.Usual >= SilenceDetector.Floor
                && finding.Since == SilenceDetector.StartOf(volumes.Where(v => v.Value > 0).Max(v => v.Key) + 1)));
}
