using System.Security.Cryptography;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>A delivery that has been read, hashed and compressed: all that can be done before the one writer's turn.</summary>
/// <param name="Draft">What lists filter on; null for what was not understood.</param>
/// <param name="Sha256">Of the exact bytes, 32 bytes.</param>
/// <param name="Content">The exact bytes, compressed as <paramref name="Encoding"/> says.</param>
public sealed record ReadDelivery(Delivery Delivery, EnvelopeReading Reading, MessageDraft? Draft, byte[] Sha256, byte[] Content, int Encoding);

/// <summary>Reads deliveries. Safe to call from many threads.</summary>
public sealed class DeliveryReader(PortalSettings settings, ContentCodec codec)
{
    /// <summary>Reads a delivery; bytes over <c>Ingestion:MaxMessageBytes</c> are kept but not read. Never throws for bad content.</summary>
    public ReadDelivery Read(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var reading = delivery.Length > settings.MaxMessageBytes || delivery.Cut is not null
            ? new EnvelopeReading.NotUnderstood(QuarantineReason.TooLarge, TooLarge(delivery), null)
            : HaendelsesbeskedReader.Read(delivery.Bytes);
        var sha256 = delivery.Cut?.Sha256 ?? SHA256.HashData(delivery.Bytes.Span);
        var draft = reading is EnvelopeReading.Understood understood ? MessageRow.Of(understood, delivery, sha256, settings.Cvr[0]) : null;
        var (content, encoding) = codec.Compress(delivery.Bytes.Span);
        return new ReadDelivery(delivery, reading, draft, sha256, content, encoding);
    }

    private string TooLarge(Delivery delivery) => delivery.Cut is null
        ? $"Beskeden fylder {delivery.Length} byte; grænsen er {settings.MaxMessageBytes}."
        : $"Beskeden fylder {delivery.Length} byte; grænsen er {settings.MaxMessageBytes}. Kun de første {delivery.Bytes.Length} byte er gemt; SHA-256 er af hele beskeden.";
}
