using System.Globalization;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Storage;

/// <summary>Tells whether a delivery with a known BeskedId is the same message again.</summary>
public sealed class RepeatCheck(ContentCodec codec)
{
    /// <summary>Null when it says the same as the stored message; otherwise why it goes to quarantine. An erased message is known by its hash alone.</summary>
    public EnvelopeReading.NotUnderstood? Conflict(ReadDelivery read, long sequence, byte[] sha256, int encoding, byte[]? content)
    {
        if (read.Sha256.AsSpan().SequenceEqual(sha256)) return null;
        if (content is not null
            && ContentFingerprint.Of(codec.Decompress(encoding, content)) is { } before
            && ContentFingerprint.Of(read.Delivery.Bytes) is { } now
            && now.AsSpan().SequenceEqual(before))
        {
            return null;
        }

        var first = sequence.ToString(CultureInfo.InvariantCulture);
        return new EnvelopeReading.NotUnderstood(QuarantineReason.Conflict, $"BeskedId er kendt med andet indhold (løbenummer {first}). Den første står uændret.", read.Draft?.Row.BeskedId);
    }
}
