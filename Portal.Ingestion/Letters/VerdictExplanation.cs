using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>A verdict in plain words, with why and what to do. Times are Copenhagen's.</summary>
public static class VerdictExplanation
{
    /// <summary>
    /// Explains <paramref name="verdict"/>; <paramref name="decisive"/> and <paramref name="contradicting"/> are the events it names. The
    /// text warns when the sender's clock is ahead of receipt.
    /// </summary>
    public static LocalizedText Of(
        LetterVerdict verdict, ReceiptsOrdered receipts, LetterEvent? decisive, LetterEvent? contradicting) =>
        Explain(verdict, receipts, decisive, contradicting)
        + (decisive is { ClockAhead: true } ahead ? LocalizedText.Of("ClockAhead", ahead.ReceivedAt) : LocalizedText.Empty);

    private static LocalizedText Explain(
        LetterVerdict verdict, ReceiptsOrdered receipts, LetterEvent? decisive, LetterEvent? contradicting) => verdict.Verdict switch
    {
        Verdict.NoReceipt => LocalizedText.Of(
            receipts == ReceiptsOrdered.ErrorsOnly ? "UnreceiptedErrors" : "Unreceipted", LastReceipt(verdict), Attempt(verdict)),
        Verdict.Delivered => Delivered(verdict, decisive) + (verdict.Contradiction ? Contradiction(contradicting) : LocalizedText.Empty),
        Verdict.HandedToPost => LocalizedText.Of("HandedToPost", When(verdict.At), decisive?.Carrier is { } carrier ? $" ({carrier})" : ""),
        Verdict.OnItsWay => LocalizedText.Of("OnItsWay", LastReceipt(verdict), Attempt(verdict), Due(verdict.EvidenceDeadline!.Value)),
        Verdict.EvidenceMissing =>
            LocalizedText.Of("EvidenceMissing", Due(verdict.EvidenceDeadline!.Value), LastReceipt(verdict), Attempt(verdict)),
        Verdict.Failed => LocalizedText.Of("Failed", When(verdict.At), FailureExplanation.Of(decisive?.Error?.Code)),
        Verdict.Returned => LocalizedText.Of("Returned", When(verdict.At)),
        _ => LocalizedText.Of("Recalled", When(verdict.At)),
    };

    private static LocalizedText Delivered(LetterVerdict verdict, LetterEvent? decisive)
    {
        var how = LocalizedText.Of(decisive?.Status == "Afleveret Digital Post" ? "InPostbox" : "Receipted");
        return verdict.At is null ? LocalizedText.Of("DeliveredNoTime", how) : LocalizedText.Of("Delivered", how, When(verdict.At));
    }

    private static LocalizedText Contradiction(LetterEvent? contradicting) =>
        contradicting is null
            ? LocalizedText.Of("Contradicted")
            : LocalizedText.Of("ContradictedBy", contradicting.Status, When(contradicting.At));

    private static LocalizedText LastReceipt(LetterVerdict verdict) =>
        verdict.LastReceiptAt is { } at ? LocalizedText.Of("LastReceipt", at) : LocalizedText.Of("NoReceipt");

    private static LocalizedText Attempt(LetterVerdict verdict) =>
        verdict.Attempts > 1 ? LocalizedText.Of("Attempt", verdict.Attempts) : LocalizedText.Empty;

    // A deadline at midnight is shown as the end of the day before.
    private static LocalizedText Due(DateTimeOffset at) =>
        DanishTime.IsDateAlone(at) ? LocalizedText.Of("EndOfDay", DanishTime.DateOf(at.AddTicks(-1))) : LocalizedText.Of("AtMoment", at);

    private static LocalizedText When(DateTimeOffset? at) => at is { } moment ? LocalizedText.Of("On", moment) : LocalizedText.Empty;
}
