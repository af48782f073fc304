using System.Security.Cryptography;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;

namespace Portal.Ingestion.Log;

/// <summary>A delivery as the quarantine stores it.</summary>
/// <param name="Encoding">How <paramref name="Content"/> is compressed.</param>
/// <param name="Sha256">SHA-256 of the whole delivery, of which only the beginning may be stored.</param>
internal sealed record QuarantinedDelivery(int Encoding, byte[] Content, string Transport, DateTimeOffset ReceivedAt, byte[] Sha256)
{
    /// <summary>The delivery; null when not all of its bytes are stored.</summary>
    /// <exception cref="InvalidOperationException">The bytes cannot be decompressed by this program.</exception>
    public Delivery? ToDelivery(ContentCodec codec)
    {
        var bytes = codec.Decompress(Encoding, Content);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(Sha256) ? new Delivery(bytes, Transport, ReceivedAt) : null;
    }
}
