using System.Security.Cryptography;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// A delivery that has been parsed, hashed and compressed: all that can be done before the write lock is taken. It does not hold the parsed
/// envelope and its decoded payload, so that a delivery waiting for its commit takes little more memory than its bytes. Exactly one of
/// <paramref name="Draft"/> and <paramref name="Refusal"/> is set.
/// </summary>
/// <param name="Draft">The columns that lists filter on; null when the delivery was refused.</param>
/// <param name="Refusal">Why the delivery was refused; null when it was accepted.</param>
/// <param name="Sha256">SHA-256 of the whole message's exact bytes, 32 bytes.</param>
/// <param name="Content">The exact bytes, compressed as <paramref name="Encoding"/> says.</param>
public sealed record ReadDelivery(Delivery Delivery, MessageDraft? Draft, EnvelopeReading.NotUnderstood? Refusal, byte[] Sha256,
    byte[] Content, int Encoding)
{
    /// <summary>The BeskedId; null when it could not be read.</summary>
    public string? BeskedId => Draft?.Row.BeskedId ?? Refusal?.BeskedId;
}

/// <summary>Reads deliveries. Safe to call from many threads.</summary>
public sealed class DeliveryReader(PortalSettings settings, ContentCodec codec, AppendProbe probe)
{
    /// <summary>
    /// Reads a delivery; a message over <c>Ingestion:MaxMessageBytes</c> is kept but not parsed. Never throws: a message that cannot be
    /// read gets a <see cref="ReadDelivery.Refusal"/>.
    /// </summary>
    public ReadDelivery Read(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var sha256 = delivery.Cut?.Sha256 ?? SHA256.HashData(delivery.Bytes.Span);
        var (draft, refusal) = Understand(delivery, sha256);
        var (content, encoding) = Compress(delivery.Bytes.Span);
        return new ReadDelivery(delivery, draft, refusal, sha256, content, encoding);
    }

    /// <summary>The bytes compressed; unchanged when compression fails.</summary>
    internal (byte[] Content, int Encoding) Compress(ReadOnlySpan<byte> bytes)
    {
        try
        {
            probe.At(AppendCall.Compress);

            // Larger than any message that is parsed: packing its content would make two more copies of it.
            return bytes.Length > settings.MaxMessageBytes ? codec.CompressPlain(bytes) : codec.Compress(bytes);
        }
        catch (Exception)
        {
            // If the compressor fails, the bytes are stored uncompressed.
            return (bytes.ToArray(), ContentCodec.AsItIs);
        }
    }

    private (MessageDraft? Draft, EnvelopeReading.NotUnderstood? Refusal) Understand(Delivery delivery, byte[] sha256)
    {
        string? beskedId = null;
        try
        {
            probe.At(AppendCall.Read);
            var reading = delivery.Length > settings.MaxMessageBytes || delivery.Cut is not null
                ? new EnvelopeReading.NotUnderstood(QuarantineReason.TooLarge, TooLarge(delivery), null)
                : HaendelsesbeskedReader.Read(delivery.Bytes);
            if (reading is not EnvelopeReading.Understood understood) return (null, (EnvelopeReading.NotUnderstood)reading);
            beskedId = understood.Besked.BeskedId;
            probe.At(AppendCall.Draft);
            return (MessageDraftBuilder.Of(understood, delivery, sha256, settings.Cvr[0]), null);
        }
        catch (Exception problem)
        {
            // A fault of the reader, not of the message: the message waits in quarantine for a fixed version.
            return (null, new EnvelopeReading.NotUnderstood(QuarantineReason.Failed,
                $"Beskeden kunne ikke læses ({StorageErrors.CodeOf(problem)}).", beskedId));
        }
    }

    private string TooLarge(Delivery delivery) => delivery.Cut is null
        ? $"Beskeden fylder {delivery.Length} byte; grænsen er {settings.MaxMessageBytes}."
        : $"Beskeden fylder {delivery.Length} byte; grænsen er {settings.MaxMessageBytes}. "
            + $"Kun de første {delivery.Bytes.Length} byte er gemt; SHA-256 er af hele beskeden.";
}
