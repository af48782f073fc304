using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Letters;

/// <summary>What <see cref="LetterFold"/> needs of a letter.</summary>
public sealed record LetterFacts(DateTimeOffset SentAt, LetterChannel Channel);

/// <summary>
/// What <see cref="LetterFold"/> needs of a status. <paramref name="At"/> is the sender's time; a status without a time sorts before all
/// others.
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
/// <param name="Verdict">The verdict at the moment that was asked for.</param>
/// <param name="At">When the verdict became true, UTC; null when the deciding status has no time. Under way: when the attempt began;
/// evidence missing: the deadline.</param>
/// <param name="Contradiction">Delivered, and another status contradicts that.</param>
/// <param name="ContradictionAt">When the first contradiction became true, UTC; null when its time is unknown.</param>
/// <param name="EvidenceDeadline">While under way, UTC.</param>
/// <param name="Decisive">The BeskedId of the deciding status; null while only the registration decides.</param>
/// <param name="Contradicting">The BeskedId of the first contradicting status.</param>
/// <param name="Attempts">How many times sending the letter was attempted.</param>
/// <param name="LastReceiptAt">The time of the latest status of a known kind.</param>
/// <param name="Physical">The current attempt is counted as physical post.</param>
public sealed record LetterVerdict(
    Verdict Verdict, DateTimeOffset? At, bool Contradiction, DateTimeOffset? ContradictionAt, DateTimeOffset? EvidenceDeadline,
    string? Decisive, string? Contradicting, int Attempts, DateTimeOffset? LastReceiptAt, bool Physical);

/// <summary>Computes the verdict from a letter and its statuses. Pure: the same for any order of arrival and any repeats.</summary>
public static class LetterFold
{
    // Later than any real letter, and far enough from year 9999 that a deadline can still be computed.
    private static readonly DateTimeOffset LatestStart = new(9900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Fact(StatusKind Kind, DateTimeOffset? At, string BeskedId)
    {
        public long Order => At?.UtcTicks ?? long.MinValue;

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

        // A contradiction begins when both have happened: a recall before the arrival, or without a time, contradicts it from the arrival
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
