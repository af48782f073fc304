namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// Why a letter is on the worklist at a moment, and since when (DOMAIN §2). A letter's reasons exclude each other by the fold's rules.
/// </summary>
internal readonly record struct LetterReason(FollowUpReason Reason, DateTimeOffset Since)
{
    /// <summary>Null for a letter that needs nothing.</summary>
    public static LetterReason? Of(string verdict, DateTimeOffset? verdictAt, DateTimeOffset sentAt, DateTimeOffset? evidenceDeadline,
        bool contradiction, DateTimeOffset? contradictionAt, DateTimeOffset now)
    {
        if (verdict == Verdict.Failed.ToWire()) return new(FollowUpReason.Failed, verdictAt ?? sentAt);
        if (verdict == Verdict.Returned.ToWire()) return new(FollowUpReason.Returned, verdictAt ?? sentAt);
        if (verdict == Verdict.Delivered.ToWire() && contradiction)
            return new(FollowUpReason.Contradiction, contradictionAt ?? verdictAt ?? sentAt);
        return verdict == Verdict.OnItsWay.ToWire() && evidenceDeadline is { } deadline && deadline <= now
            ? new(FollowUpReason.EvidenceMissing, deadline)
            : null;
    }

    /// <summary>The reason of a stored letter.</summary>
    public static LetterReason? Of(Portal.Ingestion.Letters.StoredLetter letter, DateTimeOffset now) =>
        Of(letter.Verdict, letter.VerdictAt, letter.SentAt, letter.EvidenceDeadline, letter.Contradiction, letter.ContradictionAt, now);
}
