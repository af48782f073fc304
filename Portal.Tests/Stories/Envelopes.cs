using System.Text;

namespace Portal.Tests.Stories;

/// <summary>
/// Envelopes and letters as another system sends them, built as text so that the tests do not depend on the portal's own writer.
/// </summary>
internal static class Envelopes
{
    private static readonly Guid PostStatus = new("d2bed63c-4853-4008-b6e0-a74c15b15fbf");

    public static (string BeskedId, byte[] Bytes) Status(string messageUuid, string action, string at, string cvr = "55133018") => With(
        action, $"<TransmissionId>{Guid.NewGuid()}</TransmissionId><MessageUUID>{messageUuid}</MessageUUID><KanalKode>Digital "
            + $"Post</KanalKode><TransaktionsDatoTid>{at}</TransaktionsDatoTid>", cvr);

    /// <summary>A status with the given inner XML of its PKO_PostStatus.</summary>
    public static (string BeskedId, byte[] Bytes) With(string action, string inside, string cvr = "55133018", Guid? type = null)
    {
        var id = Guid.NewGuid().ToString();
        var payload = $"""<PKO_PostStatus xmlns="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">{inside}</PKO_PostStatus>""";
        return (id, Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <sts:ModtagBeskedInput xmlns:sts="urn:oio:sts:1.0.0" xmlns:a="urn:oio:besked:kuvert:1.0" xmlns="urn:oio:sagdok:3.0.0">
            <a:Haendelsesbesked>
              <a:BeskedId><UUIDIdentifikator>{id.ToUpperInvariant()}</UUIDIdentifikator></a:BeskedId><a:BeskedVersion>1.0</a:BeskedVersion>
              <a:Beskedkuvert><a:Filtreringsdata>
                <a:Beskedtype><UUIDIdentifikator>{type ?? PostStatus}</UUIDIdentifikator></a:Beskedtype>
                <a:TilladtModtager><URNIdentifikator>urn:oio:cvr-nr:{cvr}</URNIdentifikator></a:TilladtModtager>
                <a:ObjektRegistrering><a:ObjektHandling>
                <UUIDIdentifikator>{action}</UUIDIdentifikator></a:ObjektHandling></a:ObjektRegistrering>
              </a:Filtreringsdata></a:Beskedkuvert>
              <a:Beskeddata><b:Base64 xmlns:b="urn:besked:kuvert:1.0" content-type="application/xml" encoding="UTF-8" file-type="xml">
              {Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))}</b:Base64></a:Beskeddata>
            </a:Haendelsesbesked></sts:ModtagBeskedInput>
            """));
    }

    public static object Letter(string caseNumber, string messageUuid, string? id = null) => new
    {
        caseNumber,
        caseType = "huslejenaevn",
        letterId = id ?? "brev-" + messageUuid,
        title = "Afgørelse om huslejenedsættelse",
        recipient = new { name = "Anna Lejer", id = "0101011234", idType = "CPR" },
        channel = "DigitalPost",
        decision = true,
        sentAt = "2026-02-13T12:21:40+01:00",
        identifiers = new { messageUuid },
    };
}
