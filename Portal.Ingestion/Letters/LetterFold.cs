using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>What <see cref="LetterFold"/> needs of a letter.</summary>
public sealed record LetterFacts(DateTimeOffset SentAt, LetterChannel Channel, ReceiptsOrdered Receipts = ReceiptsOrdered.All);

/// <summary>
/// What <see cref="LetterFold"/> needs of a status. A message that tells several has one of each. <paramref name="At"/> is the sender's
/// time; a status without a time sorts before all others.
/// </summary>
public sealed record StatusFact(string BeskedId, StatusKind Kind, DateTimeOffset? At);

/// <summary>
/// When evidence counts as missing: <paramref name="DigitalHours"/> hours, or the end of the <paramref name="PhysicalDays"/>-th working
/// day.
/// </summary>
public sealed record EvidenceRules(int DigitalHours, int PhysicalDays)
{
    /// <summary>The rules as configured.</summary>
    public static EvidenceRules Of(PortalSettings settings) => new(settings.DigitalDeadlineHours, settings.PhysicalDeadlineDays);
}

/// <summary>The verdict on a letter and what it rests on.</summary>
/// <param name="Verdict">The verdict at the moment that was asked for.</param>
/// <param name="At">When the verdict became true, UTC; null when the deciding status has no time. Under way: when the attempt began;
/// evidence missing or no receipt: the deadline.</param>
/// <param name="Contradiction">Delivered, and another status contradicts that.</param>
/// <param name="ContradictionAt">When the first contradiction became true, UTC; null when its time is unknown.</param>
/// <param name="EvidenceDeadline">While under way, UTC.</param>
/// <param name="Decisive">The deciding status; null while only the registration decides.</param>
/// <param name="Contradicting">The first contradicting status.</param>
/// <param name="Attempts">How many times sending the letter was attempted.</param>
/// <param name="LastReceiptAt">The time of the latest status of a known kind.</param>
/// <param name="Physical">The current attempt is counted as physical post.</param>
public sealed record LetterVerdict(
    Verdict Verdict, DateTimeOffset? At, bool Contradiction, DateTimeOffset? ContradictionAt, DateTimeOffset? EvidenceDeadline,
    StatusFact? Decisive, StatusFact? Contradicting, int Attempts, DateTimeOffset? LastReceiptAt, bool Physical)
{
    /// <summary>
    /// Handed to the post: the moment that a presumed arrival is counted from, the earliest posted status after the last failed, returned
    /// or recalled one, UTC. Null for other verdicts, and when that status has no time.
    /// </summary>
    public DateTimeOffset? PostedAt { get; init; }
}

/// <summary>Computes the verdict from a letter and its statuses. Pure: the same for any order of arrival and any repeats.</summary>
public static class LetterFold
{
    // Later than any real letter, and far enough from year 9999 that a deadline can still be computed.
    private static readonly DateTimeOffset LatestStart = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Fact(StatusKind Kind, DateTimeOffset? At, string BeskedId)
    {
        public long Order => At?.UtcTicks ?? long.MinValue;

        public StatusFact Status => new(BeskedId, Kind, At);

        public bool IsProgress => Kind is StatusKind.ProgressNeutral or StatusKind.ProgressDigital or StatusKind.ProgressPhysical;

        /// <summary>Which of several at the same moment counts as the last; 0 for kinds that do not end an attempt.</summary>
        public int Rank => Kind switch
        {
            StatusKind.Recalled => 4,
            StatusKind.Returned => 3,
            StatusKind.Failed => 2,
            StatusKind.Posted => 1,
            _ => 0,
        };
    }

    /// <summary>The verdict on <paramref name="letter"/> at <paramref name="now"/>, given <paramref name="statuses"/>.</summary>
    public static LetterVerdict Fold(LetterFacts letter, IEnumerable<StatusFact> statuses, DateTimeOffset now, EvidenceRules rules)
    {
        var facts = statuses.Where(s => s.Kind != StatusKind.Unknown)
            .Select(s => new Fact(s.Kind, s.At?.ToUniversalTime(), s.BeskedId))
            .Distinct()
            .OrderBy(f => f.Order).ThenBy(f => f.Rank).ThenBy(f => f.Kind).ThenBy(f => f.BeskedId, StringComparer.Ordinal)
            .ToList();
        var verdict = facts.Find(f => f.Kind == StatusKind.Delivered) is { } arrival
            ? Delivered(arrival, facts)
            : facts.FindLast(f => f.Rank > 0) is { } last
                ? Ended(last, facts, now, rules, letter)
                : UnderWay(letter, letter.SentAt.ToUniversalTime(), null, facts.Where(f => f.IsProgress), now, rules);
        return verdict with { Attempts = AttemptsIn(facts), LastReceiptAt = facts.Count == 0 ? null : facts[^1].At };
    }

