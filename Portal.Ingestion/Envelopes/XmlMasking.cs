using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Envelopes;

/// <summary>Shows an envelope without what was not asked for: person numbers are masked and the source's credentials left out.</summary>
public static partial class XmlMasking
{
    private const string Hidden = "(skjult)";

    /// <summary>
    /// The envelope as text. Written anew node by node, so that neither character references nor Base64 hide a number. Prefixes, order and white
    /// space stay; <paramref name="credentials"/> true leaves KildesystemAkkreditiver readable.
    /// </summary>
    /// <exception cref="XmlException">The bytes are no XML; an accepted message always is.</exception>
    public static string Mask(ReadOnlyMemory<byte> bytes, bool credentials)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings
        {
            OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment, NewLineHandling = NewLineHandling.None, CheckCharacters = false,
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

    /// <summary>The envelope's values with person numbers masked; credentials only when <paramref name="credentials"/>.</summary>
    public static Haendelsesbesked Mask(Haendelsesbesked besked, bool credentials) => besked with
    {
        BeskedAnsvarligAktoer = MaskIdentifier(besked.BeskedAnsvarligAktoer),
        TilladtModtager = [.. besked.TilladtModtager.Select(m => MaskIdentifier(m)!)],
        RelateretObjekt = [.. besked.RelateretObjekt.Select(o => o with { ObjektId = MaskIdentifier(o.ObjektId), ObjektRolle = MaskIdentifier(o.ObjektRolle) })],
        ObjektRegistrering = [.. besked.ObjektRegistrering.Select(o => o with
        {
            ObjektRegistreringId = MaskIdentifier(o.ObjektRegistreringId),
            RegistreringsAktoer = MaskIdentifier(o.RegistreringsAktoer),
            ObjektId = MaskIdentifier(o.ObjektId),
        })],
        TvaergaaendeProces = [.. besked.TvaergaaendeProces.Select(p => MaskIdentifier(p)!)],
        Leveranceinformation = besked.Leveranceinformation is { } l ? l with { KildesystemAkkreditiver = credentials ? l.KildesystemAkkreditiver : null } : null,
        Modtagerhandling = MaskIdentifier(besked.Modtagerhandling),
        Beskeddata = [.. besked.Beskeddata.Select(d => d with { Xml = d.Xml is null ? null : MaskText(d.Xml) })],
    };

    /// <summary>The payload's values with person numbers masked.</summary>
    public static PostStatus Mask(PostStatus status) => status with
    {
        BrugerNavn = MaskIdentifier(status.BrugerNavn),
        EnhedTekst = MaskIdentifier(status.EnhedTekst),
        FejlTekst = MaskIdentifier(status.FejlTekst),
        FejlKode = MaskIdentifier(status.FejlKode),
        MessageId = MaskIdentifier(status.MessageId),
        TransmissionId = MaskIdentifier(status.TransmissionId),
        AfsendelseIdentifikator = MaskIdentifier(status.AfsendelseIdentifikator),
        ForsendelseIdentifikator = MaskIdentifier(status.ForsendelseIdentifikator),
        CorrelationId = MaskIdentifier(status.CorrelationId),
    };

    /// <summary>An identifier or a short text, masked; one that says it is a person number is masked whatever its digits.</summary>
    public static string? MaskIdentifier(string? text) => text is null ? null : MaskText(text);

    private static string MaskText(string text) =>
        CprNumber.MaskIn(text.Contains("urn:oio:cpr", StringComparison.OrdinalIgnoreCase) ? CprUrn().Replace(text, "$1$2-xxxx") : text);

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
        var (empty, name, ns) = (reader.IsEmptyElement, reader.LocalName, reader.NamespaceURI);
        writer.WriteStartElement(reader.Prefix, name, ns);
        while (reader.MoveToNextAttribute()) writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, MaskText(reader.Value));
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
            writer.WriteString(MaskBase64(SkipContent(reader)));
            writer.WriteFullEndElement();
        }
    }

    // Only a payload that holds a number is written anew; every other stays as it came, white space and all.
    private static string MaskBase64(string text)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length)) return MaskText(text);
        foreach (var encoding in (Encoding[])[new UTF8Encoding(false, throwOnInvalidBytes: true), Encoding.Latin1])
        {
            try
            {
                var decoded = encoding.GetString(buffer, 0, length);
                var masked = MaskText(decoded);
                return masked == decoded ? text : Convert.ToBase64String(encoding.GetBytes(masked));
            }
            catch (DecoderFallbackException)
            {
                // Not UTF-8: Latin 1 maps every byte, so digits are found and all else comes back as it was.
            }
        }

        return text;
    }

    /// <summary>Moves to the end tag of the current element; gives the text in it.</summary>
    private static string SkipContent(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && (reader.Depth > depth || reader.NodeType != XmlNodeType.EndElement))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace) text.Append(reader.Value);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(urn:oio:cpr(?:-nr)?:)(\d{6})-?\d{4}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CprUrn();
}
