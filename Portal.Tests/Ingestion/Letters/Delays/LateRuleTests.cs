using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Delays;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters.Delays;

public sealed class LateRuleTests
{
    private const int Deadline = 24;
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly Gen<TimeSpan> AnyDelay = Gen.Int[-60, 5000].Select(m => TimeSpan.FromMinutes(m));

    private static DelayFigures Same(int count, TimeSpan delay) => DelayFigures.Of(Enumerable.Repeat(delay, count));

    [Fact]
    public void Any_order_gives_the_same_figures() =>
        Gen.Select(AnyDelay.Array[0, 60], Gen.Int).Sample((delays, seed) =>
        {
            var shuffled = delays.ToArray();
            new Random(seed).Shuffle(shuffled);
            return DelayFigures.Of(delays) == DelayFigures.Of(shuffled);
        });

    [Fact]
    public void At_most_half_are_above_the_median_and_at_most_one_in_a_hundred_above_nearly_all() =>
        AnyDelay.Array[1, 400].Sample(delays =>
        {
            var figures = DelayFigures.Of(delays);
            return 2 * delays.Count(d => d > figures.Median) <= delays.Length
                && 2 * delays.Count(d => d < figures.Median) <= delays.Length
                && 100 * delays.Count(d => d > figures.NearlyAll) <= delays.Length && delays.Contains(figures.NearlyAll);
        });

    [Fact]
    public void The_watch_may_leave_delays_unread_when_fewer_than_half_are_above_half_the_deadline() =>
        AnyDelay.Array[0, 60].Sample(delays =>
        {
            var above = delays.Count(d => d > LateRule.HalfOf(Deadline));
            return !LateRule.IsLate(DelayFigures.Of(delays), Deadline) || (above > 0 && 2 * above >= delays.Length);
        });

    [Theory]
    [InlineData(19, 13, false)]
    [InlineData(20, 13, true)]
    [InlineData(20, 12, false)]
    public void Late_is_from_twenty_letters_and_above_half_the_deadline(int letters, int hours, bool isLate) =>
        Assert.Equal(isLate, LateRule.IsLate(Same(letters, TimeSpan.FromHours(hours)), Deadline));

    [Fact]
    public void One_tick_above_half_the_deadline_is_late() =>
        Assert.True(LateRule.IsLate(Same(20, TimeSpan.FromHours(12) + TimeSpan.FromTicks(1)), Deadline));

    [Fact]
    public void Half_of_an_odd_deadline_is_not_rounded() =>
        Assert.Equal((false, true), (LateRule.IsLate(Same(20, TimeSpan.FromMinutes(30)), 1),
            LateRule.IsLate(Same(20, TimeSpan.FromMinutes(31)), 1)));

    [Theory]
    [InlineData(100, 0.99, 99)]
    [InlineData(101, 0.99, 100)]
    [InlineData(20, 0.99, 20)]
    [InlineData(700, 0.99, 693)]
    [InlineData(20, 0.95, 19)]
    [InlineData(1, 0.5, 1)]
    public void The_rank_of_a_percentile_is_exact(long count, double share, long rank) => Assert.Equal(rank, Quantile.Rank(count, share));

    [Fact]
    public void Arrivals_count_from_an_hour_ago_until_now_and_not_from_a_clock_ahead() =>
        Assert.Equal((true, true, false, false), (LateRule.Counts(Now, Now), LateRule.Counts(Now.AddHours(-1), Now),
            LateRule.Counts(Now.AddHours(-1).AddTicks(-1), Now), LateRule.Counts(Now.AddTicks(1), Now)));

    [Fact]
    public void A_letter_waits_until_it_is_later_than_nearly_all()
    {
        var nearlyAll = TimeSpan.FromHours(30);
        Assert.True(LateRule.Waits(Now - nearlyAll, Now, nearlyAll));
        Assert.False(LateRule.Waits(Now - nearlyAll - TimeSpan.FromTicks(1), Now, nearlyAll));
        Assert.True(LateRule.Waits(DateTimeOffset.MinValue, Now, TimeSpan.MaxValue));
    }

    [Fact]
    public void The_day_on_which_the_clock_is_put_back_has_each_of_its_hours()
    {
        // Midnight to midnight of 25 October 2026 in Copenhagen is 25 hours; the hour from 02 comes twice.
        var now = new DateTimeOffset(2026, 10, 25, 3, 30, 0, TimeSpan.Zero);
        var first = new Arrival(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), TimeSpan.FromHours(1));
        var again = new Arrival(first.At.AddHours(1), TimeSpan.FromHours(2));
        var hours = HourlyDelay.Of([again, first], now);
        Assert.Equal([2, 2], hours.Where(h => h.Figures.Letters == 1).Select(h => DanishTime.ToLocal(h.From).Hour));
        Assert.Equal(HourlyDelay.Hours, hours.Select(h => h.From).Distinct().Count());
    }

    [Fact]
    public void Hours_take_each_arrival_once_in_any_order_and_none_ahead_of_now() =>
        Gen.Select(Gen.Int[-1800, 60].Array[0, 50], Gen.Int).Sample((minutes, seed) =>
        {
            var arrivals = minutes.Select(m => new Arrival(Now.AddMinutes(m), TimeSpan.FromMinutes(m * m))).ToArray();
            var hours = HourlyDelay.Of(arrivals, Now);
            new Random(seed).Shuffle(arrivals);
            var within = minutes.Count(m => m <= 0 && Now.AddMinutes(m) >= HourlyDelay.FirstAt(Now));
            return hours.SequenceEqual(HourlyDelay.Of(arrivals, Now)) && hours.Sum(h => h.Figures.Letters) == within;
        });

    [Fact]
    public void A_period_ends_when_it_is_measured_to_or_after_a_stop_when_it_was_last_seen() =>
        Assert.Equal((Now, Now.AddHours(-5)), (LateRule.EndOf(Now.AddSeconds(-5), Now), LateRule.EndOf(Now.AddHours(-5), Now)));

    [Fact]
    public void Only_an_arrival_in_a_mailbox_that_the_system_matched_is_measured()
    {
        var delivered = new LetterVerdict(Verdict.Delivered, Now, false, null, null, null, null, 1, null, false);
        ReportedStatus Told(string? code = null, int hours = 0) => new(0, "a", code, Now.AddHours(hours), null);
        ReportedArrival By(ReportedStatus told, bool byHand = false) => new(told, StatusKind.Delivered, byHand);
        long? Of(LetterVerdict verdict, LetterChannel channel, DateTimeOffset sentAt, params ReportedArrival[] told) =>
            ArrivalDelay.Of(verdict, channel, sentAt, told);

        var (digital, sent) = (LetterChannel.Automatisk, Now.AddHours(-3));
        Assert.Equal(TimeSpan.FromHours(3).Ticks, Of(delivered, digital, sent, By(Told())));
        Assert.Null(Of(delivered, LetterChannel.FysiskPost, sent, By(Told())));
        Assert.Null(Of(delivered, digital, sent, By(Told("receipt"))));
        Assert.Null(Of(delivered, digital, sent, By(Told(), byHand: true)));
        Assert.Equal(TimeSpan.FromHours(3).Ticks, Of(delivered, digital, sent, By(Told(), byHand: true), By(Told())));
        Assert.Null(Of(delivered, digital, sent, By(Told(hours: 1))));
        Assert.Null(Of(delivered with { Verdict = Verdict.HandedToPost }, digital, sent, By(Told())));
        Assert.Null(Of(delivered, digital, DanishTime.EndOf(new DateOnly(2026, 3, 2)), By(Told())));
    }
}