    private static LetterVerdict Delivered(Fact arrival, List<Fact> facts)
    {
        var disagreeing = facts
            .Where(f => f.Kind == StatusKind.Recalled || (f.Kind is StatusKind.Failed or StatusKind.Returned && f.Order >= arrival.Order))
            .ToList();

        // A contradiction begins when both have happened: a recall before the arrival, or without a time, contradicts it from the arrival
        // on.
        var since = disagreeing.Count == 0 ? null : Later(arrival.At, disagreeing[0].At);
        return new LetterVerdict(
            Verdict.Delivered, arrival.At, disagreeing.Count > 0, since, null, arrival.Status, disagreeing.FirstOrDefault()?.Status, 0,
            null, false);
    }

    private static LetterVerdict Ended(Fact last, List<Fact> facts, DateTimeOffset now, EvidenceRules rules, LetterFacts letter)
    {
        var after = facts.Where(f => f.IsProgress && f.Order > last.Order).ToList();
        if (after.Count > 0 && last.Kind != StatusKind.Posted)
            return UnderWay(letter, after[0].At!.Value, after[0].Status, after, now, rules);
        var verdict = last.Kind switch
        {
            StatusKind.Recalled => Verdict.Recalled,
            StatusKind.Returned => Verdict.Returned,
            StatusKind.Failed => Verdict.Failed,
            _ => Verdict.HandedToPost,
        };
        return new LetterVerdict(verdict, last.At, false, null, null, last.Status, null, 0, null, false)
        {
            PostedAt = verdict == Verdict.HandedToPost ? PostedAt(facts) : null,
        };
    }

    private static DateTimeOffset? PostedAt(List<Fact> facts)
    {
        var ended = facts.FindLastIndex(f => f.Rank > 0 && f.Kind != StatusKind.Posted);
        return facts.Skip(ended + 1).FirstOrDefault(f => f.Kind == StatusKind.Posted)?.At;
    }

    private static LetterVerdict UnderWay(
        LetterFacts letter, DateTimeOffset start, StatusFact? decisive, IEnumerable<Fact> progress, DateTimeOffset now, EvidenceRules rules)
    {
        var physical = letter.Channel == LetterChannel.FysiskPost || progress.Any(f => f.Kind == StatusKind.ProgressPhysical);
        var deadline = Deadline(start, physical, rules);
        var verdict = EvidenceDeadline.Current(Verdict.OnItsWay, letter.Receipts, deadline, now);
        return new LetterVerdict(
            verdict, verdict == Verdict.OnItsWay ? start : deadline, false, null, deadline, decisive, null, 0, null, physical);
    }

    /// <summary>When evidence counts as missing for an attempt begun at <paramref name="start"/>, UTC.</summary>
    public static DateTimeOffset Deadline(DateTimeOffset start, bool physical, EvidenceRules rules)
    {
        if (start > LatestStart) start = LatestStart;
        return physical
            ? PhysicalDeadline.Of(start, rules.PhysicalDays)
            : start.ToUniversalTime().AddHours(rules.DigitalHours);
    }

    /// <summary>The first attempt, and one more each time that progress follows a failure, return or recall.</summary>
    private static int AttemptsIn(List<Fact> facts)
    {
        var attempts = 1;
        var ended = false;
        foreach (var moment in facts.GroupBy(f => f.Order))
        {
            if (ended && moment.Any(f => f.IsProgress))
            {
                attempts++;
                ended = false;
            }

            var last = moment.MaxBy(f => f.Rank)!;
            if (last.Rank > 0) ended = last.Kind != StatusKind.Posted;
        }

        return attempts;
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a > b ? a : b;
}
