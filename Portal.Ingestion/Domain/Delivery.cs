namespace Portal.Ingestion.Domain;

/// <summary>Bytes that came through a transport. <paramref name="Bytes"/> must not change after this is made.</summary>
/// <param name="Bytes">The exact bytes as received.</param>
/// <param name="Transport">The transport: <c>push</c>, <c>folder</c>, <c>replay</c>, <c>amqp</c>.</param>
/// <param name="ReceivedAt">UTC, when the transport had all bytes.</param>
public sealed record Delivery(ReadOnlyMemory<byte> Bytes, string Transport, DateTimeOffset ReceivedAt)
{
    /// <summary>Set when <see cref="Bytes"/> are only the beginning of a message that is too large to be kept whole.</summary>
    public DeliveryCut? Cut { get; init; }

    /// <summary>Bytes of the whole message.</summary>
    public long Length => Cut?.Length ?? Bytes.Length;
}

/// <summary>Length and hash of a message of which only the first bytes are kept.</summary>
/// <param name="Length">Bytes of the whole message.</param>
/// <param name="Sha256">SHA-256 of the whole message, 32 bytes.</param>
public sealed record DeliveryCut(long Length, byte[] Sha256)
{
    // Bytes kept of a message that is too large to be kept whole: enough to recognise it.
    private const int FirstBytes = 1 << 20;

    // A message is kept whole up to this many times Ingestion:MaxMessageBytes, but never beyond what an array, a row of SQLite (10^9 bytes)
    // and a field of PostgreSQL (1 GB) can hold.
    private const long WholeTimes = 10;
    private const long MostWhole = 1_000_000_000;

    /// <summary>The largest message that is kept whole, in bytes: what a transport may hold in one array.</summary>
    /// <param name="maxMessageBytes"><c>Ingestion:MaxMessageBytes</c>.</param>
    public static int WholeBytes(int maxMessageBytes) => (int)Math.Min(WholeTimes * maxMessageBytes, MostWhole);

    /// <summary>How many bytes of a message are kept: all of them when it is kept whole, else at most the first 1 MiB.</summary>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="whole"><see cref="WholeBytes"/>.</param>
    public static int KeptBytes(long length, long whole) => (int)Math.Min(length, length <= whole ? whole : Math.Min(FirstBytes, whole));
}

/// <summary>The outcome of a delivery, known once it is durably stored.</summary>
public abstract record DeliveryOutcome
{
    /// <summary>The message is new and is stored.</summary>
    public sealed record Accepted(string BeskedId, long Sequence) : DeliveryOutcome;

    /// <summary>The message is known already; the repeat is counted.</summary>
    public sealed record Repeated(string BeskedId, long Sequence, int Deliveries) : DeliveryOutcome;

    /// <summary>The delivery is kept in quarantine, with the reason.</summary>
    public sealed record Quarantined(string QuarantineId, QuarantineReason Reason, string Detail, string? BeskedId) : DeliveryOutcome;
}

/// <summary>The receiver that all transports share. Returns only after the delivery is durably committed.</summary>
public interface IReceiver
{
    /// <summary>Stores a delivery and returns its outcome.</summary>
    /// <exception cref="StorageUnavailableException">The delivery could not be stored now; the transport must keep it and try
    /// again.</exception>
    Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a batch of deliveries and returns one outcome for each, in order, once all of it is durable. For transports that acknowledge
    /// many at once. Calls may overlap: the call whose messages are parsed first is committed first.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Nothing may be acknowledged; the transport must keep the whole batch and deliver it
    /// again (what was stored meanwhile counts as repeats).</exception>
    Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken);
}

/// <summary>The database cannot take messages now (locked, full, gone). Nothing was acknowledged.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The database's disk is full. A smaller write may still succeed, which does not mean that the refused one would.</summary>
    public bool IsFull { get; init; }
}
