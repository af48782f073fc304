using Portal.Platform.Documents.Model;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>The package's instructions (LAES-MIG.txt), in Danish, for a reader who does not know the portal.</summary>
internal static class EvidenceReadme
{
    /// <summary>The instructions as a document.</summary>
    /// <param name="files">The names of the package's other files, in its order.</param>
    /// <param name="messages">What it holds of the messages.</param>
    public static Document Build(EvidenceDossier dossier, IReadOnlyList<string> files, PackagedMessages messages)
    {
        var document = new DocumentBuilder()
            .Title("", $"Bevispakke {dossier.Number}", $"Sag {dossier.CaseNumber}")
            .Paragraph(line => line
                .Text($"Udarbejdet {DanishFormat.DateAndTime(dossier.MadeAt)} (dansk tid) af {dossier.MadeBy}").Break()
                .Text($"Sagens side i portalen: {dossier.PageUrl}"))
            .Heading(2, "Hvad pakken indeholder")
            .Paragraph(messages.WithBytes ? WithBytes : WithoutBytes)
            .Facts(facts => AddFiles(facts, files))
            .List(ordered: false, messages.Notes)
            .Heading(2, "Sådan kontrolleres pakken uden os")
            .Paragraph("1. At filerne er ubeskadigede:")
            .Code("sha256sum -c SHA256SUMS");
        if (messages.Exact.Count > 0) document.Paragraph(SameMessage).Code("sha256sum beskeder/*.xml");
        else if (dossier.Ledger is not null) document.Paragraph(SameFingerprint).Code(ListFingerprints);
        if (dossier.Ledger is null) document.Paragraph(NoLedger);
        else EvidenceReadmeLedger.Add(document, withBytes: messages.Exact.Count > 0);
        if (dossier.Actions is not null) EvidenceReadmeActions.Add(document);
        return document.Build($"Bevispakke {dossier.Number}", "");
    }

    private static void AddFiles(FactsBuilder facts, IReadOnlyList<string> files)
    {
        foreach (var file in files) facts.Add(file, About(file));
        facts.Add("LAES-MIG.txt", "denne fil").Add("SHA256SUMS", "fingeraftryk af alle filer i pakken");
    }

    private static string About(string file) => file switch
    {
        "bevis.pdf" => "bevisdokumentet",
        "hvis-bestridt.txt" => "hvad der kan svares, hvis borgeren bestrider, at et brev kom frem; står også sidst i bevisdokumentet",
        "checkpoint.txt" => "loggens underskrevne hoved (C2SP signed note)",
        "noegle.txt" => "loggens offentlige nøgle",
        "checkpoint-handlinger.txt" => "det underskrevne hoved af loggen over, hvad mennesker har gjort",
        "noegle-handlinger.txt" => "den offentlige nøgle til loggen over, hvad mennesker har gjort",
        "checkpoint-adgang.txt" => "det underskrevne hoved af loggen over, hvem der har set hvad; med det kan det senere vises, om den log "
            + "er ændret (verify --checkpoint)",
        "noegle-adgang.txt" => "den offentlige nøgle til den log",
        _ when file.StartsWith("handlinger/", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal) =>
            "hvad et menneske har gjort i sagen, som det blev ført ind",
        _ when file.StartsWith("handlinger/", StringComparison.Ordinal) => "bevis for, at handlingen står i loggen",
        _ when file.EndsWith(".maskeret.txt", StringComparison.Ordinal) =>
            "beskeden uden afsendersystemets adgangsoplysninger og med maskerede CPR-numre",
        _ when file.StartsWith("beskeder/", StringComparison.Ordinal) => "beskedens bytes, nøjagtigt som de blev modtaget",
        _ => "bevis for, at beskeden står i loggen",
    };

    private const string WithBytes =
        "Denne pakke er med beskedernes nøjagtige bytes. De er, som de blev modtaget, og kan rumme fulde CPR-numre.";

    private const string WithoutBytes =
        "Denne pakke er uden beskedernes nøjagtige bytes. Den viser, hvad portalen ved, og beviser, at hver besked står i loggen med det "
        + "fingeraftryk, som står i bevisdokumentet; hvad beskeden indeholder, kan kun pakken med bytes bevise. Den laves i portalen, på "
        + "sagens bevisdokument, af den, der skriver, hvad den skal bruges til.";

    private const string SameMessage =
        "2. At en besked er den, som dokumentet omtaler: fingeraftrykket (SHA-256) af filen i beskeder/ skal være det, der "
        + "står ved samme besked i bevisdokumentet:";

    private const string SameFingerprint =
        "2. At et bevis gælder den besked, som dokumentet omtaler: fingeraftrykket (SHA-256) i beviset skal være det, der står ved samme "
        + "besked i bevisdokumentet:";

    // The last line of a leaf's record is the fingerprint.
    private const string ListFingerprints =
        """
        for f in beviser/*.tlog-proof; do
        echo "$f $(sed -n 's/^extra //p' "$f" | base64 -d | tail -n 1)"
        done
        """;

    private const string NoLedger =
        "3. Denne portal fører endnu ikke en gennemsigtighedslog. Pakken rummer derfor ingen beviser for, hvornår beskederne blev skrevet "
        + "ned, ud over portalens egne oplysninger.";
}
