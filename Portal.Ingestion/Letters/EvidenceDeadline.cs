using System.Linq.Expressions;

namespace Portal.Ingestion.Letters;

/// <summary>
/// The one rule by which time alone changes a verdict: a letter under way whose evidence deadline has passed is evidence-missing. The
/// stored verdict (<see cref="StoredLetter.Verdict"/>) leaves it out, so every reader applies this rule, in memory or in a query.
/// </summary>
internal static class EvidenceDeadline
{
    private static readonly string UnderWay = Verdict.OnItsWay.ToWire();
    private static readonly string Missing = Verdict.EvidenceMissing.ToWire();

    /// <summary>True from the deadline on; false for a letter without a deadline.</summary>
    public static bool HasPassed(DateTimeOffset? deadline, DateTimeOffset now) => deadline <= now;

    /// <summary>The verdict at a moment, from the stored verdict's wire name and deadline.</summary>
    public static Verdict Current(string stored, DateTimeOffset? deadline, DateTimeOffset now)
    {
        var verdict = Verdicts.FromWire(stored);
        return verdict == Verdict.OnItsWay && HasPassed(deadline, now) ? Verdict.EvidenceMissing : verdict;
    }

    /// <summary><see cref="Current(string, DateTimeOffset?, DateTimeOffset)"/> is evidence-missing, as a condition in a query.</summary>
    public static Expression<Func<StoredLetter, bool>> IsMissingAt(DateTimeOffset now)
    {
        var underWay = UnderWay;
        return letter => letter.Verdict == underWay && letter.EvidenceDeadline <= now;
    }

    /// <summary>
    /// <see cref="Current(string, DateTimeOffset?, DateTimeOffset)"/> on the wire, as an expression that a query can group by.
    /// </summary>
    public static Expression<Func<StoredLetter, string>> CurrentAt(DateTimeOffset now)
    {
        var (underWay, missing) = (UnderWay, Missing);
        return letter => letter.Verdict == underWay && letter.EvidenceDeadline <= now ? missing : letter.Verdict;
    }
}
