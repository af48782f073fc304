using System.Globalization;
using Portal.Ingestion.Log.Content;
using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>The package's instructions (LAES-MIG.txt), in Danish, for a reader who does not know the portal.</summary>
internal static class EvidenceReadme
{
    /// <summary>The instructions as a document.</summary>
    /// <param name="files">The names of the package's other files, in its order.</param>
    /// <param name="bytes">Exact bytes by sequence number, or why they cannot be read.</param>
    public static Document Build(
        EvidenceDossier dossier, IReadOnlyList<string> files, IReadOnlyDictionary<long, ContentReading> bytes)
    {
        var document = new DocumentBuilder()
            .Title("", $"Bevispakke {dossier.Number}", $"Sag {dossier.CaseNumber}")
            .Paragraph(line => line
                .Text($"Udarbejdet {DanishFormat.DateAndTime(dossier.MadeAt)} (dansk tid) af {dossier.MadeBy}").Break()
                .Text($"Sagens side i portalen: {dossier.PageUrl}"))
            .Heading(2, "Hvad pakken indeholder")
            .Facts(facts => AddFiles(facts, files))
            .List(ordered: false, MissingOf(dossier, bytes))
            .Heading(2, "Sådan kontrolleres pakken uden os")
            .Paragraph("1. At filerne er ubeskadigede:")
            .Code("sha256sum -c SHA256SUMS")
            .Paragraph("2. At en besked er den, som dokumentet omtaler: fingeraftrykket (SHA-256) af filen i beskeder/ skal være det, der "
                + "står ved samme besked i bevisdokumentet:")
            .Code("sha256sum beskeder/*.xml");
        if (dossier.Ledger is null) document.Paragraph(NoLedger);
        else EvidenceReadmeLedger.Add(document);
        if (dossier.Actions is not null) EvidenceReadmeActions.Add(document);
        return document.Build($"Bevispakke {dossier.Number}", "");
    }

    private static void AddFiles(FactsBuilder facts, IReadOnlyList<string> files)
    {
        foreach (var file in files) facts.Add(file, About(file));
        facts.Add("LAES-MIG.txt", "denne fil").Add("SHA256SUMS", "fingeraftryk af alle filer i pakken");
    }

    private static IEnumerable<string> MissingOf(EvidenceDossier dossier, IReadOnlyDictionary<long, ContentReading> bytes)
    {
        foreach (var missing in dossier.Messages.Where(m => bytes.GetValueOrDefault(m.Sequence).Bytes is null))
        {
            var why = bytes.ContainsKey(missing.Sequence)
                ? "kan ikke læses: det, der er gemt, er beskadiget eller ændret, og er derfor ikke lagt i pakken"
                : "er slettet efter reglerne om opbevaring";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Indholdet af besked nr. {missing.Sequence} {why}. Dens fingeraftryk er {missing.Sha256}.");
        }
    }

    private static string About(string file) => file switch
    {
        "bevis.pdf" => "bevisdokumentet",
        "hvis-bestridt.txt" => "hvad der kan svares, hvis borgeren bestrider, at et brev kom frem; står også sidst i bevisdokumentet",
        "checkpoint.txt" => "loggens underskrevne hoved (C2SP signed note)",
        "noegle.txt" => "loggens offentlige nøgle",
        "checkpoint-handlinger.txt" => "det underskrevne hoved af loggen over, hvad mennesker har gjort",
        "noegle-handlinger.txt" => "den offentlige nøgle til loggen over, hvad mennesker har gjort",
        _ when file.StartsWith("handlinger/", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) =>
            "hvad et menneske har gjort i sagen, som det blev ført ind",
        _ when file.StartsWith("handlinger/", StringComparison.Ordinal) => "bevis for, at handlingen står i loggen",
        _ when file.StartsWith("beskeder/", StringComparison.Ordinal) => "beskedens bytes, nøjagtigt som de blev modtaget",
        _ => "bevis for, at beskeden står i loggen",
    };

    private const string NoLedger =
        "3. Denne portal fører endnu ikke en gennemsigtighedslog. Pakken rummer derfor ingen beviser for, hvornår beskederne blev skrevet "
        + "ned, ud over portalens egne oplysninger.";
}
