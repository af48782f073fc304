using System.Globalization;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Log;

/// <summary>The stored content of a message that was delivered again.</summary>
/// <param name="Encoding">How <paramref name="Content"/> is compressed.</param>
/// <param name="Content">Null when the bytes are erased.</param>
/// <param name="Unreadable">The database could not read the content's row.</param>
public sealed record KnownContent(int Encoding, byte[]? Content, bool Unreadable = false);

/// <summary>Decides whether a delivery with a known BeskedId is the same message.</summary>
public sealed class RepeatCheck(ContentCodec codec)
{
    /// <summary>True for the same bytes: nothing else need be compared.</summary>
    public static bool IsSame(ReadDelivery read, byte[] sha256)
    {
        ArgumentNullException.ThrowIfNull(read);
        return read.Sha256.AsSpan().SequenceEqual(sha256);
    }

    /// <summary>
    /// Null when different bytes have the same content as the stored message (<see cref="ContentFingerprint"/>); otherwise why the delivery
    /// goes to quarantine. When the stored bytes are erased, damaged or compressed with a lost dictionary, nothing can be compared, and the
    /// delivery goes to quarantine too. Never throws.
    /// </summary>
    public EnvelopeReading.NotUnderstood? Conflict(ReadDelivery read, long sequence, KnownContent known)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(known);
        var first = sequence.ToString(CultureInfo.InvariantCulture);
        var other = $"BeskedId er kendt med andet indhold (løbenummer {first}). Den første står uændret.";
        var unreadable = $"BeskedId er kendt (løbenummer {first}), men den gemte beskeds bytes kan ikke læses, "
            + "så de to kan ikke sammenlignes. Begge er bevaret.";
        if (known.Unreadable) return Kept(unreadable);
        try
        {
            if (known.Content is { } content && ContentFingerprint.Of(codec.Decompress(known.Encoding, content)) is { } before
                && ContentFingerprint.Of(read.Delivery.Bytes) is { } now && now.AsSpan().SequenceEqual(before))
            {
                return null;
            }
        }
        catch (Exception)
        {
            return Kept(unreadable);
        }

        return Kept(other);

        EnvelopeReading.NotUnderstood Kept(string detail) => new(QuarantineReason.Conflict, detail, read.BeskedId);
    }
}
