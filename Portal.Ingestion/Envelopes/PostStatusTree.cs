namespace Portal.Ingestion.Envelopes;

/// <summary>A PKO_PostStatus as elements, in the order of real messages.</summary>
internal static class PostStatusTree
{
    /// <summary>PKO_PostStatus.</summary>
    public static EnvelopeNode Of(PostStatus status) => Element(
        "PKO_PostStatus",
        Id("TransmissionId", status.TransmissionId),
        Id("MessageUUID", status.MessageUUID),
        Id("MessageId", status.MessageId),
        Id("AfsendelseIdentifikator", status.AfsendelseIdentifikator),
        Id("ForsendelseIdentifikator", status.ForsendelseIdentifikator),
        Text("KanalKode", status.KanalKode),
        Text("TransaktionsDatoTid", status.TransaktionsDatoTid?.Text),
        Text("BrugerNavn", status.BrugerNavn),
        Text("EnhedTekst", status.EnhedTekst),
        Id("AfsenderSystemIdentifikator", status.AfsenderSystemIdentifikator),
        Text("TransaktionsStatusKode", status.TransaktionsStatusKode),
        Id("ForsendelseTypeIdentifikator", status.ForsendelseTypeIdentifikator),
        Id("CorrelationId", status.CorrelationId),
        Element("FejlDetaljer", Text("FejlKode", status.FejlKode), Text("FejlTekst", status.FejlTekst)),
        status.Haendelser.Count > 0 ? Element("ForsendelseHaendelseSamling", [.. status.Haendelser.Select(Haendelse)]) : null);

    private static EnvelopeNode Haendelse(ForsendelseHaendelse happening) => Element(
        "ForsendelseHaendelse",
        Text("ForsendelseHaendelseTypeKode", happening.TypeKode),
        Text("ForsendelseHaendelseDatoTid", happening.DatoTid?.Text),
        Text("ForsendelseHaendelseBeloeb", happening.Beloeb));

    private static EnvelopeNode Element(string name, params EnvelopeNode?[] children) =>
        new(EnvelopeNames.PostStatus, name) { Children = [.. children.OfType<EnvelopeNode>()] };

    private static EnvelopeNode? Text(string name, string? text) =>
        text is null ? null : new(EnvelopeNames.PostStatus, name) { Text = text };

    private static EnvelopeNode? Id(string name, string? id) =>
        id is null ? null : new(EnvelopeNames.PostStatus, name) { Text = id, IsIdentifier = true };
}
