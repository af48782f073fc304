using CsCheck;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Xunit;
using static Portal.Ingestion.Letters.StatusKind;

namespace Portal.Tests.Ingestion.Letters;

public sealed class FoldTests
{
    private static readonly DateTimeOffset Sent = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly EvidenceRules Rules = new(24, 5);

    private static readonly Gen<StatusFact> AnyStatus = Gen.Select(
        Gen.Int[0, 30], Gen.Enum<StatusKind>(), Gen.Int[-1, 8],
        (id, kind, hour) => new StatusFact($"b{id}", kind, hour < 0 ? null : Sent.AddHours(hour)));

    private static readonly Gen<LetterFacts> AnyLetter =
        Gen.Select(Gen.Enum<LetterChannel>(), Gen.Enum<ReceiptsOrdered>(), (c, r) => new LetterFacts(Sent, c, r));

    private static readonly Gen<DateTimeOffset> AnyNow = Gen.Int[0, 300].Select(h => Sent.AddHours(h));

    private static StatusFact At(double hours, StatusKind kind) => new($"{hours}-{kind}", kind, Sent.AddHours(hours));

    private static LetterVerdict Fold(double now, params StatusFact[] statuses) =>
        LetterFold.Fold(new LetterFacts(Sent, LetterChannel.DigitalPost), statuses, Sent.AddHours(now), Rules);

    [Fact]
    public void Any_order_and_any_repeats_give_the_same_verdict() =>
        Gen.Select(AnyLetter, AnyStatus.Array[0, 8], Gen.Int, AnyNow).Sample((letter, statuses, seed, now) =>
        {
            var shuffled = statuses.Concat(statuses.Take(3)).ToArray();
            new Random(seed).Shuffle(shuffled);
            return LetterFold.Fold(letter, statuses, now, Rules) == LetterFold.Fold(letter, shuffled, now, Rules);
        });

    [Fact]
    public void A_slow_reading_of_the_rules_agrees() =>
        Gen.Select(AnyLetter, AnyStatus.Array[0, 8], AnyNow).Sample((letter, statuses, now) =>
        {
            var verdict = LetterFold.Fold(letter, statuses, now, Rules);
            return (verdict.Verdict, verdict.Contradiction) == Slow(letter, statuses, now);
        });

    [Fact]
    public void A_later_start_never_gives_an_earlier_deadline() =>
        Gen.Select(Gen.Int[0, 20000], Gen.Int[0, 500], Gen.Bool).Sample((hours, more, physical) =>
            LetterFold.Deadline(Sent.AddHours(hours), physical, Rules)
            <= LetterFold.Deadline(Sent.AddHours(hours + more), physical, Rules));

    [Fact]
    public void The_earliest_arrival_is_final() =>
        Assert.Equal((Verdict.Delivered, Sent.AddHours(2), false), Shape(Fold(9, At(3, Delivered), At(2, Delivered), At(1, Failed))));

    [Fact]
    public void A_failure_at_the_arrival_contradicts_it()
    {
        var verdict = Fold(9, At(2, Delivered), At(2, Failed));
        Assert.True(verdict.Contradiction);
        Assert.Equal(Sent.AddHours(2), verdict.ContradictionAt);
    }

    [Fact]
    public void A_recall_before_the_arrival_contradicts_it_from_the_arrival_on() =>
        Assert.Equal(Sent.AddHours(2), Fold(9, At(1, Recalled), At(2, Delivered)).ContradictionAt);

    [Fact]
    public void A_disagreement_is_never_true_before_the_arrival_and_a_recall_without_time_disagrees_from_it_on() =>
        Gen.Select(AnyStatus.Array[1, 8], Gen.Int[0, 8]).Sample((statuses, hour) =>
        {
            var arrived = Sent.AddHours(hour);
            var verdict = LetterFold.Fold(new LetterFacts(Sent, LetterChannel.DigitalPost),
                [.. statuses, new StatusFact("lå der", Delivered, arrived), new StatusFact("kaldt", Recalled, null)], Sent, Rules);
            return verdict.Contradiction && (verdict.At is null || verdict.ContradictionAt == verdict.At);
        });

    [Fact]
    public void A_failure_without_time_is_before_the_arrival() =>
        Assert.False(Fold(9, new StatusFact("x", Failed, null), At(2, Delivered)).Contradiction);

    [Fact]
    public void An_arrival_without_time_has_no_moment() =>
        Assert.Equal((Verdict.Delivered, null, false), Shape(Fold(9, new StatusFact("x", Delivered, null))));

    [Fact]
    public void A_digital_failure_followed_by_posting_is_handed_to_post() =>
        Assert.Equal(Verdict.HandedToPost, Fold(9, At(1, Failed), At(2, ProgressPhysical), At(3, Posted)).Verdict);

    [Fact]
    public void A_return_followed_by_a_digital_attempt_is_under_way_from_its_first_progress()
    {
        var verdict = Fold(9, At(1, Returned), At(2, ProgressDigital), At(4, ProgressDigital));
        Assert.Equal((Verdict.OnItsWay, Sent.AddHours(2), false), Shape(verdict));
        Assert.Equal(Sent.AddHours(26), verdict.EvidenceDeadline);
        Assert.Equal(2, verdict.Attempts);
    }

