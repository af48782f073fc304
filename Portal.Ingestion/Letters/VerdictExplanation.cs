using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Letters;

/// <summary>A verdict in plain words, with why and what to do. Times are Copenhagen's.</summary>
public static class VerdictExplanation
{
    /// <summary>Explains <paramref name="verdict"/>; <paramref name="decisive"/> and <paramref name="contradicting"/> are the events it names. A moment that the sender's clock cannot know is said to be in doubt.</summary>
    public static LetterRemark Of(LetterVerdict verdict, LetterEvent? decisive, LetterEvent? contradicting) =>
        Told(verdict, decisive, contradicting) + (decisive is { ClockAhead: true } ahead ? LetterRemark.Of("ClockAhead", ahead.ReceivedAt) : LetterRemark.Empty);

    private static LetterRemark Told(LetterVerdict verdict, LetterEvent? decisive, LetterEvent? contradicting) => verdict.Verdict switch
    {
        Verdict.Delivered => Delivered(verdict, decisive) + (verdict.Contradiction ? Contradiction(contradicting) : LetterRemark.Empty),
        Verdict.HandedToPost => LetterRemark.Of("HandedToPost", When(verdict.At)),
        Verdict.OnItsWay => LetterRemark.Of("OnItsWay", LastReceipt(verdict), Attempt(verdict), Due(verdict.EvidenceDeadline!.Value)),
        Verdict.EvidenceMissing => LetterRemark.Of("EvidenceMissing", Due(verdict.EvidenceDeadline!.Value), LastReceipt(verdict), Attempt(verdict)),
        Verdict.Failed => LetterRemark.Of("Failed", When(verdict.At), FailureExplanation.Of(decisive?.Error?.Code)),
        Verdict.Returned => LetterRemark.Of("Returned", When(verdict.At)),
        _ => LetterRemark.Of("Recalled", When(verdict.At)),
    };

    private static LetterRemark Delivered(LetterVerdict verdict, LetterEvent? decisive)
    {
        var how = LetterRemark.Of(decisive?.Status == "Afleveret Digital Post" ? "InPostbox" : "Receipted");
        return verdict.At is null ? LetterRemark.Of("DeliveredNoTime", how) : LetterRemark.Of("Delivered", how, When(verdict.At));
    }

    private static LetterRemark Contradiction(LetterEvent? contradicting) =>
        contradicting is null ? LetterRemark.Of("Contradicted") : LetterRemark.Of("ContradictedBy", contradicting.Status, When(contradicting.At));

    private static LetterRemark LastReceipt(LetterVerdict verdict) => verdict.LastReceiptAt is { } at ? LetterRemark.Of("LastReceipt", at) : LetterRemark.Of("NoReceipt");

    private static LetterRemark Attempt(LetterVerdict verdict) => verdict.Attempts > 1 ? LetterRemark.Of("Attempt", verdict.Attempts) : LetterRemark.Empty;

    // A deadline at midnight is the end of the day before it, as people say it.
    private static LetterRemark Due(DateTimeOffset at) =>
        DanishTime.IsDateAlone(at) ? LetterRemark.Of("EndOfDay", DanishTime.DateOf(at.AddTicks(-1))) : LetterRemark.Of("AtMoment", at);

    private static LetterRemark When(DateTimeOffset? at) => at is { } moment ? LetterRemark.Of("On", moment) : LetterRemark.Empty;
}
