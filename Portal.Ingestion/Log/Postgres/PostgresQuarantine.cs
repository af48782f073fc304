using System.Globalization;
using Npgsql;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.Postgres;

/// <summary>
/// Writes deliveries that could not be accepted to quarantine. Bytes that wait there already are counted, not stored twice.
/// </summary>
internal static class PostgresQuarantine
{
    /// <summary>Adds a delivery with its reason, within the session's transaction.</summary>
    public static async Task<DeliveryOutcome.Quarantined> QuarantineAsync(PostgresSession session, ReadDelivery read,
        EnvelopeReading.NotUnderstood why, string authority, CancellationToken cancellationToken)
    {
        var waiting = await session.FindAsync<long>(
            """
            UPDATE "Quarantine" SET "Deliveries" = LEAST("Deliveries"::bigint + 1, 2147483647)
            WHERE "Id" = (SELECT MIN("Id") FROM "Quarantine" WHERE "Sha256" = $1 AND "ResolvedAt" IS NULL AND "Reason" = $2) RETURNING "Id"
            """,
            cancellationToken, read.Sha256, why.Reason.ToWire());
        var id = waiting ?? await session.FindAsync<long>(
            """
            INSERT INTO "Quarantine" ("Reason", "Detail", "Transport", "ReceivedAt", "Bytes", "BeskedId", "Authority", "Deliveries",
            "Sha256", "Encoding", "Content")
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10) RETURNING "Id"
            """,
            cancellationToken,
            why.Reason.ToWire(), why.Detail, read.Delivery.Transport, read.Delivery.ReceivedAt.UtcTicks, read.Delivery.Length,
                why.BeskedId, authority, read.Sha256, read.Encoding, read.Content);
        return Outcome(id!.Value, why);
    }

    /// <summary>The waiting row as it was delivered, locked; or null.</summary>
    /// <exception cref="InvalidDataException">The row cannot be read.</exception>
    public static async Task<QuarantinedDelivery?> FindAsync(PostgresSession session, long id, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT "Encoding", "Content", "Transport", "ReceivedAt", "Sha256" FROM "Quarantine"
            WHERE "Id" = $1 AND "ResolvedAt" IS NULL FOR UPDATE
            """;
        await using var find = session.Command(Sql, id);
        try
        {
            await using var row = await find.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? new QuarantinedDelivery(
                    row.GetInt32(0), row.GetFieldValue<byte[]>(1), row.GetString(2), StoredTime.Of(row.GetInt64(3)),
                    row.GetFieldValue<byte[]>(4))
                : null;
        }
        catch (PostgresException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            throw new InvalidDataException("The row cannot be read.");
        }
    }

    /// <summary>True when such a row waits; its bytes are not read.</summary>
    public static async Task<bool> WaitsAsync(PostgresSession session, long id, CancellationToken cancellationToken) =>
        await session.FindAsync<long>("""SELECT "Id" FROM "Quarantine" WHERE "Id" = $1 AND "ResolvedAt" IS NULL FOR UPDATE""",
            cancellationToken, id) is not null;

    /// <summary>Resolves the row.</summary>
    public static Task ResolveAsync(PostgresSession session, long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.RunAsync("""UPDATE "Quarantine" SET "ResolvedAt" = $2 WHERE "Id" = $1""", cancellationToken, id, now.UtcTicks);

    /// <summary>Keeps the row waiting, with this reason.</summary>
    public static async Task<DeliveryOutcome.Quarantined> ExplainAsync(
        PostgresSession session, long id, EnvelopeReading.NotUnderstood why, CancellationToken cancellationToken)
    {
        await session.RunAsync(
            """UPDATE "Quarantine" SET "Reason" = $2, "Detail" = $3, "BeskedId" = COALESCE($4, "BeskedId") WHERE "Id" = $1""",
            cancellationToken, id, why.Reason.ToWire(), why.Detail, why.BeskedId);
        return Outcome(id, why);
    }

    /// <summary>The answer about a row that stays as it is.</summary>
    public static DeliveryOutcome.Quarantined Outcome(long id, EnvelopeReading.NotUnderstood why) =>
        new(id.ToString(CultureInfo.InvariantCulture), why.Reason, why.Detail, why.BeskedId);
}