    [Fact]
    public void Progress_at_the_moment_of_the_failure_is_no_new_attempt() =>
        Assert.Equal(Verdict.Failed, Fold(9, At(1, Failed), At(1, ProgressDigital)).Verdict);

    [Fact]
    public void Progress_after_posting_is_still_handed_to_post() =>
        Assert.Equal(Verdict.HandedToPost, Fold(9, At(1, Posted), At(2, ProgressPhysical)).Verdict);

    [Fact]
    public void At_one_moment_a_recall_counts_as_the_last() =>
        Assert.Equal(Verdict.Recalled, Fold(9, At(1, Posted), At(1, Failed), At(1, Returned), At(1, Recalled)).Verdict);

    [Fact]
    public void Evidence_is_missing_from_the_deadline_on()
    {
        Assert.Equal(Verdict.OnItsWay, Fold(23.99).Verdict);
        Assert.Equal(Verdict.EvidenceMissing, Fold(24).Verdict);
    }

    [Fact]
    public void Physical_evidence_is_awaited_to_the_end_of_the_fifth_working_day() =>
        Assert.Equal(new DateTimeOffset(2024, 3, 11, 23, 0, 0, TimeSpan.Zero), Fold(1, At(1, ProgressPhysical)).EvidenceDeadline);

    [Fact]
    public void A_time_at_the_end_of_the_calendar_is_no_accident() =>
        Assert.Equal(Verdict.OnItsWay, Fold(1, At(0, Failed), new StatusFact("x", ProgressPhysical, DateTimeOffset.MaxValue)).Verdict);

    [Theory]
    [InlineData(ReceiptsOrdered.None)]
    [InlineData(ReceiptsOrdered.ErrorsOnly)]
    public void A_letter_without_ordered_receipts_is_without_receipt_from_the_deadline_on(ReceiptsOrdered receipts)
    {
        LetterVerdict At24(params StatusFact[] statuses) =>
            LetterFold.Fold(new LetterFacts(Sent, LetterChannel.DigitalPost, receipts), statuses, Sent.AddHours(24), Rules);
        Assert.Equal(Verdict.NoReceipt, At24().Verdict);

        // A receipt that comes all the same counts.
        Assert.Equal(Verdict.Delivered, At24(At(30, Delivered)).Verdict);
        Assert.Equal(Verdict.Failed, At24(At(2, Failed)).Verdict);
    }

    [Fact]
    public void A_presumed_arrival_counts_from_the_first_posting_after_the_last_return()
    {
        Assert.Equal(Sent.AddHours(1), Fold(9, At(1, Posted), At(5, Posted)).PostedAt);
        Assert.Equal(Sent.AddHours(3), Fold(9, At(1, Posted), At(2, Returned), At(3, Posted), At(5, Posted)).PostedAt);
        Assert.Null(Fold(9, At(1, Posted), At(2, Returned)).PostedAt);
        Assert.Null(Fold(9, At(1, Posted), At(2, Delivered)).PostedAt);
    }

    private static (Verdict, DateTimeOffset?, bool) Shape(LetterVerdict verdict) => (verdict.Verdict, verdict.At, verdict.Contradiction);

    /// <summary>The rules of DOMAIN §2 written out one by one, comparing every status with every other.</summary>
    private static (Verdict, bool) Slow(LetterFacts letter, StatusFact[] statuses, DateTimeOffset now)
    {
        static long Order(StatusFact s) => s.At?.UtcTicks ?? -1;
        List<StatusFact> With(params StatusKind[] kinds) => [.. statuses.Where(s => kinds.Contains(s.Kind))];
        if (With(Delivered) is { Count: > 0 } delivered)
        {
            return (Verdict.Delivered, With(Recalled).Count > 0 || With(Failed, Returned).Exists(f => Order(f) >= delivered.Min(Order)));
        }

        var progress = With(ProgressNeutral, ProgressDigital, ProgressPhysical);
        var from = letter.SentAt;
        if (With(Failed, Returned, Recalled, Posted) is { Count: > 0 } ended)
        {
            var last = ended.Max(Order);
            var kinds = ended.Where(s => Order(s) == last).Select(s => s.Kind).ToList();
            var verdict = kinds.Contains(Recalled) ? Verdict.Recalled
                : kinds.Contains(Returned) ? Verdict.Returned
                : kinds.Contains(Failed) ? Verdict.Failed
                : Verdict.HandedToPost;
            progress.RemoveAll(p => Order(p) <= last);
            if (verdict == Verdict.HandedToPost || progress.Count == 0) return (verdict, false);
            from = progress.Min(p => p.At!.Value);
        }

        var physical = letter.Channel == LetterChannel.FysiskPost || progress.Exists(p => p.Kind == ProgressPhysical);
        var deadline = from.AddHours(24);
        if (physical)
        {
            var day = DanishTime.DateOf(from);
            for (var n = 0; n < 5;)
            {
                day = day.AddDays(1);
                if (DanishCalendar.IsWorkingDay(day)) n++;
            }

            deadline = DanishTime.EndOf(day);
        }

        return (now < deadline ? Verdict.OnItsWay
            : letter.Receipts == ReceiptsOrdered.All ? Verdict.EvidenceMissing
            : Verdict.NoReceipt, false);
    }
}
