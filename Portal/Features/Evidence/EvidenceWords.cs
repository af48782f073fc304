using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Evidence;

/// <summary>The evidence document's own words. Danish only: the document is, whoever asks for it.</summary>
internal static class EvidenceWords
{
    /// <summary>The verdict in a word or two.</summary>
    public static string Verdict(LetterView letter) => TextResources.Danish<UiTexts>($"Verdict{letter.Verdict}");

    /// <summary>The verdict's colour; the word is always shown with it.</summary>
    public static string Mark(LetterView letter) => letter.Verdict switch
    {
        Ingestion.Letters.Verdict.Delivered => Doubt(letter) is null ? "ok" : "warn",
        Ingestion.Letters.Verdict.HandedToPost => "info",
        Ingestion.Letters.Verdict.EvidenceMissing => "warn",
        Ingestion.Letters.Verdict.Failed or Ingestion.Letters.Verdict.Returned => "bad",
        _ => "grey",
    };

    /// <summary>Why an arrival is not proven although a status says it, in a sentence; null when nothing speaks against it.</summary>
    public static string? Doubt(LetterView letter) => letter switch
    {
        { Verdict: not Ingestion.Letters.Verdict.Delivered } => null,
        { Contradiction: true } => "en anden status modsiger, at brevet kom frem.",
        _ => ArrivalGrounds.Of(letter).Ground switch
        {
            ArrivalGround.BeforeSending => "urene er uenige: ankomsten ligger før afsendelsen.",
            ArrivalGround.Hand =>
                "ankomsten hviler på en status, der er knyttet til brevet i hånden, og hvis egne numre ikke peger på det.",
            _ => null,
        },
    };

    /// <summary>That a person put a status to the letter: who, when, why, and whether the status names the letter itself.</summary>
    public static string ByHand(HandMatchNote hand)
    {
        var why = hand.Reason is { Length: > 0 } reason ? $": »{SendersText.OneLine(reason, 500)}«" : "";
        var names = hand.NamesLetter ? "Statussens egne numre peger på brevet." : "Ingen af statussens egne numre peger på brevet.";
        return $"Statussen er knyttet til brevet i hånden af {hand.By}, {Moment(hand.At)}{why}. {names}";
    }

    /// <summary>When a letter was sent: as <see cref="Moment"/>, or the date with the words that no time of day is known.</summary>
    public static string Sent(DateTimeOffset at) => DanishTime.IsDateAlone(at)
        ? $"{DanishFormat.Local(at).ToString("d. MMMM yyyy", DanishFormat.Danish)} (klokkeslæt ikke oplyst)"
        : Moment(at);

    /// <summary>13. februar 2023 kl. 12.22.05</summary>
    public static string Moment(DateTimeOffset at) => DanishFormat.Local(at).ToString("d. MMMM yyyy 'kl.' HH.mm.ss", DanishFormat.Danish);

    /// <summary>How the letter was sent.</summary>
    public static string Channel(LetterChannel channel) => channel switch
    {
        LetterChannel.DigitalPost => "Digital Post",
        LetterChannel.FysiskPost => "Fysisk post",
        _ => "Digital Post, ellers fysisk post",
    };

    /// <summary>What statuses know the letter by, by the names of the standards.</summary>
    public static IEnumerable<(string Name, string Value)> Identifiers(LetterIdentifiers known) =>
        known.Known().Select(i => (i.Name, CprNumber.MaskIn(i.Value)));
}
