namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// Why a letter is on the worklist at a moment, and since when (UTC). By the rules of <see cref="LetterFold"/> it has at most one reason.
/// </summary>
internal readonly record struct LetterReason(FollowUpReason Reason, DateTimeOffset Since)
{
    /// <summary>The reason; null for a letter that needs no attention.</summary>
    public static LetterReason? Of(string verdict, string receipts, DateTimeOffset? verdictAt, DateTimeOffset sentAt,
        DateTimeOffset? evidenceDeadline, bool contradiction, DateTimeOffset? contradictionAt, DateTimeOffset now)
    {
        return EvidenceDeadline.Current(verdict, receipts, evidenceDeadline, now) switch
        {
            Verdict.Failed => new(FollowUpReason.Failed, verdictAt ?? sentAt),
            Verdict.Returned => new(FollowUpReason.Returned, verdictAt ?? sentAt),
            Verdict.Delivered when contradiction => new(FollowUpReason.Contradiction, contradictionAt ?? verdictAt ?? sentAt),
            Verdict.EvidenceMissing => new(FollowUpReason.EvidenceMissing, evidenceDeadline ?? sentAt),
            _ => null,
        };
    }

    /// <summary>The reason of a stored letter.</summary>
    public static LetterReason? Of(Portal.Ingestion.Letters.StoredLetter letter, DateTimeOffset now) =>
        Of(letter.Verdict, letter.Receipts, letter.VerdictAt, letter.SentAt, letter.EvidenceDeadline, letter.Contradiction,
            letter.ContradictionAt, now);
}
