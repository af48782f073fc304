using System.Globalization;
using Portal.Ingestion.Time;

namespace Portal.Ingestion.Letters;

/// <summary>A verdict in plain Danish, with why and what to do. Times are Copenhagen's.</summary>
public static class VerdictExplanation
{
    private static readonly CultureInfo Danish = CultureInfo.GetCultureInfo("da-DK");

    /// <summary>Explains <paramref name="verdict"/>; <paramref name="decisive"/> and <paramref name="contradicting"/> are the events it names. A moment that the sender's clock cannot know is said to be in doubt.</summary>
    public static string Of(LetterVerdict verdict, LetterEvent? decisive, LetterEvent? contradicting) => Told(verdict, decisive, contradicting)
        + (decisive is { ClockAhead: true } ahead ? $" Men portalen modtog statussen allerede {Moment(ahead.ReceivedAt)}: afsenderens ur gik forud, så tidspunktet er usikkert." : "");

    private static string Told(LetterVerdict verdict, LetterEvent? decisive, LetterEvent? contradicting) => verdict.Verdict switch
    {
        Verdict.Delivered => Delivered(verdict, decisive) + (verdict.Contradiction ? Contradiction(contradicting) : ""),
        Verdict.HandedToPost => $"Overgivet til post{When(verdict.At)}. Sammen med at brevet ikke er kommet retur gør det ankomsten sandsynlig, men det er ikke bevist, at brevet er kommet frem.",
        Verdict.OnItsWay => $"På vej. {LastReceipt(verdict)}{Attempt(verdict)} Beviset ventes senest {Moment(verdict.EvidenceDeadline!.Value)}.",
        Verdict.EvidenceMissing => $"Mangler bevis: ingen kvittering endnu, og fristen udløb {Moment(verdict.EvidenceDeadline!.Value)}. {LastReceipt(verdict)}{Attempt(verdict)} Undersøg hos leverandøren af post, eller send brevet igen.",
        Verdict.Failed => $"Fejlet{When(verdict.At)}. {FailureExplanation.Of(decisive?.Error?.Code)}",
        Verdict.Returned => $"Retur{When(verdict.At)}: brevet kom tilbage til afsenderen. Undersøg modtagerens adresse, og send brevet igen.",
        _ => $"Tilbagekaldt{When(verdict.At)}: brevet blev trukket tilbage og kan ikke regnes for kommet frem. Send et nyt, hvis modtageren stadig skal have det.",
    };

    /// <summary>A moment as pages say it: <c>13. februar 2023 kl. 12.22</c>.</summary>
    public static string Moment(DateTimeOffset at) => DanishTime.ToLocal(at).ToString("d. MMMM yyyy 'kl.' HH.mm", Danish);

    private static string Delivered(LetterVerdict verdict, LetterEvent? decisive)
    {
        var how = decisive?.Status == "Afleveret Digital Post" ? "brevet lå i modtagerens postkasse" : "modtagelsen er kvitteret";
        return verdict.At is null
            ? $"Afleveret: {how}. Statussen har intet tidspunkt, så ankomsten kan ikke tidsfæstes."
            : $"Afleveret: {how}{When(verdict.At)}.";
    }

    private static string Contradiction(LetterEvent? contradicting) =>
        $" Men en anden status modsiger det{(contradicting is null ? "" : $": »{contradicting.Status}«{When(contradicting.At)}")}. Undersøg, hvad der skete, før beviset bruges.";

    private static string LastReceipt(LetterVerdict verdict) =>
        verdict.LastReceiptAt is { } at ? $"Den seneste kvittering er fra {Moment(at)}." : "Der er endnu ikke set nogen kvittering med tidspunkt.";

    private static string Attempt(LetterVerdict verdict) => verdict.Attempts > 1 ? $" Det er forsøg nr. {verdict.Attempts}." : "";

    private static string When(DateTimeOffset? at) => at is { } moment ? $" den {Moment(moment)}" : "";
}
