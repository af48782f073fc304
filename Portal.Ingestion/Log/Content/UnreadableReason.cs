namespace Portal.Ingestion.Log.Content;

/// <summary>Why what is stored of a message cannot be read. Shown with the message; nothing stops at it.</summary>
public enum UnreadableReason
{
    /// <summary>The compressed bytes are damaged or cut.</summary>
    Damaged,

    /// <summary>They can be decompressed, but are not the bytes that were received: length or SHA-256 differ.</summary>
    Changed,

    /// <summary>Written with an encoding or dictionary that this version does not know.</summary>
    UnknownEncoding,

    /// <summary>The bytes are gone, and no erasure is recorded.</summary>
    Missing,

    /// <summary>The bytes are those that were received, but this version does not understand them as an envelope.</summary>
    NotUnderstood,

    /// <summary>The number of the message's kind (type, authority, status) is not known.</summary>
    UnknownKind,

    /// <summary>The list of identifiers in the message's row is cut or damaged.</summary>
    Identifiers,

    /// <summary>A time in the message's row is no time.</summary>
    Time,

    /// <summary>A size or a count in the message's row is no number that it could have.</summary>
    Number,
}

/// <summary>The names of the reasons on the wire.</summary>
public static class UnreadableReasons
{
    /// <summary><c>unknown-encoding</c> for <see cref="UnreadableReason.UnknownEncoding"/>, and so on.</summary>
    public static string ToWire(this UnreadableReason reason) => reason switch
    {
        UnreadableReason.Damaged => "damaged",
        UnreadableReason.Changed => "changed",
        UnreadableReason.UnknownEncoding => "unknown-encoding",
        UnreadableReason.Missing => "missing",
        UnreadableReason.NotUnderstood => "not-understood",
        UnreadableReason.UnknownKind => "unknown-kind",
        UnreadableReason.Identifiers => "identifiers",
        UnreadableReason.Time => "time",
        _ => "number",
    };
}

/// <summary>
/// Stored content that cannot be turned into the bytes that were received. The one failure of <see cref="ContentCodec.Decompress"/>.
/// </summary>
public sealed class UnreadableContentException(
    UnreadableReason reason, Exception? cause = null) : Exception($"Stored content cannot be read: {reason.ToWire()}.", cause)
{
    public UnreadableReason Reason => reason;
}

/// <summary>What reading a message's exact bytes gave.</summary>
/// <param name="Bytes">The exact bytes; null when they cannot be read.</param>
/// <param name="Problem">Why they cannot be read; null when they can.</param>
public readonly record struct ContentReading(byte[]? Bytes, UnreadableReason? Problem)
{
    /// <exception cref="UnreadableContentException">They cannot be read.</exception>
    public byte[] ToBytes() => Bytes ?? throw new UnreadableContentException(Problem ?? UnreadableReason.Missing);

    /// <summary>Bytes that were read.</summary>
    public static ContentReading Of(byte[] bytes) => new(bytes, null);

    /// <summary>Bytes that cannot be read.</summary>
    public static ContentReading Unreadable(UnreadableReason reason) => new(null, reason);
}
