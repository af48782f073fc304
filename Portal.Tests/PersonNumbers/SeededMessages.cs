using System.Text;
using Portal.Ingestion.Envelopes;

namespace Portal.Tests.PersonNumbers;

/// <summary>Envelopes with a person number in every field that a sender fills in.</summary>
internal sealed class SeededMessages(SeededNumbers numbers)
{
    private const string Own = "urn:oio:cvr-nr:55133018";
    private const string CprEvent = "248ce14c-a863-4fb5-9e6f-7df9ea850809";

    /// <summary>A status of a letter, with a number in every other field.</summary>
    public byte[] Status(string beskedId, string messageUuid, string action, string at) => Envelope(
        Uuid(beskedId), Uuid(KnownBeskedtyper.PostStatus), Uuid(action), at, Payload(messageUuid, "Afleveret Digital Post", at));

    /// <summary>A status whose action is only words, a number among them.</summary>
    public byte[] Unknown(string beskedId, string messageUuid, string at) => Envelope(
        Uuid(beskedId), Uuid(KnownBeskedtyper.PostStatus), Urn($"urn:oio:cpr-nr:{numbers.Plain("besked ObjektHandling")}"), at,
        Payload(messageUuid, $"Ukendt {numbers.For("besked TransaktionsStatusKode")}", at));

    /// <summary>A message of a type that the portal cannot decode, with its payload as XML.</summary>
    public byte[] Event(string beskedId, string at)
    {
        var tag = numbers.Plain("beskeddata elementnavn");
        return Envelope(Uuid(beskedId), Uuid(CprEvent), Uuid("1e5bb089-5445-44f8-9b65-bc854053f423"), at,
        $"""
        <a:Beskeddata><p:Person xmlns:p="urn:person" nummer="{numbers.For("beskeddata attribut")}">
          <!-- {numbers.For("beskeddata kommentar")} --><p:PersonCivilRegistrationIdentifier>{numbers.Plain("beskeddata element")
        }</p:PersonCivilRegistrationIdentifier><p:tekst>Født: {numbers.For("beskeddata fritekst")} i dag</p:tekst>
          <p:n{tag}>x</p:n{tag}>
        </p:Person></a:Beskeddata>
        """);
    }

    /// <summary>A message whose id is a number.</summary>
    public byte[] Named(string number, string at) => Envelope(
        Urn($"urn:oio:cpr-nr:{number}"), Uuid(KnownBeskedtyper.PostStatus), Uuid(KnownHandlinger.Klar), at,
        Payload(Guid.NewGuid().ToString(), "Klar", at));

    /// <summary>A message whose type is a number.</summary>
    public byte[] OfType(string beskedId, string at) => Envelope(
        Uuid(beskedId), Urn($"urn:oio:cpr-nr:{numbers.Plain("besked Beskedtype")}"), Uuid(KnownHandlinger.Klar), at, "");

    /// <summary>A text that is no envelope.</summary>
    public byte[] Malformed() => Encoding.UTF8.GetBytes($"<brev><til>{numbers.For("karantæne: ulæselig besked")}</til>");

    /// <summary>An envelope whose id and content are numbers, and that has no type.</summary>
    public byte[] WithoutType() => Envelope(
        Urn($"urn:oio:cpr-nr:{numbers.Plain("karantæne: BeskedId")}"), "", Uuid(KnownHandlinger.Klar), "2026-02-13T12:00:00Z", "");

