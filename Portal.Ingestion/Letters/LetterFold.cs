using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>What the fold needs of a letter.</summary>
public sealed record LetterFacts(DateTimeOffset SentAt, LetterChannel Channel);

/// <summary>
/// What the fold needs of a status. <paramref name="At"/> is the sender's time; a status without one comes before all others.
/// </summary>
public sealed record StatusFact(string BeskedId, ValueList<StatusKind> Kinds, DateTimeOffset? At);

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
/// <param name="Verdict">The verdict at the moment that was asked about.</param>
/// <param name="At">When the verdict became true, UTC; null when the deciding status has no time. Under way: when the attempt began;
/// evidence missing: the deadline.</param>
/// <param name="Contradiction">Delivered, and another status disagrees.</param>
/// <param name="ContradictionAt">When the first disagreement became true, UTC; null when no moment is known.</param>
/// <param name="EvidenceDeadline">While under way, UTC.</param>
/// <param name="Decisive">The BeskedId that decides; null while nothing but the registration does.</param>
/// <param name="Contradicting">The BeskedId of the first status that disagrees.</param>
/// <param name="Attempts">How many times the letter was tried.</param>
/// <param name="LastReceiptAt">The latest time of a status that says something.</param>
/// <param name="Physical">The current attempt is counted as physical post.</param>
public sealed record LetterVerdict(
    Verdict Verdict, DateTimeOffset? At, bool Contradiction, DateTimeOffset? ContradictionAt, DateTimeOffset? EvidenceDeadline,
    string? Decisive, string? Contradicting, int Attempts, DateTimeOffset? LastReceiptAt, bool Physical);

/// <summary>From a letter and its statuses to a verdict (DOMAIN §2). Pure: the same for any order of arrival and any repeats.</summary>
public static class LetterFold
{
    // Far beyond any real letter, and far enough from the end of the calendar that a deadline can still be counted.
    private static readonly DateTimeOffset LatestStart = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Fact(StatusKind Kind, DateTimeOffset? At, string BeskedId)
    {
        public long Order => At?.UtcTicks ?? long.MinValue;

        public bool IsProgress => Kind is StatusKind.ProgressNeutral or StatusKind.ProgressDigital or StatusKind.ProgressPhysical;

        /// <summary>Which of several at one moment counts as the last; 0 for those that end nothing.</summary>
        public int Rank => Kind switch
        {
            StatusKind.Recalled => 4,
            StatusKind.Returned => 3,
            StatusKind.Failed => 2,
            StatusKind.Posted => 1,
            _ => 0,
        };
    }

    /// <summary>The verdict on <paramref name="letter"/> as <paramref name="statuses"/> say it at <paramref name="now"/>.</summary>
    public static LetterVerdict Fold(LetterFacts letter, IEnumerable<StatusFact> statuses, DateTimeOffset now, EvidenceRules rules)
    {
        var facts = statuses
            .SelectMany(s => s.Kinds.Where(k => k != StatusKind.Unknown).Select(k => new Fact(k, s.At?.ToUniversalTime(), s.BeskedId)))
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

        // A disagreement is true once both have happened: a recall before the arrival, or one without a time, disagrees from the arrival
        // on.
        var since = disagreeing.Count == 0 ? null : Later(arrival.At, disagreeing[0].At);
        return new LetterVerdict(
            Verdict.Delivered, arrival.At, disagreeing.Count > 0, since, null, arrival.BeskedId, disagreeing.FirstOrDefault()?.BeskedId, 0,
            null, false);
    }

    private static LetterVerdict Ended(Fact last, List<Fact> facts, DateTimeOffset now, EvidenceRules rules, LetterFacts letter)
    {
        var after = facts.Where(f => f.IsProgress && f.Order > last.Order).ToList();
        if (after.Count > 0 && last.Kind != StatusKind.Posted)
            return UnderWay(letter, after[0].At!.Value, after[0].BeskedId, after, now, rules);
        var verdict = last.Kind switch
        {
            StatusKind.Recalled => Verdict.Recalled,
            StatusKind.Returned => Verdict.Returned,
            StatusKind.Failed => Verdict.Failed,
            _ => Verdict.HandedToPost,
        };
        return new LetterVerdict(verdict, last.At, false, null, null, last.BeskedId, null, 0, null, false);
    }

    private static LetterVerdict UnderWay(
        LetterFacts letter, DateTimeOffset start, string? decisive, IEnumerable<Fact> progress, DateTimeOffset now, EvidenceRules rules)
    {
        var physical = letter.Channel == LetterChannel.FysiskPost || progress.Any(f => f.Kind == StatusKind.ProgressPhysical);
        var deadline = Deadline(start, physical, rules);
        return EvidenceDeadline.HasPassed(deadline, now)
            ? new LetterVerdict(Verdict.EvidenceMissing, deadline, false, null, deadline, decisive, null, 0, null, physical)
            : new LetterVerdict(Verdict.OnItsWay, start, false, null, deadline, decisive, null, 0, null, physical);
    }

    /// <summary>When evidence counts as missing for an attempt begun at <paramref name="start"/>, UTC.</summary>
    public static DateTimeOffset Deadline(DateTimeOffset start, bool physical, EvidenceRules rules)
    {
        if (start > LatestStart) start = LatestStart;
        return physical
            ? PhysicalDeadline.Of(start, rules.PhysicalDays)
            : start.ToUniversalTime().AddHours(rules.DigitalHours);
    }

    /// <summary>The first, and one more for each time that progress follows a failure, return or recall.</summary>
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
