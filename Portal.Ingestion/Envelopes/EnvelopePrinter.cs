using System.Text;
using System.Xml;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Writes elements in a style. Use an instance for one document only: it holds the random numbers that decide order and comments.
/// </summary>
internal sealed class EnvelopePrinter(EnvelopeStyle style)
{
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly XmlReaderSettings Fragment =
        new() { ConformanceLevel = ConformanceLevel.Fragment, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly SeededRandom _random = new((ulong)(style.ShuffleSeed ?? 0));

    /// <summary>The document's bytes.</summary>
    public byte[] PrintDocument(EnvelopeNode root)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(
            bytes, new XmlWriterSettings { Encoding = TextEncoding(), NewLineHandling = NewLineHandling.Entitize }))
        {
            writer.WriteStartDocument(standalone: true);
            Write(writer, root, depth: 0);
        }

        return bytes.ToArray();
    }

    /// <summary>The element as text without XML declaration, on one line.</summary>
    public string PrintPayload(EnvelopeNode root)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(
            text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize }))
        {
            Write(writer, root, depth: -1);
        }

        return text.ToString();
    }

    private void Write(XmlWriter writer, EnvelopeNode node, int depth)
    {
        if (depth >= 0) BreakLine(writer, depth);
        writer.WriteStartElement(Prefix(node.Namespace), node.Name, node.Namespace);
        if (depth == 0) Declare(writer, node);
        foreach (var (name, value) in node.Attributes) writer.WriteAttributeString(name, value);

        if (node.Text is not null) WriteText(writer, node.IsIdentifier ? Cased(node.Text) : node.Text);
        if (!string.IsNullOrEmpty(node.InnerXml)) WriteInner(writer, node.InnerXml);
        foreach (var child in Ordered(node.Children))
        {
            if (style.Comments && _random.Percent(20)) writer.WriteComment(" Afsenders bemærkning ");
            Write(writer, child, depth < 0 ? depth : depth + 1);
        }

        if (depth >= 0 && node.Children.Count > 0) BreakLine(writer, depth);
        writer.WriteEndElement();
    }

    // When two namespaces share a prefix, the second is declared on the elements that need it.
    private void Declare(XmlWriter writer, EnvelopeNode root)
    {
        var taken = new HashSet<string> { Prefix(root.Namespace) };
        foreach (var ns in (string[])[EnvelopeNames.Sagdok, EnvelopeNames.Kuvert, Signature, EnvelopeNames.Sts])
        {
            if (ns == root.Namespace || (ns == Signature && style.SignaturePrefix is null) || !taken.Add(Prefix(ns))) continue;
            if (Prefix(ns).Length == 0) writer.WriteAttributeString("xmlns", ns);
            else writer.WriteAttributeString("xmlns", Prefix(ns), null, ns);
        }
    }

    private void WriteText(XmlWriter writer, string text)
    {
        var at = style.Comments && _random.Percent(30) ? _random.Below(text.Length + 1) : -1;
        if (at > 0 && at < text.Length && char.IsLowSurrogate(text[at])) at--;
        if (at < 0)
        {
            writer.WriteString(text);
            return;
        }

        writer.WriteString(text[..at]);
        writer.WriteComment(" her ");
        writer.WriteString(text[at..]);
    }

    private static void WriteInner(XmlWriter writer, string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), Fragment);
        reader.Read();
        while (!reader.EOF) writer.WriteNode(reader, defattr: false);
    }

    // Repeated elements must keep their order: only elements of different names change places.
    private List<EnvelopeNode> Ordered(IReadOnlyList<EnvelopeNode> children)
    {
        var slots = children.Select(c => c.Name).ToArray();
        if (style.ShuffleSeed is not null)
        {
            for (var i = slots.Length - 1; i > 0; i--)
            {
                var j = _random.Below(i + 1);
                (slots[i], slots[j]) = (slots[j], slots[i]);
            }
        }

        var queues = children.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => new Queue<EnvelopeNode>(g));
        return [.. slots.Select(name => queues[name].Dequeue())];
    }

    private void BreakLine(XmlWriter writer, int depth)
    {
        if (style.Indented) writer.WriteWhitespace("\n" + new string(' ', depth * 4));
    }

    private string Cased(string id) => style.UpperCaseUuids && Guid.TryParseExact(id, "D", out _) ? id.ToUpperInvariant() : id;

    private string Prefix(string ns) => ns switch
    {
        EnvelopeNames.Kuvert => style.KuvertPrefix,
        EnvelopeNames.Sagdok => style.SagdokPrefix,
        EnvelopeNames.Sts => style.StsPrefix,
        EnvelopeNames.Base64 => style.Base64Prefix,
        EnvelopeNames.PostStatus => style.PostStatusPrefix,
        Signature => style.SignaturePrefix ?? "",
        _ => "",
    };

    private Encoding TextEncoding() => style.Encoding switch
    {
        EnvelopeEncoding.Utf16 => new UnicodeEncoding(bigEndian: false, style.ByteOrderMark),
        EnvelopeEncoding.Latin1 => Encoding.Latin1,
        _ => new UTF8Encoding(style.ByteOrderMark),
    };
}