    private byte[] Envelope(string id, string type, string action, string at, string data) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- {numbers.For("besked kommentar")} -->
        <a:Haendelsesbesked xmlns:a="urn:oio:besked:kuvert:1.0" xmlns="urn:oio:sagdok:3.0.0">
          <a:BeskedId>{id}</a:BeskedId><a:BeskedVersion>1.0 {numbers.For("besked BeskedVersion")}</a:BeskedVersion>
          <a:Beskedkuvert><a:Filtreringsdata>
            <a:Beskedtype>{type}</a:Beskedtype>
            <a:BeskedAnsvarligAktoer>{Cpr("BeskedAnsvarligAktoer")}</a:BeskedAnsvarligAktoer>
            <a:TilladtModtager>{Urn(Own)}</a:TilladtModtager><a:TilladtModtager>{Cpr("TilladtModtager")}</a:TilladtModtager>
            <a:RelateretObjekt><a:ObjektId>{Cpr("RelateretObjekt ObjektId")}</a:ObjektId>
              <a:ObjektType>{Cpr("RelateretObjekt ObjektType")}</a:ObjektType>
              <a:ObjektRolle>{Cpr("RelateretObjekt ObjektRolle")}</a:ObjektRolle></a:RelateretObjekt>
            <a:ObjektRegistrering>
              <a:ObjektRegistreringId>{Cpr("ObjektRegistreringId")}</a:ObjektRegistreringId>
              <a:RegistreringsAktoer>{Cpr("RegistreringsAktoer")}</a:RegistreringsAktoer>
              <a:Registreringstidspunkt><TidsstempelDatoTid>{at}</TidsstempelDatoTid></a:Registreringstidspunkt>
              <a:ObjektAnsvarligMyndighed>{Cpr("ObjektAnsvarligMyndighed")}</a:ObjektAnsvarligMyndighed>
              <a:ObjektId>{Cpr("ObjektId")}</a:ObjektId><a:ObjektType>{Cpr("ObjektType")}</a:ObjektType>
              <a:ObjektHandling>{action}</a:ObjektHandling>
              <a:OpgaveEmne>{Cpr("OpgaveEmne")}</a:OpgaveEmne></a:ObjektRegistrering>
            <a:TvaergaaendeProces>{Cpr("TvaergaaendeProces")}</a:TvaergaaendeProces>
          </a:Filtreringsdata><a:Leveranceinformation>
            <a:Dannelsestidspunkt><TidsstempelDatoTid>{at}</TidsstempelDatoTid></a:Dannelsestidspunkt>
            <a:TransaktionsId>{Cpr("TransaktionsId")}</a:TransaktionsId>
            <a:Kildesystem>System {numbers.For("besked Kildesystem")}</a:Kildesystem>
            <a:KildesystemIPAdresse>{numbers.For("besked KildesystemIPAdresse")}</a:KildesystemIPAdresse>
            <a:KildesystemAkkreditiver>bruger {numbers.For("besked KildesystemAkkreditiver")}</a:KildesystemAkkreditiver>
            <a:Sikkerhedsklassificering>{Cpr("Sikkerhedsklassificering")}</a:Sikkerhedsklassificering>
            <a:Leveranceruter><a:Leverancerute><a:Fordelingssystem>{Cpr("Fordelingssystem")}</a:Fordelingssystem>
              <a:ModtagetFraSystem>{Cpr("ModtagetFraSystem")}</a:ModtagetFraSystem>
              <a:ErLeveretIHenholdTil>{Cpr("ErLeveretIHenholdTil")}</a:ErLeveretIHenholdTil></a:Leverancerute></a:Leveranceruter>
          </a:Leveranceinformation></a:Beskedkuvert>
          {data}
        </a:Haendelsesbesked>
        """.TrimStart());

    private string Payload(string messageUuid, string status, string at)
    {
        string Field(string name) => $"<{name}>{numbers.For($"PKO_PostStatus {name}")}</{name}>";
        var xml =
            $"""
            <PKO_PostStatus xmlns="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">{Field("TransmissionId")}
            <MessageUUID>{messageUuid}</MessageUUID>{Field("MessageId")}{Field("AfsendelseIdentifikator")}
            {Field("ForsendelseIdentifikator")}
            {Field("KanalKode")}<TransaktionsDatoTid>{at}</TransaktionsDatoTid>{Field("BrugerNavn")}{Field("EnhedTekst")}
            {Field("AfsenderSystemIdentifikator")}<TransaktionsStatusKode>{status}</TransaktionsStatusKode>
            {Field("ForsendelseTypeIdentifikator")}{Field("CorrelationId")}
            <FejlDetaljer>{Field("FejlKode")}{Field("FejlTekst")}</FejlDetaljer><ForsendelseHaendelseSamling><ForsendelseHaendelse>
            {Field("ForsendelseHaendelseTypeKode")}</ForsendelseHaendelse></ForsendelseHaendelseSamling></PKO_PostStatus>
            """;
        return $"""
            <a:Beskeddata><b:Base64 xmlns:b="urn:besked:kuvert:1.0" content-type="application/xml" encoding="UTF-8"
              file-type="{numbers.For("besked file-type")}">{Convert.ToBase64String(Encoding.UTF8.GetBytes(xml))}</b:Base64></a:Beskeddata>
            """;
    }

    private string Cpr(string field) => Urn($"urn:oio:cpr-nr:{numbers.Plain($"besked {field}")}");

    private static string Uuid(string id) => $"<UUIDIdentifikator>{id}</UUIDIdentifikator>";

    private static string Urn(string id) => $"<URNIdentifikator>{id}</URNIdentifikator>";
}
