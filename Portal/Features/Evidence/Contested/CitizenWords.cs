using Portal.Ingestion.Letters;
using Portal.Platform.Text;

namespace Portal.Features.Evidence.Contested;

/// <summary>What may be written to the citizen: no more than is shown. Pure.</summary>
internal static class CitizenWords
{
    /// <summary>Sentences about a digital letter.</summary>
    public static IReadOnlyList<string> OfDigital(LetterView letter) => ProofStrength.Of(letter).Arrival switch
    {
        ProofState.Proven =>
        [
            $"{SentBy(letter, "med Digital Post")} Det lå i din digitale postkasse den {EvidenceWords.Moment(letter.VerdictAt!.Value)}.",
            "Et brev er kommet frem, når det er tilgængeligt i den digitale postkasse, også selv om det ikke er læst (lov om Digital "
                + "Post § 10).",
        ],
        ProofState.Partial =>
            [$"{SentBy(letter, "med Digital Post")} Vi har en kvittering for, at det lå i din digitale postkasse, men ikke hvornår."],
        ProofState.Disputed or ProofState.Probable =>
            [$"{SentBy(letter, "med Digital Post")} Vores oplysninger om, at det kom frem, er usikre, og vi undersøger det."],
        _ => NotArrived(letter, "med Digital Post"),
    };

    /// <summary>Sentences about an ordinary letter.</summary>
    /// <param name="now">Until when nothing has come back.</param>
    public static IReadOnlyList<string> OfPhysical(LetterView letter, DateTimeOffset now) => letter.Verdict switch
    {
        Verdict.Delivered => ProofStrength.Of(letter).Arrival == ProofState.Proven
            ? [$"{SentBy(letter, "som almindelig post")} Der er kvitteret for det den {EvidenceWords.Moment(letter.VerdictAt!.Value)}."]
            : [$"{SentBy(letter, "som almindelig post")} Vores oplysninger om, at det kom frem, er usikre, og vi undersøger det."],
        Verdict.HandedToPost =>
        [
            letter.PostedAt is { } posted
                ? $"{SentBy(letter, "som almindelig post")} Det blev overgivet til postvirksomheden den {EvidenceWords.Moment(posted)}."
                : $"{SentBy(letter, "som almindelig post")} Det er overgivet til postvirksomheden.",
            .. letter.Events.Any(e => e.Kind == StatusKind.Returned)
                ? Array.Empty<string>()
                : [$"Vi har ikke fået det retur til og med {DanishFormat.LongDate(now)}."],
            .. letter.PresumedArrival is { } day ? [Presumed(day, now)] : Array.Empty<string>(),
        ],
        _ => NotArrived(letter, "som almindelig post"),
    };

    /// <summary>What must not be written.</summary>
    public static string Not(LetterView letter) => (letter.Verdict, ProofStrength.Of(letter).Arrival) switch
    {
        (_, ProofState.Proven) => "at modtageren har læst brevet; det viser kvitteringen ikke.",
        (Verdict.HandedToPost, _) => "at brevet er afleveret, eller at det er bevist, at det kom frem.",
        (Verdict.Delivered, _) => "at brevet beviseligt kom frem, før tvivlen er afklaret.",
        _ => "at brevet er kommet frem, eller at en frist løber fra det.",
    };

    private static string Presumed(DateOnly day, DateTimeOffset now) => EvidenceWords.IsAhead(day, now)
        ? $"Det formodes først at være kommet frem {DanishFormat.LongDate(day)}."
        : $"Det formodes derfor at være kommet frem senest {DanishFormat.LongDate(day)}. Har du oplysninger om, at det ikke kom frem, kan "
            + "du sende dem til os.";

    private static IReadOnlyList<string> NotArrived(LetterView letter, string way) => letter.Verdict switch
    {
        Verdict.Returned => [$"{SentBy(letter, way)} Det kom retur til os og er ikke kommet frem."],
        Verdict.Failed => [$"{SentBy(letter, way)} Det kunne ikke afleveres og er ikke kommet frem."],
        Verdict.Recalled => [$"{SentBy(letter, way)} Vi har kaldt det tilbage."],
        _ => [$"{SentBy(letter, way)} Vi har ingen kvittering, der viser, at det er kommet frem."],
    };

    private static string SentBy(LetterView letter, string way) => letter.SentAt == default
        ? $"Brevet »{EvidenceWords.TitleOf(letter)}« er sendt {way}."
        : $"Brevet »{EvidenceWords.TitleOf(letter)}« blev sendt {way} den {EvidenceWords.Sent(letter.SentAt)}.";
}
