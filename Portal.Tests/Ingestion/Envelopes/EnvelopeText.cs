using System.Text;
using Portal.Ingestion.Envelopes;

namespace Portal.Tests.Ingestion.Envelopes;

/// <summary>Envelopes as hand-written text, for what the portal's own writer never writes.</summary>
internal static class EnvelopeText
{
    public const string BeskedId = "bd12c645-de98-453a-ac80-f58a76942eda";

    /// <summary>An envelope with the inner XML of its BeskedId, its Beskedtype and all that follows the Beskedkuvert.</summary>
    public static string Bare(
        string id = $"<UUIDIdentifikator>{BeskedId}</UUIDIdentifikator>",
        string type = $"<UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</UUIDIdentifikator>",
        string data = "",
        string filtering = "") =>
        $"""
        <k:Haendelsesbesked xmlns="urn:oio:sagdok:3.0.0" xmlns:k="urn:oio:besked:kuvert:1.0"><k:BeskedId>{id}</k:BeskedId>
        <k:BeskedVersion>1.0</k:BeskedVersion>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>{type}</k:Beskedtype>{filtering}</k:Filtreringsdata></k:Beskedkuvert>
          {data}</k:Haendelsesbesked>
        """;

    /// <summary>A payload in a Base64 element as real messages write it.</summary>
    public static string Base64(
        string text, string attributes = "content-type=\"application/xml\" encoding=\"UTF-8\" file-type=\".xml\"") =>
        $"""<k:Beskeddata><Base64 xmlns="urn:besked:kuvert:1.0" {attributes}>{text}</Base64></k:Beskeddata>""";

    /// <summary>The text's bytes in UTF-8.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The Base64 of the text's UTF-8 bytes.</summary>
    public static string Encode(string text) => Convert.ToBase64String(Bytes(text));

    /// <summary>Reads the text's UTF-8 bytes.</summary>
    public static EnvelopeReading Read(string text) => HaendelsesbeskedReader.Read(Bytes(text));
}
