using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;

namespace Portal.Ingestion.Envelopes;

/// <summary>Makes an envelope safe to show: person numbers are masked and the source's credentials removed.</summary>
public static partial class XmlMasking
{
    private const string Hidden = "(skjult)";

    /// <summary>
    /// The envelope as text, written node by node so that neither character references nor Base64 hide a number. Prefixes, order and white
    /// space are kept; the content of KildesystemAkkreditiver only with <paramref name="credentials"/>.
    /// </summary>
    /// <exception cref="XmlException">The bytes are not XML; those of an accepted message always are.</exception>
    public static string Mask(ReadOnlyMemory<byte> bytes, bool credentials)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings
        {
            OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineHandling = NewLineHandling.None,
            CheckCharacters = false,
        }))
        {
            using var reader = BoundedXml.OpenReader(bytes, comments: true);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.XmlDeclaration) text.Append("<?xml ").Append(reader.Value).Append("?>\n");
                else CopyMasked(reader, writer, credentials);
            }
        }

        return text.ToString();
    }

    /// <summary>True when the bytes hold credentials that <see cref="Mask(ReadOnlyMemory{byte}, bool)"/> would remove, or are not
    /// XML.</summary>
    public static bool HoldsCredentials(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Mask(bytes, credentials: true) != Mask(bytes, credentials: false);
        }
        catch (XmlException)
        {
            return true;
        }
    }

    /// <summary>The envelope's values with person numbers masked; credentials only when <paramref name="credentials"/>.</summary>
    public static Haendelsesbesked Mask(Haendelsesbesked besked, bool credentials) => besked with
    {
        BeskedId = MaskIdentifier(besked.BeskedId)!,
        BeskedVersion = MaskIdentifier(besked.BeskedVersion),
        BeskedAnsvarligAktoer = MaskIdentifier(besked.BeskedAnsvarligAktoer),
        Beskedtype = MaskIdentifier(besked.Beskedtype)!,
        TilladtModtager = [.. besked.TilladtModtager.Select(m => MaskIdentifier(m)!)],
        RelateretObjekt = [.. besked.RelateretObjekt
            .Select(o => new RelateretObjekt(MaskIdentifier(o.ObjektId), MaskIdentifier(o.ObjektType), MaskIdentifier(o.ObjektRolle)))],
        ObjektRegistrering = [.. besked.ObjektRegistrering.Select(o => o with
        {
            ObjektRegistreringId = MaskIdentifier(o.ObjektRegistreringId),
            RegistreringsAktoer = MaskIdentifier(o.RegistreringsAktoer),
            ObjektAnsvarligMyndighed = MaskIdentifier(o.ObjektAnsvarligMyndighed),
            ObjektId = MaskIdentifier(o.ObjektId),
            ObjektType = MaskIdentifier(o.ObjektType),
            ObjektHandling = MaskIdentifier(o.ObjektHandling),
            OpgaveEmne = MaskIdentifier(o.OpgaveEmne),
            Registreringstidspunkt = Mask(o.Registreringstidspunkt),
        })],
        TvaergaaendeProces = [.. besked.TvaergaaendeProces.Select(p => MaskIdentifier(p)!)],
        Leveranceinformation = Mask(besked.Leveranceinformation, credentials),
        Modtagerhandling = MaskIdentifier(besked.Modtagerhandling),
        GyldighedFra = Mask(besked.GyldighedFra),
        GyldighedTil = Mask(besked.GyldighedTil),
        Beskeddata = [.. besked.Beskeddata.Select(d => d with
        {
            Xml = MaskIdentifier(d.Xml), ContentType = MaskIdentifier(d.ContentType), Encoding = MaskIdentifier(d.Encoding),
            FileType = MaskIdentifier(d.FileType),
        })],
    };

    /// <summary>The payload's values with person numbers masked.</summary>
    public static PostStatus Mask(PostStatus status) => status with
    {
        TransmissionId = MaskIdentifier(status.TransmissionId),
        MessageUUID = MaskIdentifier(status.MessageUUID),
        MessageId = MaskIdentifier(status.MessageId),
        AfsendelseIdentifikator = MaskIdentifier(status.AfsendelseIdentifikator),
        ForsendelseIdentifikator = MaskIdentifier(status.ForsendelseIdentifikator),
        KanalKode = MaskIdentifier(status.KanalKode),
        TransaktionsDatoTid = Mask(status.TransaktionsDatoTid),
        BrugerNavn = MaskIdentifier(status.BrugerNavn),
        EnhedTekst = MaskIdentifier(status.EnhedTekst),
        AfsenderSystemIdentifikator = MaskIdentifier(status.AfsenderSystemIdentifikator),
        TransaktionsStatusKode = MaskIdentifier(status.TransaktionsStatusKode),
        ForsendelseTypeIdentifikator = MaskIdentifier(status.ForsendelseTypeIdentifikator),
        CorrelationId = MaskIdentifier(status.CorrelationId),
        FejlKode = MaskIdentifier(status.FejlKode),
        FejlTekst = MaskIdentifier(status.FejlTekst),
        Haendelser = status.Haendelser.Count == 0 ? status.Haendelser : [.. status.Haendelser
            .Select(h => new ForsendelseHaendelse(MaskIdentifier(h.TypeKode), Mask(h.DatoTid), MaskIdentifier(h.Beloeb)))],
    };

    private static Leveranceinformation? Mask(Leveranceinformation? delivery, bool credentials) => delivery is null ? null : delivery with
    {
        Dannelsestidspunkt = Mask(delivery.Dannelsestidspunkt),
        TransaktionsId = MaskIdentifier(delivery.TransaktionsId),
        Kildesystem = MaskIdentifier(delivery.Kildesystem),
        KildesystemIPAdresse = MaskIdentifier(delivery.KildesystemIPAdresse),
        KildesystemAkkreditiver = credentials ? MaskIdentifier(delivery.KildesystemAkkreditiver) : null,
        Sikkerhedsklassificering = MaskIdentifier(delivery.Sikkerhedsklassificering),
        Leveranceruter = [.. delivery.Leveranceruter.Select(r => r with
        {
            Fordelingssystem = MaskIdentifier(r.Fordelingssystem),
            ModtagelsesTidspunkt = Mask(r.ModtagelsesTidspunkt),
            LeveranceTidspunkt = Mask(r.LeveranceTidspunkt),
            ModtagetFraSystem = MaskIdentifier(r.ModtagetFraSystem),
            ErLeveretIHenholdTil = MaskIdentifier(r.ErLeveretIHenholdTil),
            AntalLeveranceforsoeg = MaskIdentifier(r.AntalLeveranceforsoeg),
        })],
    };

    // A text that could not be parsed as a time may hold a person number.
    private static Tidsstempel? Mask(Tidsstempel? time) => time is { At: null } ? time with { Text = MaskText(time.Text) } : time;

    /// <summary>
    /// A text, masked; digits after a word for a person number (<c>urn:oio:cpr-nr:</c>) are masked whatever they are. Null stays null.
    /// </summary>
    public static string? MaskIdentifier(string? text) => text is null ? null : MaskText(text);

    /// <summary>
    /// An identifier as the log stores it: a person number that is a word of its own is masked. Digits within a longer word are stored,
    /// since statuses are matched with letters by them; where they are shown, <see cref="MaskIdentifier"/> masks them.
    /// </summary>
    public static string? MaskKept(string? id) => id is null ? null : Apart().Replace(CprUrn().Replace(id, "$1$2-xxxx"), "$1-xxxx");

    [GeneratedRegex(@"(urn:oio:cpr(?:-nr)?:)(\d{6})-?\d{4}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CprUrn();

    [GeneratedRegex(
        @"(?<![0-9A-Za-z-])((?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d\d)[- ]?\d{4}(?![0-9A-Za-z-])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Apart();

    private static string MaskText(string text) => CprNumber.MaskIn(text);

    private static void CopyMasked(XmlReader reader, XmlWriter writer, bool credentials)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                CopyElement(reader, writer, credentials);
                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.CDATA:
                writer.WriteCData(MaskText(reader.Value));
                break;
            case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                writer.WriteString(MaskText(reader.Value));
                break;
            case XmlNodeType.Comment:
                writer.WriteComment(MaskText(reader.Value));
                break;
        }
    }

    private static void CopyElement(XmlReader reader, XmlWriter writer, bool credentials)
    {
        var (empty, name, ns, label) = (reader.IsEmptyElement, reader.LocalName, reader.NamespaceURI, reader.GetAttribute("encoding"));
        writer.WriteStartElement(MaskText(reader.Prefix), MaskText(name), MaskText(ns));

        // Two names that differ in their numbers only are the same masked, and XML has each once.
        var names = new HashSet<(string, string)>();
        while (reader.MoveToNextAttribute())
        {
            var (local, of) = (MaskText(reader.LocalName), MaskText(reader.NamespaceURI));
            if (names.Add((local, of))) writer.WriteAttributeString(MaskText(reader.Prefix), local, of, MaskText(reader.Value));
        }

        reader.MoveToElement();
        if (empty)
        {
            writer.WriteEndElement();
        }
        else if (name == "KildesystemAkkreditiver" && ns == EnvelopeNames.Kuvert && !credentials)
        {
            SkipContent(reader);
            writer.WriteString(Hidden);
            writer.WriteFullEndElement();
        }
        else if (name == "Base64" && ns is EnvelopeNames.Base64 or EnvelopeNames.Kuvert)
        {
            writer.WriteString(MaskBase64(SkipContent(reader), label));
            writer.WriteFullEndElement();
        }
    }

    // Only a payload with a person number is encoded again; any other is kept unchanged, white space included.
    private static string MaskBase64(string text, string? label)
    {
        if (PayloadText.FromBase64(text) is not { } bytes) return MaskText(text);
        var (decoded, _, encoding) = PayloadText.Decode(bytes, label);
        var masked = MaskText(decoded);
        if (masked == decoded) return text;
        var mark = encoding.GetPreamble();
        return Convert.ToBase64String([.. bytes.AsSpan().StartsWith(mark) ? mark : [], .. encoding.GetBytes(masked)]);
    }

    /// <summary>Moves to the end tag of the current element and returns the text in it.</summary>
    private static string SkipContent(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && (reader.Depth > depth || reader.NodeType != XmlNodeType.EndElement))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
        }

        return text.ToString();
    }
}
