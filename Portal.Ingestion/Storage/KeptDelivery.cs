using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage;

/// <summary>A delivery as the quarantine keeps it.</summary>
/// <param name="Encoding">How <paramref name="Content"/> is compressed.</param>
internal sealed record KeptDelivery(int Encoding, byte[] Content, string Transport, DateTimeOffset ReceivedAt)
{
    /// <summary>As it was delivered.</summary>
    public Delivery ToDelivery(ContentCodec codec) => new(codec.Decompress(Encoding, Content), Transport, ReceivedAt);
}
