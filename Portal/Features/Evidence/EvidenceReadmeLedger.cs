using Portal.Platform.Documents.Model;

namespace Portal.Features.Evidence;

/// <summary>The part of LAES-MIG.txt about the ledger: how to verify proofs and the checkpoint's signature with common tools.</summary>
internal static class EvidenceReadmeLedger
{
    private const string VerifyWithProgram =
        "Portal.Ingestion verify --proof beviser/besked-N.tlog-proof --message beskeder/besked-N.xml --key \"$(cat noegle.txt)\"";

    private const string OwnProgram = "Med portalens eget program, som myndigheden kan levere, kræves hverken database eller netadgang:";

    // The octal bytes are the DER prefix of an Ed25519 public key (RFC 8410).
    private const string VerifyWithOpenssl =
        """
        head -n 3 checkpoint.txt > besked.bin
        grep '^—' checkpoint.txt | awk '{print $NF}' | base64 -d | tail -c 64 > underskrift.bin
        (printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cut -d+ -f3- noegle.txt | base64 -d | tail -c 32) > noegle.der
        openssl pkeyutl -verify -pubin -inkey noegle.der -keyform DER -rawin -in besked.bin -sigfile underskrift.bin
        """;

    /// <summary>Adds the third step.</summary>
    /// <param name="withBytes">True when the package has the messages' exact bytes.</param>
    public static void Add(DocumentBuilder document, bool withBytes)
    {
        AddFormats(document);
        if (withBytes) document.Paragraph(OwnProgram).Code(VerifyWithProgram).Paragraph("Uden noget af vores gøres det sådan:");
        else document.Paragraph("Det gøres sådan:");
        AddSteps(document, withBytes);
    }

    private static void AddFormats(DocumentBuilder document) => document
        .Paragraph("3. At beskeden står uændret i loggen, og har stået der siden modtagelsen.")
        .Paragraph("Loggen er et Merkle-træ efter RFC 9162. Filerne i beviser/ følger formatet C2SP tlog-proof "
            + "(https://c2sp.org/tlog-proof), checkpoint.txt følger https://c2sp.org/tlog-checkpoint og noegle.txt følger "
            + "https://c2sp.org/signed-note. Ethvert program, der kender dem, kan kontrollere beviset.");

    private static void AddSteps(DocumentBuilder document, bool withBytes) => document
        .Paragraph("a. Linjen »extra« i beviset er bladets indhold i base64. Det er fire linjer: portal-besked/v1, BeskedId, "
            + "modtagelsestidspunktet (UTC) og SHA-256 af beskedens bytes. Den sidste skal være fingeraftrykket "
            + (withBytes ? "af filen i beskeder/." : "ved samme besked i bevisdokumentet."))
        .Paragraph("b. Bladets hash er SHA-256 af byten 0x00 fulgt af bladets indhold.")
        .Paragraph("c. Gå opad med hashværdierne i beviset (RFC 9162, 2.1.3.2). Sæt fn til tallet i linjen »index«, og sn til træets "
            + "størrelse minus 1; træets størrelse er anden linje i checkpointet sidst i beviset. Sæt r til bladets hash. Tag så "
            + "hashværdierne p (base64) i beviset, én ad gangen og i deres rækkefølge:")
        .List(ordered: false,
        [
            "Er sn 0, er beviset forkert.",
            "Er fn ulige, eller er fn lig med sn: r bliver SHA-256 af byten 0x01, p og r. Var fn lige, halveres derefter både fn og sn "
                + "(resten smides væk), til fn er ulige eller 0.",
            "Ellers: r bliver SHA-256 af byten 0x01, r og p.",
            "Til sidst halveres både fn og sn (resten smides væk).",
        ])
        .Paragraph("d. Når der ikke er flere, skal sn være 0, og r skal være tredje linje i checkpointet sidst i beviset (base64).")
        .Paragraph("e. Underskriften i checkpointet er Ed25519 over dets første tre linjer, hver med linjeskift. Den er de sidste 64 byte "
            + "af den sidste del af linjen med »—« (base64); de fire byte foran er nøglens id, som også står i noegle.txt. Den offentlige "
            + "nøgle er de sidste 32 byte af den sidste del af noegle.txt (base64). Med openssl og almindelige værktøjer:")
        .Code(VerifyWithOpenssl)
        .Paragraph("Et checkpoint, der er hentet på et andet tidspunkt, fx fra en anden bevispakke, kan holdes op mod dette: to "
            + "checkpoints af samme log må aldrig modsige hinanden.");
}
