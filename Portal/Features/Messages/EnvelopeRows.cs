using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters.Meanings;

namespace Portal.Features.Messages;

/// <summary>The envelope and the post status as rows: names as in the standard, values as the sender wrote them.</summary>
public static class EnvelopeRows
{
    /// <summary>All fields of the envelope; repeated elements are numbered.</summary>
    /// <param name="e">The envelope.</param>
    /// <param name="meanings">Names the sender; without it only its UUID is shown.</param>
    public static IReadOnlyList<(string Name, string? Value)> Of(Haendelsesbesked e, EffectiveMeanings? meanings = null)
    {
        var rows = new List<(string, string?)>
        {
            ("BeskedId", e.BeskedId), ("BeskedVersion", e.BeskedVersion), ("Beskedtype", Named(e.Beskedtype, KnownBeskedtyper.Names)),
            ("BeskedAnsvarligAktoer", meanings?.SenderName(e.BeskedAnsvarligAktoer) is { } sender
                ? $"{sender} ({e.BeskedAnsvarligAktoer})"
                : e.BeskedAnsvarligAktoer),
        };
        rows.AddRange(e.TilladtModtager.Select(m => ("TilladtModtager", (string?)m)));
        foreach (var (o, prefix) in Numbered(e.RelateretObjekt, "RelateretObjekt"))
            rows.AddRange(
                [($"{prefix} ObjektId", o.ObjektId), ($"{prefix} ObjektType", o.ObjektType), ($"{prefix} ObjektRolle", o.ObjektRolle)]);
        foreach (var (r, prefix) in Numbered(e.ObjektRegistrering, "ObjektRegistrering"))
        {
            rows.AddRange([
                ($"{prefix} ObjektRegistreringId", r.ObjektRegistreringId), ($"{prefix} RegistreringsAktoer", r.RegistreringsAktoer),
                ($"{prefix} Registreringstidspunkt", r.Registreringstidspunkt?.Text),
                ($"{prefix} ObjektAnsvarligMyndighed", r.ObjektAnsvarligMyndighed),
                ($"{prefix} ObjektId", r.ObjektId), ($"{prefix} ObjektType", r.ObjektType),
                ($"{prefix} ObjektHandling", Named(r.ObjektHandling, KnownHandlinger.Names)), ($"{prefix} OpgaveEmne", r.OpgaveEmne)]);
        }

        rows.AddRange(e.TvaergaaendeProces.Select(p => ("TvaergaaendeProces", (string?)p)));
        if (e.Leveranceinformation is { } l)
        {
            rows.AddRange([
                ("Dannelsestidspunkt", l.Dannelsestidspunkt?.Text), ("TransaktionsId", l.TransaktionsId), ("Kildesystem", l.Kildesystem),
                ("KildesystemIPAdresse", l.KildesystemIPAdresse), ("KildesystemAkkreditiver", l.KildesystemAkkreditiver),
                ("Sikkerhedsklassificering", l.Sikkerhedsklassificering)]);
        }

        rows.AddRange(
            [("Modtagerhandling", e.Modtagerhandling), ("GyldighedFra", e.GyldighedFra?.Text), ("GyldighedTil", e.GyldighedTil?.Text)]);
        return rows;
    }

    /// <summary>All fields of a post status.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Of(PostStatus p) =>
    [
        ("TransaktionsStatusKode", p.TransaktionsStatusKode), ("TransaktionsDatoTid", p.TransaktionsDatoTid?.Text),
        ("KanalKode", p.KanalKode), ("MessageUUID", p.MessageUUID), ("TransmissionId", p.TransmissionId), ("MessageId", p.MessageId),
        ("CorrelationId", p.CorrelationId),
        ("AfsendelseIdentifikator", p.AfsendelseIdentifikator), ("ForsendelseIdentifikator", p.ForsendelseIdentifikator),
        ("ForsendelseTypeIdentifikator", p.ForsendelseTypeIdentifikator), ("AfsenderSystemIdentifikator", p.AfsenderSystemIdentifikator),
        ("BrugerNavn", p.BrugerNavn), ("EnhedTekst", p.EnhedTekst), ("FejlKode", p.FejlKode), ("FejlTekst", p.FejlTekst),
        .. p.Haendelser.Select((h, i) => ($"ForsendelseHaendelse {i + 1}",
            (string?)string.Join(" · ", new[] { h.TypeKode, h.DatoTid?.Text, h.Beloeb }.Where(v => !string.IsNullOrEmpty(v))))),
    ];

    private static IEnumerable<(T Item, string Prefix)> Numbered<T>(IReadOnlyList<T> items, string name) =>
        items.Select((item, i) => (item, items.Count == 1 ? $"{name} ·" : $"{name} {i + 1} ·"));

    private static string? Named(string? value, IReadOnlyDictionary<string, string> names) =>
        value is not null && names.TryGetValue(value, out var name) ? $"{name} ({value})" : value;
}
