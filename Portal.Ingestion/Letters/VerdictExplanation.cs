using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>A verdict in plain words, with why and what to do. Times are Copenhagen's.</summary>
public static class VerdictExplanation
{
    /// <summary>
    /// Explains <paramref name="verdict"/>; <paramref name="decisive"/> and <paramref name="contradicting"/> are the events it names. The
    /// text warns when the sender's clock is ahead of receipt.
    /// </summary>
    public static ExplainedLetter Of(
        LetterVerdict verdict, ReceiptsOrdered receipts, LetterEvent? decisive, LetterEvent? contradicting)
    {
        var explained = Explain(verdict, receipts, decisive, contradicting);
        return decisive is { ClockAhead: true } ahead ? explained.With(LocalizedText.Of("ClockAhead", ahead.ReceivedAt)) : explained;
    }

    /// <summary>Why the arrival that the verdict tells of is not certain, to follow it; empty for any other letter.</summary>
    public static LocalizedText DoubtOf(LetterView letter) => ArrivalGrounds.Of(letter).Ground switch
    {
        ArrivalGround.Hand => LocalizedText.Of("DeliveredByHand"),
        ArrivalGround.BeforeSending => LocalizedText.Of("DeliveredBeforeSending"),
        _ => LocalizedText.Empty,
    };

    private static ExplainedLetter Explain(
        LetterVerdict verdict, ReceiptsOrdered receipts, LetterEvent? decisive, LetterEvent? contradicting) => verdict.Verdict switch
    {
        Verdict.NoReceipt => Nothing(LocalizedText.Of(
            receipts == ReceiptsOrdered.ErrorsOnly ? "UnreceiptedErrors" : "Unreceipted", LastReceipt(verdict), Attempt(verdict))),
        Verdict.Delivered when verdict.Contradiction =>
            new(Delivered(verdict, decisive) + Contradiction(contradicting), LocalizedText.Of("DoContradicted")),
        Verdict.Delivered => Nothing(Delivered(verdict, decisive)),
        Verdict.HandedToPost => Nothing(LocalizedText.Of(
            "HandedToPost", When(verdict.At), decisive?.Carrier is { } carrier ? $" ({carrier})" : "")),
        Verdict.OnItsWay => Nothing(LocalizedText.Of(
            "OnItsWay", LastReceipt(verdict), Attempt(verdict), Due(verdict.EvidenceDeadline!.Value))),
        Verdict.EvidenceMissing =>
            ExplainedLetter.Of("EvidenceMissing", Due(verdict.EvidenceDeadline!.Value), LastReceipt(verdict), Attempt(verdict)),
        Verdict.Failed when FailureExplanation.Of(decisive?.Error?.Code) is var failure =>
            failure with { Account = LocalizedText.Of("Failed", When(verdict.At), failure.Account) },
        Verdict.Returned => ExplainedLetter.Of("Returned", When(verdict.At)),
        _ => ExplainedLetter.Of("Recalled", When(verdict.At)),
    };

    // There is nothing to do about it.
    private static ExplainedLetter Nothing(LocalizedText account) => new(account, LocalizedText.Empty);

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
