using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Reads and writes the quarantine's rows within the connection's transaction, in SQL common to all databases. Bytes that are in quarantine
/// already are counted, not stored twice.
/// </summary>
internal static class QuarantineRows
{
    /// <summary>Adds a delivery with its reason.</summary>
    public static async Task<DeliveryOutcome.Quarantined> AddAsync(
        LogConnection log, ReadDelivery read, EnvelopeReading.NotUnderstood why, string authority, CancellationToken cancellationToken)
    {
        // The count stops at its maximum: an overflow must not refuse the delivery.
        var waiting = await log.FindAsync(
            """
            UPDATE "Quarantine" SET "Deliveries" = CASE WHEN "Deliveries" < 2147483647 THEN "Deliveries" + 1 ELSE "Deliveries" END
            WHERE "Id" = (SELECT MIN("Id") FROM "Quarantine" WHERE "Sha256" = @p0 AND "ResolvedAt" IS NULL AND "Reason" = @p1)
            RETURNING "Id"
            """,
            cancellationToken, read.Sha256, why.Reason.ToWire());
        var id = waiting ?? await log.FindAsync(
            """
            INSERT INTO "Quarantine" ("Reason", "Detail", "Transport", "ReceivedAt", "Bytes", "BeskedId", "Authority", "Deliveries",
            "Sha256", "Encoding", "Content")
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, 1, @p7, @p8, @p9) RETURNING "Id"
            """,
            cancellationToken,
            why.Reason.ToWire(), why.Detail, read.Delivery.Transport, read.Delivery.ReceivedAt.UtcTicks, read.Delivery.Length,
            why.BeskedId, authority, read.Sha256, read.Encoding, read.Content);
        return Outcome((long)id!, why);
    }

    /// <summary>The delivery of an unresolved row, which is locked for this transaction; or null.</summary>
    /// <exception cref="InvalidDataException">The row cannot be read.</exception>
    public static async Task<QuarantinedDelivery?> FindAsync(LogConnection log, long id, CancellationToken cancellationToken)
    {
        await using var find = log.Command(
            $"""
            SELECT "Encoding", "Content", "Transport", "ReceivedAt", "Sha256" FROM "Quarantine"
            WHERE "Id" = @p0 AND "ResolvedAt" IS NULL{log.RowLock}
            """,
            id);
        try
        {
            await using var row = await find.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? new QuarantinedDelivery(
                    row.GetNumber(0), row.GetFieldValue<byte[]>(1), row.GetString(2), StoredTime.Of(row.GetInt64(3)),
                    row.GetFieldValue<byte[]>(4))
                : null;
        }
        catch (DbException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            throw new InvalidDataException("The row cannot be read.");
        }
    }

    /// <summary>True when an unresolved row has the id, which is locked for this transaction; its bytes are not read.</summary>
    public static async Task<bool> WaitsAsync(LogConnection log, long id, CancellationToken cancellationToken) => await log.FindAsync(
        $"""SELECT "Id" FROM "Quarantine" WHERE "Id" = @p0 AND "ResolvedAt" IS NULL{log.RowLock}""", cancellationToken, id) is not null;

    /// <summary>Resolves the row.</summary>
    public static Task ResolveAsync(LogConnection log, long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        log.RunAsync("""UPDATE "Quarantine" SET "ResolvedAt" = @p1 WHERE "Id" = @p0""", cancellationToken, id, now.UtcTicks);

    /// <summary>Leaves the row unresolved, with a new reason.</summary>
    public static async Task<DeliveryOutcome.Quarantined> ExplainAsync(
        LogConnection log, long id, EnvelopeReading.NotUnderstood why, CancellationToken cancellationToken)
    {
        await log.RunAsync(
            """UPDATE "Quarantine" SET "Reason" = @p1, "Detail" = @p2, "BeskedId" = COALESCE(@p3, "BeskedId") WHERE "Id" = @p0""",
            cancellationToken, id, why.Reason.ToWire(), why.Detail, why.BeskedId);
        return Outcome(id, why);
    }

    /// <summary>The outcome for a quarantined row.</summary>
    public static DeliveryOutcome.Quarantined Outcome(long id, EnvelopeReading.NotUnderstood why) =>
        new(id.ToString(CultureInfo.InvariantCulture), why.Reason, why.Detail, why.BeskedId);
}

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
