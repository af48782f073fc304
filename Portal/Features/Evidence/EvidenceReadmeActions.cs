using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>The part of LAES-MIG.txt about the log of actions: how to check what people did with common tools.</summary>
internal static class EvidenceReadmeActions
{
    private const string VerifyWithProgram =
        "Portal.Ingestion verify --proof handlinger/handling-N.tlog-proof --message handlinger/handling-N.json "
        + "--key \"$(cat noegle-handlinger.txt)\"";

    // The last line of a record is the fingerprint of the JSON.
    private const string CompareFingerprints =
        """
        for f in handlinger/*.json; do
        sed -n 's/^extra //p' "${f%.json}.tlog-proof" | base64 -d | tail -n 1 | sed "s|$|  $f|" | sha256sum -c -
        done
        """;

    private const string VerifyWithOpenssl =
        """
        head -n 3 checkpoint-handlinger.txt > hoved.bin
        grep '^—' checkpoint-handlinger.txt | awk '{print $NF}' | base64 -d | tail -c 64 > hoved-underskrift.bin
        (printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cut -d+ -f3- noegle-handlinger.txt | base64 -d | tail -c 32) > hoved.der
        openssl pkeyutl -verify -pubin -inkey hoved.der -keyform DER -rawin -in hoved.bin -sigfile hoved-underskrift.bin
        """;

    /// <summary>Adds the step after the ledger's.</summary>
    public static void Add(DocumentBuilder document) => document
        .Heading(2, "Hvad mennesker har gjort")
        .Paragraph("Hvad mennesker har gjort i sagen (registreringer og rettelser af breve, statusser knyttet til et brev med hånden, "
            + "notater, undtagelser fra sletning, driftshændelser), står i en log for sig, med samme nøgle og i samme formater. En "
            + "handling, der er ændret eller fjernet bagefter, kan derfor ses, også hvis den er ændret alle steder i databasen.")
        .Paragraph("Hver fil handlinger/handling-N.json er en handling, som den blev ført ind, som JSON efter RFC 8785. CPR-numre er "
            + "maskeret i den; »registration« er et fingeraftryk af hele registreringen, som kun portalen kan regne efter. Det, "
            + "der er slettet efter reglerne om opbevaring, er ikke med.")
        .Paragraph("f. Linjen »extra« i beviset er bladets indhold i base64. Det er fem linjer: portal-handling/v1, handlingens art, hvad "
            + "den handler om, tidspunktet (UTC) og SHA-256 af filen. Sådan holdes alle filer op mod deres beviser; hver linje skal "
            + "sige OK:")
        .Code(CompareFingerprints)
        .Paragraph("g. At bladet står i loggen, kontrolleres som i b, c og d ovenfor. Med portalens eget program, som myndigheden kan "
            + "levere:")
        .Code(VerifyWithProgram)
        .Paragraph("h. Underskriften i checkpoint-handlinger.txt kontrolleres som i e, med nøglen i noegle-handlinger.txt. Den har samme "
            + "offentlige nøgle (de sidste 32 byte) som noegle.txt, men loggens navn ender på /handlinger:")
        .Code(VerifyWithOpenssl);
}
