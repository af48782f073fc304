using System.Globalization;
using System.Text;
using Portal.Ingestion.Log.Content;
using Portal.Platform.Text;

namespace Portal.Features.Evidence;

/// <summary>The package's instructions (LAES-MIG.txt), in Danish, for a reader who does not know the portal.</summary>
internal static class EvidenceReadme
{
    public static string Of(EvidenceDossier dossier, IEnumerable<string> files, IReadOnlyDictionary<long, ContentReading> bytes)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            BEVISPAKKE {dossier.Number}
            Sag {dossier.CaseNumber}
            Udarbejdet {DanishFormat.DateAndTime(dossier.MadeAt)} (dansk tid) af {dossier.MadeBy}
            Sagens side i portalen: {dossier.PageUrl}

            HVAD PAKKEN INDEHOLDER

            """);
        foreach (var file in files) text.Append("  ").Append(file).Append("   ").AppendLine(About(file));
        text.AppendLine("  LAES-MIG.txt   denne fil").AppendLine("  SHA256SUMS   fingeraftryk af alle filer i pakken").AppendLine();
        foreach (var missing in dossier.Messages.Where(m => bytes.GetValueOrDefault(m.Sequence).Bytes is null))
        {
            var why = bytes.ContainsKey(missing.Sequence)
                ? "kan ikke læses: det, der er gemt, er beskadiget eller ændret, og er derfor ikke lagt i pakken"
                : "er slettet efter reglerne om opbevaring";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  Indholdet af besked nr. {missing.Sequence} {why}. Dens fingeraftryk er {missing.Sha256}.");
        }

        text.Append("""

            SÅDAN KONTROLLERES PAKKEN UDEN OS

            1. At filerne er ubeskadigede:

                 sha256sum -c SHA256SUMS

            2. At en besked er den, som dokumentet omtaler: fingeraftrykket (SHA-256) af filen i beskeder/ skal
               være det, der står ved samme besked i bevisdokumentet:

                 sha256sum beskeder/*.xml


            """);
        text.Append(dossier.Ledger is null ? NoLedger : Ledger);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string About(string file) => file switch
    {
        "bevis.pdf" => "bevisdokumentet",
        "bevis.html" => "bevisdokumentet som en side, der kan åbnes og skrives ud fra enhver browser",
        "checkpoint.txt" => "loggens underskrevne hoved (C2SP signed note)",
        "noegle.txt" => "loggens offentlige nøgle",
        _ when file.StartsWith("beskeder/", StringComparison.Ordinal) => "beskedens bytes, nøjagtigt som de blev modtaget",
        _ => "bevis for, at beskeden står i loggen",
    };

    private const string NoLedger =
        """
        3. Denne portal fører endnu ikke en gennemsigtighedslog. Pakken rummer derfor ingen beviser for,
           hvornår beskederne blev skrevet ned, ud over portalens egne oplysninger.
        """;

    private const string Ledger =
        """
        3. At beskeden står uændret i loggen, og har stået der siden modtagelsen.

           Loggen er et Merkle-træ efter RFC 9162. Filerne i beviser/ følger formatet C2SP tlog-proof
           (https://c2sp.org/tlog-proof), checkpoint.txt følger https://c2sp.org/tlog-checkpoint og
           noegle.txt følger https://c2sp.org/signed-note. Ethvert program, der kender dem, kan kontrollere
           beviset. Med portalens eget program kræves hverken database eller netadgang:

             Portal.Ingestion verify --proof beviser/besked-N.tlog-proof --message beskeder/besked-N.xml --key "$(cat noegle.txt)"

           Uden noget af vores gøres det sådan:

             a. Linjen »extra« i beviset er bladets indhold i base64. Det er fire linjer: portal-besked/v1,
                BeskedId, modtagelsestidspunktet (UTC) og SHA-256 af beskedens bytes. Den sidste skal være
                fingeraftrykket af filen i beskeder/.
             b. Bladets hash er SHA-256 af byten 0x00 fulgt af bladets indhold.
             c. Gå opad med hashværdierne i beviset som i RFC 9162, 2.1.3.2, hvor hvert skridt er SHA-256 af
                byten 0x01, venstre hash og højre hash; »index« siger, på hvilken side hver står.
             d. Resultatet skal være tredje linje i checkpointet sidst i beviset (base64).
             e. Underskriften i checkpointet er Ed25519 over dets første tre linjer, hver med linjeskift. Den er
                de sidste 64 byte af den sidste del af linjen med »—« (base64); de fire byte foran er nøglens
                id, som også står i noegle.txt. Den offentlige nøgle er de sidste 32 byte af den sidste del af
                noegle.txt (base64). Med openssl og almindelige værktøjer:

                  head -n 3 checkpoint.txt > besked.bin
                  grep '^—' checkpoint.txt | awk '{print $NF}' | base64 -d | tail -c 64 > underskrift.bin
                  (printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cut -d+ -f3- noegle.txt | base64 -d | tail -c 32) > noegle.der
                  openssl pkeyutl -verify -pubin -inkey noegle.der -keyform DER -rawin -in besked.bin -sigfile underskrift.bin

           Et checkpoint, der er hentet på et andet tidspunkt, fx fra en anden bevispakke, kan holdes op mod
           dette: to checkpoints af samme log må aldrig modsige hinanden.
        """;
}
