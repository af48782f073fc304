namespace Portal.Ingestion.Log.Content;

/// <summary>Why something stored of a message cannot be read. Shown with the message; it stops no list or service.</summary>
public enum UnreadableReason
{
    /// <summary>The compressed bytes are damaged or cut.</summary>
    Damaged,

    /// <summary>The bytes can be decompressed, but are not those received: length or SHA-256 differ.</summary>
    Changed,

    /// <summary>Written with an encoding or dictionary that this version does not know.</summary>
    UnknownEncoding,

    /// <summary>The bytes are missing, and no erasure is recorded.</summary>
    Missing,

    /// <summary>The bytes are those received, but this version cannot read them as an envelope.</summary>
    NotUnderstood,

    /// <summary>The row's kind number (type, authority, status) is unknown.</summary>
    UnknownKind,

    /// <summary>The list of identifiers in the message's row is cut or damaged.</summary>
    Identifiers,

    /// <summary>A time in the message's row is invalid.</summary>
    Time,

    /// <summary>A size or a count in the message's row is out of range.</summary>
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

/// <summary>Stored content cannot be restored to the received bytes. The only exception of <see cref="ContentCodec.Decompress"/>.</summary>
public sealed class UnreadableContentException(
    UnreadableReason reason, Exception? cause = null) : Exception($"Stored content cannot be read: {reason.ToWire()}.", cause)
{
    public UnreadableReason Reason => reason;
}

/// <summary>The result of reading a message's exact bytes.</summary>
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
