using System.Text;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Writes messages as real senders do, quirks included, for the simulator and for tests. <see cref="HaendelsesbeskedReader"/> reads the
/// same message back in every style.
/// </summary>
public static class HaendelsesbeskedWriter
{
    /// <summary>
    /// The bytes of an envelope. The message's Beskeddata are written unchanged (decoded Base64 is encoded again in its encoding, by
    /// default UTF-8); <paramref name="postStatus"/> is added as one more.
    /// </summary>
    /// <exception cref="ArgumentException">A payload could not be decoded when it was read, or names an unknown encoding.</exception>
    public static byte[] Write(Haendelsesbesked besked, PostStatus? postStatus, EnvelopeStyle style)
    {
        var printer = new EnvelopePrinter(style);
        var payloads = besked.Beskeddata.Select(data => Payload(data, style)).ToList();
        if (postStatus is not null)
        {
            var status = PostStatusTree.Of(postStatus);
            payloads.Add(style.Base64Payload
                ? EnvelopeNode.Kuvert("Beskeddata",
                    Base64(new(printer.PrintPayload(status), "application/xml", "UTF-8", ".xml", IsBase64: true, Error: null), style))
                : EnvelopeNode.Kuvert("Beskeddata", status));
        }

        var root = EnvelopeTree.Of(besked, payloads);
        return printer.PrintDocument(style.Wrapped ? new EnvelopeNode(EnvelopeNames.Sts, "ModtagBeskedInput") { Children = [root] } : root);
    }

    private static EnvelopeNode Payload(Beskeddata data, EnvelopeStyle style)
    {
        if (data.Error is not null) throw new ArgumentException("A payload that could not be decoded cannot be written.", nameof(data));
        return data.IsBase64
            ? EnvelopeNode.Kuvert("Beskeddata", Base64(data, style))
            : new EnvelopeNode(EnvelopeNames.Kuvert, "Beskeddata") { InnerXml = data.Xml };
    }

    private static EnvelopeNode Base64(Beskeddata data, EnvelopeStyle style)
    {
        string? text = null;
        if (data.Xml is not null)
        {
            var encoding = string.IsNullOrWhiteSpace(data.Encoding) ? Encoding.UTF8 : Encoding.GetEncoding(data.Encoding.Trim());
            text = Convert.ToBase64String(encoding.GetBytes(data.Xml));
            if (style.Base64Whitespace) text = "\n  " + string.Join("\n  ", text.Chunk(76).Select(line => new string(line))) + "\n";
        }

        var attributes = new (string Name, string? Value)[] { ("content-type", data.ContentType), ("encoding", data.Encoding),
            ("file-type", data.FileType) };
        return new EnvelopeNode(EnvelopeNames.Base64, "Base64")
        {
            Text = text,
            Attributes = [.. attributes.Where(a => a.Value is not null).Select(a => (a.Name, a.Value!))],
        };
    }
}
