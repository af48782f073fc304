using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Log;

/// <summary>
/// The row of an accepted message: what is its own. What repeats from message to message is in <see cref="StoredMessageKind"/>, the exact
/// bytes in <see cref="StoredContent"/>. Narrow, because a list of millions is only as fast as its rows are small. Person numbers in it are
/// masked.
/// </summary>
public sealed class StoredMessage
{
    /// <summary>Position in the log, from 1, without gaps, in commit order.</summary>
    public long Sequence { get; set; }

    /// <summary>Unique forever.</summary>
    public required string BeskedId { get; set; }

    /// <summary>The <see cref="StoredMessageKind.Id"/> of what this message has in common with others.</summary>
    public int Kind { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public DateTimeOffset? RegisteredAt { get; set; }

    /// <summary>The moment of the status (DOMAIN §2), UTC.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    public int Deliveries { get; set; } = 1;

    /// <summary>The identifiers in it, packed: see <see cref="MessageIdentifiers"/>.</summary>
    public byte[]? Identifiers { get; set; }

    /// <summary>The beginning of FejlTekst; the whole is in the content.</summary>
    public string? ErrorText { get; set; }

    /// <summary>SHA-256 of the exact bytes, 32 bytes.</summary>
    public required byte[] Sha256 { get; set; }

    /// <summary>Size of the exact bytes.</summary>
    public int Bytes { get; set; }

    /// <summary>
    /// When the content was erased under retention, UTC; null while it is kept. From then on only number, BeskedId, hash, size and time of
    /// receipt are here.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>What the ledger says of it.</summary>
    internal LeafRecord ToLeafRecord() => LeafRecord.Of(BeskedId, ReceivedAt, Sha256);
}

/// <summary>The exact bytes of a message, compressed.</summary>
public sealed class StoredContent
{
    public long Sequence { get; set; }

    /// <summary>How <see cref="Content"/> is compressed: see <see cref="ContentCodec"/>. Old encodings stay readable forever.</summary>
    public int Encoding { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>
/// A compression dictionary, made from invented messages only. Kept forever: content that was written with it is read with it.
/// </summary>
public sealed class StoredCompression
{
    /// <summary>Stored in <see cref="StoredContent.Encoding"/>; from 2.</summary>
    public int Id { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public required byte[] Content { get; set; }
}

/// <summary>
/// Messages received in a span of time, by kind: what counts and rates are read from, since counting millions of rows takes long.
/// </summary>
public sealed class StoredVolume
{
    /// <summary>Length of the span in seconds: 1 (kept for a while) or 3600 (kept forever).</summary>
    public int Span { get; set; }

    /// <summary>The span's number since year 1, UTC.</summary>
    public long Bucket { get; set; }

    /// <summary>The messages' <see cref="StoredMessageKind.Id"/>.</summary>
    public int Kind { get; set; }

    public long Count { get; set; }
}

/// <summary>Bytes that could not be accepted, with the reason.</summary>
public sealed class QuarantinedContent
{
    public long Id { get; set; }
    public required string Reason { get; set; }
    public required string Detail { get; set; }
    public required string Transport { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Of the whole, of which <see cref="Content"/> may be the beginning only.</summary>
    public long Bytes { get; set; }

    public string? BeskedId { get; set; }
    public required string Authority { get; set; }
    public int Deliveries { get; set; } = 1;
    public required byte[] Sha256 { get; set; }
    public int Encoding { get; set; }
    public required byte[] Content { get; set; }

    /// <summary>When a retry succeeded, UTC; null while it waits.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}

/// <summary>A message type, known from the start or appeared by itself.</summary>
public sealed class StoredBeskedtype
{
    public required string Beskedtype { get; set; }
    public required string Name { get; set; }
    public required string Tells { get; set; }
    public bool Known { get; set; }
    public bool Confidential { get; set; } = true;
    public DateTimeOffset? FirstSeenAt { get; set; }
}

/// <summary>The position of a log reader.</summary>
public sealed class ReaderPosition
{
    public required string Reader { get; set; }
    public long Sequence { get; set; }
}
