using System.Security.Cryptography;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>A delivery that has been read, hashed and compressed: all that can be done before the one writer's turn.</summary>
/// <param name="Sha256">Of the exact bytes, 32 bytes.</param>
/// <param name="Content">The exact bytes, compressed as <paramref name="Encoding"/> says.</param>
public sealed record ReadDelivery(Delivery Delivery, EnvelopeReading Reading, byte[] Sha256, byte[] Content, int Encoding)
{
    /// <summary>Reads a delivery; bytes over <paramref name="maxBytes"/> are kept but not read. Never throws for bad content; safe to call from many threads.</summary>
    public static ReadDelivery Prepare(Delivery delivery, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var reading = delivery.Bytes.Length > maxBytes
            ? new EnvelopeReading.NotUnderstood(QuarantineReason.TooLarge, $"Beskeden fylder {delivery.Bytes.Length} byte; grænsen er {maxBytes}.", null)
            : HaendelsesbeskedReader.Read(delivery.Bytes);
        return new ReadDelivery(delivery, reading, SHA256.HashData(delivery.Bytes.Span), ContentCodec.Compress(delivery.Bytes.Span), ContentCodec.Current);
    }
}
