using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// A hash by which two envelopes with the same content are recognised. A message that is delivered again may come bare or wrapped, with
/// other prefixes, and with a longer route, since the distributor adds each attempt; it is still the same message.
/// </summary>
public static class ContentFingerprint
{
    /// <summary>
    /// SHA-256 over names, attributes and texts of the Haendelsesbesked, without its Leveranceruter; null for bytes that are not an
    /// envelope.
    /// </summary>
    public static byte[]? Of(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = BoundedXml.OpenReader(bytes);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Haendelsesbesked", NamespaceURI: EnvelopeNames.Kuvert })
                    return OfElement(reader);
            }

            return null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] OfElement(XmlReader reader)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        var root = reader.Depth;
        var skipBelow = int.MaxValue;
        do
        {
            if (reader.Depth > skipBelow) continue;
            skipBelow = int.MaxValue;
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader is { LocalName: "Leveranceruter", NamespaceURI: EnvelopeNames.Kuvert }:
                    Flush(hash, text);
                    if (!reader.IsEmptyElement) skipBelow = reader.Depth;
                    break;
                case XmlNodeType.Element:
                    Flush(hash, text);
                    var empty = reader.IsEmptyElement;
                    Add(hash, '<', reader.NamespaceURI, reader.LocalName);
                    AddAttributes(hash, reader);
                    if (empty) Add(hash, '>');
                    break;
                case XmlNodeType.EndElement when reader is not { LocalName: "Leveranceruter", NamespaceURI: EnvelopeNames.Kuvert }:
                    Flush(hash, text);
                    Add(hash, '>');
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
            }

            if (reader.Depth == root && (reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement)) break;
        }
        while (reader.Read());
        return hash.GetHashAndReset();
    }

    private static void AddAttributes(IncrementalHash hash, XmlReader reader)
    {
        if (!reader.HasAttributes) return;
        var attributes = new List<(string Namespace, string Name, string Value)>();
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != "http://www.w3.org/2000/xmlns/")
                attributes.Add((reader.NamespaceURI, reader.LocalName, reader.Value));
        }

        reader.MoveToElement();
        attributes.Sort(static (a, b) =>
            string.CompareOrdinal(a.Namespace, b.Namespace) is var order && order != 0 ? order : string.CompareOrdinal(a.Name, b.Name));
        foreach (var (ns, name, value) in attributes) Add(hash, '@', ns, name, value.Trim());
    }

    private static void Flush(IncrementalHash hash, StringBuilder text)
    {
        if (Identifier.AsBeskedId(text.ToString()) is { } value) Add(hash, '=', value);
        text.Clear();
    }

    // Each part is prefixed with its length, so that two different sequences never give the same bytes.
    private static void Add(IncrementalHash hash, char kind, params ReadOnlySpan<string> parts)
    {
        Span<byte> head = [(byte)kind];
        hash.AppendData(head);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BitConverter.TryWriteBytes(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
    }
}
