using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;

namespace Portal.Ingestion.Log;

/// <summary>
/// The row of an accepted message: the values of this message alone. Values that messages share are in <see cref="StoredMessageKind"/>, the
/// exact bytes in <see cref="StoredContent"/>. The row is narrow, because lists over millions of rows are only as fast as the rows are
/// small. Person numbers are masked in it, except in BeskedId (<see cref="ShownBeskedId"/>).
/// </summary>
public sealed class StoredMessage
{
    /// <summary>Position in the log, from 1, without gaps, in commit order.</summary>
    public long Sequence { get; set; }

    /// <summary>Unique over the whole log, as the sender wrote it (normalised); may contain a person number.</summary>
    public required string BeskedId { get; set; }

    /// <summary>The <see cref="StoredMessageKind.Id"/> of the message's kind.</summary>
    public int Kind { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? CreatedAt { get; set; }
    public DateTimeOffset? RegisteredAt { get; set; }

    /// <summary>The moment of the status, UTC: TransaktionsDatoTid, else Registreringstidspunkt, else Dannelsestidspunkt.</summary>
    public DateTimeOffset? StatusAt { get; set; }

    public int Deliveries { get; set; } = 1;

    /// <summary>The message's identifiers, packed: see <see cref="MessageIdentifiers"/>.</summary>
    public byte[]? Identifiers { get; set; }

    /// <summary>
    /// The statuses of a message that tells several, or of events at a time of their own; null for nearly all: see
    /// <see cref="ReportedStatuses"/>.
    /// </summary>
    public string? Statuses { get; set; }

    /// <summary>The beginning of FejlTekst; the whole is in the content.</summary>
    public string? ErrorText { get; set; }

    /// <summary>SHA-256 of the exact bytes, 32 bytes.</summary>
    public required byte[] Sha256 { get; set; }

    /// <summary>The number of exact bytes.</summary>
    public int Bytes { get; set; }

    /// <summary>
    /// When the content was erased under retention, UTC; null while it is stored. After that the row has only sequence number, BeskedId,
    /// kind, hash, size, deliveries and time of receipt.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The ledger's record of the message.</summary>
    internal LeafRecord ToLeafRecord() => LeafRecord.Of(BeskedId, ReceivedAt, Sha256);
}

/// <summary>The exact bytes of a message, compressed.</summary>
public sealed class StoredContent
{
    public long Sequence { get; set; }

    /// <summary>How <see cref="Content"/> is compressed: see <see cref="ContentCodec"/>. Old encodings must stay readable.</summary>
    public int Encoding { get; set; }

    public required byte[] Content { get; set; }
}

/// <summary>
/// A compression dictionary, made from invented messages only. Never deleted: content compressed with it needs it to be read.
/// </summary>
public sealed class StoredCompression
{
    /// <summary>Stored in <see cref="StoredContent.Encoding"/>; from 2.</summary>
    public int Id { get; set; }

    public DateTimeOffset MadeAt { get; set; }
    public required byte[] Content { get; set; }
}

/// <summary>
/// Messages received in a time span, by kind. Counts and rates are read from these rows, since counting millions of messages takes long.
/// </summary>
public sealed class StoredVolume
{
    /// <summary>Length of the span in seconds: 1 (deleted after <see cref="VolumeTally.SecondsKept"/>) or 3600 (never deleted).</summary>
    public int Span { get; set; }

    /// <summary>The number of spans since 1 January of year 1, UTC.</summary>
    public long Bucket { get; set; }

    /// <summary>The messages' <see cref="StoredMessageKind.Id"/>.</summary>
    public int Kind { get; set; }

    public long Count { get; set; }
}

/// <summary>A delivery in quarantine, with the reason.</summary>
public sealed class QuarantinedContent
{
    public long Id { get; set; }
    public required string Reason { get; set; }
    public required string Detail { get; set; }
    public required string Transport { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>Size of the whole delivery, of which <see cref="Content"/> may be only the beginning.</summary>
    public long Bytes { get; set; }

    public string? BeskedId { get; set; }
    public required string Authority { get; set; }
    public int Deliveries { get; set; } = 1;
    public required byte[] Sha256 { get; set; }
    public int Encoding { get; set; }
    public required byte[] Content { get; set; }

    /// <summary>When a retry succeeded, UTC; null while it is in quarantine.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}

/// <summary>A message type in the catalogue: known from the start, or added when its first message came.</summary>
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
