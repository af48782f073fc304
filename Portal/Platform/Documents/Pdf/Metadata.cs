using System.Text;
using System.Xml;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The document's metadata as XMP (ISO 16684-1): its title, its language, and that it is PDF/UA-1 (ISO 14289-1, 5).</summary>
internal static class Metadata
{
    /// <summary>The packet, UTF-8.</summary>
    public static byte[] Of(string title, string language)
    {
        // The identifier of the packet is the same for all XMP.
        return Encoding.UTF8.GetBytes($"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
               <pdfuaid:part>1</pdfuaid:part>
               <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escaped(title)}</rdf:li></rdf:Alt></dc:title>
               <dc:language><rdf:Bag><rdf:li>{Escaped(language)}</rdf:li></rdf:Bag></dc:language>
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """);
    }

    // Characters that XML does not allow become spaces.
    private static string Escaped(string text)
    {
        var to = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => to.Append("&lt;"),
                '>' => to.Append("&gt;"),
                '&' => to.Append("&amp;"),
                < 0x10000 when !XmlConvert.IsXmlChar((char)rune.Value) => to.Append(' '),
                _ => to.Append(rune),
            };
        }

        return to.ToString();
    }
}
