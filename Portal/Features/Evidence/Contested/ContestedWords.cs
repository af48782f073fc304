using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Platform.Text;

namespace Portal.Features.Evidence.Contested;

/// <summary>Sentences that several questions use.</summary>
internal static class ContestedWords
{
    public const string Title = "Hvis borgeren bestrider";
    public const string Heading = "Hvis borgeren bestrider, at brevet kom frem";

    public const string Lead =
        "Myndigheden skal vise, at brevet kom frem. Her står Ankestyrelsens spørgsmål ét for ét med det svar, som portalens oplysninger "
        + "giver, hvad det bygger på, hvad der mangler, og hvem der kan spørges. Svarene siger ikke mere, end der er vist.";

    public const string AboutDigital = "Spørgsmålene er dem for Digital Post: de fem punkter, som en forsendelseslog skal vise.";
    public const string AboutPhysical = "Spørgsmålene er dem for almindelig post: det, som myndigheden skal gøre rede for.";
    public const string RestsOn = "Bygger på";
    public const string Missing = "Mangler";
    public const string Ask = "Spørg";
    public const string Answer = "Svar";
    public const string Nothing = "Intet";
    public const string MayWrite = "Det kan I skrive til borgeren";
    public const string MayNotWrite = "Skriv ikke:";

    /// <summary>When a status says that something happened, and where it stands.</summary>
    public static string When(LetterEvent told)
    {
        var when = told.At is { } at ? EvidenceWords.Moment(at) : "uden tidspunkt";
        var byHand = told.ByHand is { NamesLetter: false } ? "; statussen er knyttet til brevet i hånden" : "";
        return $"{when}, oplyst i besked nr. {DanishFormat.Number(told.Sequence)}{byHand}";
    }

    /// <summary>An incident in a sentence.</summary>
    public static string Of(Incident incident) => $"{EvidenceWords.Lasted(incident)}: {incident.Text} {EvidenceWords.NotedBy(incident)}";

    /// <summary>The statuses can no longer be shown.</summary>
    public static string Erased(DateTimeOffset at) =>
        $"Statusserne om brevet blev slettet efter reglerne om opbevaring den {DanishFormat.Date(at)}; resultatet er det, de gav.";
}
