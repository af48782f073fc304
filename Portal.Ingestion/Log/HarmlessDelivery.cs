using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Log;

/// <summary>A valid message that is appended and rolled back, to find out whether the store accepts messages.</summary>
internal static class HarmlessDelivery
{
    /// <summary>A message with a new BeskedId and <paramref name="bytes"/> bytes of random content, which cannot be compressed.</summary>
    public static ReadDelivery Of(DeliveryReader reader, DateTimeOffset now, int bytes)
    {
        var envelope = $"""
            <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
            <k:BeskedId><s:UUIDIdentifikator>{Guid.NewGuid()}</s:UUIDIdentifikator></k:BeskedId>
            <k:Beskedkuvert><k:Filtreringsdata>
            <k:Beskedtype><s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
            </k:Filtreringsdata></k:Beskedkuvert></k:Haendelsesbesked>
            """;
        var read = reader.Read(new Delivery(Encoding.UTF8.GetBytes(envelope), "push", now));
        return read with { Content = RandomNumberGenerator.GetBytes(Math.Max(bytes, 1)), Encoding = ContentCodec.AsItIs };
    }
}
