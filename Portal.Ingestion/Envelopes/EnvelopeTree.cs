using Portal.Ingestion.Domain.Time;

using static Portal.Ingestion.Envelopes.EnvelopeNode;

namespace Portal.Ingestion.Envelopes;

/// <summary>A message as elements, in the standard's order.</summary>
internal static class EnvelopeTree
{
    /// <summary>Haendelsesbesked with <paramref name="payloads"/> as its Beskeddata.</summary>
    public static EnvelopeNode Of(Haendelsesbesked besked, IEnumerable<EnvelopeNode> payloads) => Kuvert(
        "Haendelsesbesked",
        [
            Id("BeskedId", besked.BeskedId),
            KuvertText("BeskedVersion", besked.BeskedVersion),
            Kuvert(
                "Beskedkuvert",
                Filtreringsdata(besked),
                besked.Leveranceinformation is { } information ? Leveranceinformation(information) : null,
                TextOrId("Modtagerhandling", besked.Modtagerhandling),
                Tid("GyldighedFra", besked.GyldighedFra),
                Tid("GyldighedTil", besked.GyldighedTil)),
            .. payloads,
        ]);

    private static EnvelopeNode Filtreringsdata(Haendelsesbesked besked) => Kuvert(
        "Filtreringsdata",
        [
            Id("Beskedtype", besked.Beskedtype),
            Id("BeskedAnsvarligAktoer", besked.BeskedAnsvarligAktoer),
            .. besked.TilladtModtager.Select(id => Id("TilladtModtager", id)),
            .. besked.RelateretObjekt.Select(RelateretObjekt),
            .. besked.ObjektRegistrering.Select(ObjektRegistrering),
            .. besked.TvaergaaendeProces.Select(id => Id("TvaergaaendeProces", id)),
        ]);

    private static EnvelopeNode RelateretObjekt(RelateretObjekt related) => Kuvert(
        "RelateretObjekt",
        Id("ObjektId", related.ObjektId),
        Id("ObjektType", related.ObjektType),
        TextOrId("ObjektRolle", related.ObjektRolle));

    private static EnvelopeNode ObjektRegistrering(ObjektRegistrering registration) => Kuvert(
        "ObjektRegistrering",
        Id("ObjektRegistreringId", registration.ObjektRegistreringId),
        Id("RegistreringsAktoer", registration.RegistreringsAktoer),
        Tid("Registreringstidspunkt", registration.Registreringstidspunkt),
        Id("ObjektAnsvarligMyndighed", registration.ObjektAnsvarligMyndighed),
        Id("ObjektId", registration.ObjektId),
        Id("ObjektType", registration.ObjektType),
        Id("ObjektHandling", registration.ObjektHandling),
        Id("OpgaveEmne", registration.OpgaveEmne));

    private static EnvelopeNode Leveranceinformation(Leveranceinformation information) => Kuvert(
        "Leveranceinformation",
        Tid("Dannelsestidspunkt", information.Dannelsestidspunkt),
        Id("TransaktionsId", information.TransaktionsId),
        Id("Kildesystem", information.Kildesystem),
        KuvertText("KildesystemIPAdresse", information.KildesystemIPAdresse),
        KuvertText("KildesystemAkkreditiver", information.KildesystemAkkreditiver),
        Id("Sikkerhedsklassificering", information.Sikkerhedsklassificering),
        information.Leveranceruter.Count > 0 ? Kuvert("Leveranceruter", information.Leveranceruter.Select(Leverancerute)) : null);

    private static EnvelopeNode Leverancerute(Leverancerute route) => Kuvert(
        "Leverancerute",
        Id("Fordelingssystem", route.Fordelingssystem),
        Tid("ModtagelsesTidspunkt", route.ModtagelsesTidspunkt),
        Tid("LeveranceTidspunkt", route.LeveranceTidspunkt),
        Id("ModtagetFraSystem", route.ModtagetFraSystem),
        Id("ErLeveretIHenholdTil", route.ErLeveretIHenholdTil),
        route.AntalLeveranceforsoeg is { } tries
            ? Kuvert("LeveranceruteLokalUdvidelse", KuvertText("AntalLeveranceforsoeg", tries))
            : null);

    private static EnvelopeNode? Id(string name, string? id) => id is null ? null : Kuvert(name, UnikId(id));

    private static EnvelopeNode UnikId(string id) =>
        new(EnvelopeNames.Sagdok, id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)
            ? "URNIdentifikator"
            : "UUIDIdentifikator") { Text = id, IsIdentifier = true };

    // For Modtagerhandling and ObjektRolle the standard allows both: a UUID or URN is written as an identifier, anything else as text.
    private static EnvelopeNode? TextOrId(string name, string? value) =>
        value is not null && (Guid.TryParseExact(value, "D", out _) || value.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            ? Id(name, value)
            : KuvertText(name, value);

    private static EnvelopeNode? Tid(string name, Tidsstempel? time) => time is null
        ? null
        : Kuvert(name, new EnvelopeNode(EnvelopeNames.Sagdok,
            time is { At: null, Text: "true" or "false" } ? "GraenseIndikator" : "TidsstempelDatoTid") { Text = time.Text });
}
