using System.Linq.Expressions;

namespace Portal.Ingestion.Letters;

/// <summary>
/// The one rule by which time alone changes a verdict: a letter under way whose evidence deadline has passed is evidence-missing, or
/// no-receipt when not all receipts were ordered. The stored verdict (<see cref="StoredLetter.Verdict"/>) leaves it out, so every reader
/// applies this rule, in memory or in a query.
/// </summary>
internal static class EvidenceDeadline
{
    private static readonly string UnderWay = Verdict.OnItsWay.ToWire();
    private static readonly string Missing = Verdict.EvidenceMissing.ToWire();
    private static readonly string Unreceipted = Verdict.NoReceipt.ToWire();

    /// <summary>True from the deadline on; false for a letter without a deadline.</summary>
    public static bool HasPassed(DateTimeOffset? deadline, DateTimeOffset now) => deadline <= now;

    /// <summary>The verdict at a moment, from the verdict without what time changes.</summary>
    public static Verdict Current(Verdict verdict, ReceiptsOrdered receipts, DateTimeOffset? deadline, DateTimeOffset now) =>
        verdict != Verdict.OnItsWay || !HasPassed(deadline, now) ? verdict
        : receipts == ReceiptsOrdered.All ? Verdict.EvidenceMissing
        : Verdict.NoReceipt;

    /// <summary>The verdict at a moment, from the stored verdict's and ordered receipts' wire names.</summary>
    public static Verdict Current(string stored, string receipts, DateTimeOffset? deadline, DateTimeOffset now) =>
        Current(Verdicts.FromWire(stored), ReceiptNames.Parse(receipts) ?? ReceiptsOrdered.All, deadline, now);

    /// <summary>The verdict of a stored letter at a moment.</summary>
    public static Verdict Current(StoredLetter letter, DateTimeOffset now) =>
        Current(letter.Verdict, letter.Receipts, letter.EvidenceDeadline, now);

    /// <summary>The verdict is evidence-missing, as a condition in a query.</summary>
    public static Expression<Func<StoredLetter, bool>> IsMissingAt(DateTimeOffset now)
    {
        var (underWay, all) = (UnderWay, ReceiptNames.All);
        return letter => letter.Verdict == underWay && letter.EvidenceDeadline <= now && letter.Receipts == all;
    }

    /// <summary>The verdict on the wire, as an expression that a query can group by.</summary>
    public static Expression<Func<StoredLetter, string>> CurrentAt(DateTimeOffset now)
    {
        var (underWay, missing, unreceipted, all) = (UnderWay, Missing, Unreceipted, ReceiptNames.All);
        return letter => letter.Verdict == underWay && letter.EvidenceDeadline <= now
            ? letter.Receipts == all ? missing : unreceipted
            : letter.Verdict;
    }
}
