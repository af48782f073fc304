using System.Text;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Reads a Beskeddata element: any XML, or one Base64 element. An error is recorded on the payload; the message is accepted anyway.
/// </summary>
internal static class BeskeddataReader
{
    /// <summary>Adds the element's payload; an empty element adds nothing.</summary>
    public static void Read(BoundedXml xml, List<Beskeddata> into)
    {
        StringBuilder? inner = null;
        xml.Children(() =>
        {
            if (xml is { LocalName: "Base64", Namespace: EnvelopeNames.Base64 or EnvelopeNames.Kuvert }) into.Add(ReadBase64(xml));
            else (inner ??= new StringBuilder()).Append(xml.OuterXml());
        });
        if (inner is not null) into.Add(new Beskeddata(inner.ToString(), null, null, null, IsBase64: false, Error: null));
    }

    private static Beskeddata ReadBase64(BoundedXml xml)
    {
        var contentType = xml.Attribute("content-type");
        var encoding = xml.Attribute("encoding");
        var fileType = xml.Attribute("file-type");
        var text = xml.Text();
        var (decoded, error) = Decode(text, encoding);
        return new Beskeddata(decoded, contentType, encoding, fileType, IsBase64: true, error);
    }

    private static (string? Text, string? Error) Decode(string? base64, string? encodingName)
    {
        if (base64 is null) return (null, null);
        if (PayloadText.FromBase64(base64) is not { } bytes) return (null, "Beskeddata er ikke gyldig Base64.");
        var (text, error, _) = PayloadText.Decode(bytes, encodingName);
        return (text, error);
    }
}
