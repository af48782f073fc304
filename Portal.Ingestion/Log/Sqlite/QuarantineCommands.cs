using System.Globalization;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log.Sqlite;

/// <summary>
/// Writes deliveries that could not be accepted to quarantine. Bytes that wait there already are counted, not stored twice.
/// </summary>
internal static class QuarantineCommands
{
    /// <summary>Adds a delivery with its reason, within the connection's transaction.</summary>
    public static DeliveryOutcome.Quarantined Quarantine(
        SqliteConnection connection, SqliteTransaction transaction, ReadDelivery read, EnvelopeReading.NotUnderstood why, string authority)
    {
        using var find = Command(connection, transaction, """SELECT "Id" FROM "Quarantine" WHERE "Sha256" = @p0 AND "ResolvedAt" IS NULL """
            + """AND "Reason" = @p1 LIMIT 1""", read.Sha256, why.Reason.ToWire());
        if (find.ExecuteScalar() is long waiting)
        {
            using var count =
                Command(connection, transaction, """UPDATE "Quarantine" SET "Deliveries" = "Deliveries" + 1 WHERE "Id" = @p0""", waiting);
            count.ExecuteNonQuery();
            return Outcome(waiting, why);
        }

        using var insert = Command(
            connection,
            transaction,
            """
            INSERT INTO "Quarantine" ("Reason", "Detail", "Transport", "ReceivedAt", "Bytes", "BeskedId", "Authority", "Deliveries",
            "Sha256", "Encoding", "Content")
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, 1, @p7, @p8, @p9) RETURNING "Id"
            """,
            why.Reason.ToWire(), why.Detail, read.Delivery.Transport, read.Delivery.ReceivedAt.UtcTicks, read.Delivery.Length,
            why.BeskedId, authority, read.Sha256, read.Encoding, read.Content);
        return Outcome((long)insert.ExecuteScalar()!, why);
    }

    /// <summary>The waiting row as it was delivered, or null.</summary>
    /// <exception cref="InvalidDataException">The row cannot be read.</exception>
    public static QuarantinedDelivery? Find(SqliteConnection connection, SqliteTransaction transaction, long id)
    {
        using var find = Command(connection, transaction,
            """SELECT "Encoding", "Content", "Transport", "ReceivedAt", "Sha256" FROM "Quarantine" WHERE "Id" = @p0 """
                + """AND "ResolvedAt" IS NULL""", id);
        try
        {
            using var row = find.ExecuteReader();
            return row.Read()
                ? new QuarantinedDelivery(
                    row.GetNumber(0), row.GetFieldValue<byte[]>(1), row.GetString(2), StoredTime.Of(row.GetInt64(3)),
                    row.GetFieldValue<byte[]>(4))
                : null;
        }
        catch (SqliteException damaged) when (StorageErrors.IsDamagedRow(damaged))
        {
            throw new InvalidDataException("The row cannot be read.");
        }
    }

    /// <summary>True when such a row waits; its bytes are not read.</summary>
    public static bool Waits(SqliteConnection connection, SqliteTransaction transaction, long id)
    {
        using var find = Command(connection, transaction, """SELECT COUNT(*) FROM "Quarantine" WHERE "Id" = @p0 AND "ResolvedAt" IS NULL""",
            id);
        return find.ExecuteScalar() is 1L;
    }

    /// <summary>Resolves the row.</summary>
    public static void Resolve(SqliteConnection connection, SqliteTransaction transaction, long id, DateTimeOffset now)
    {
        using var update =
            Command(connection, transaction, """UPDATE "Quarantine" SET "ResolvedAt" = @p1 WHERE "Id" = @p0""", id, now.UtcTicks);
        update.ExecuteNonQuery();
    }

    /// <summary>Keeps the row waiting, with this reason.</summary>
    public static DeliveryOutcome.Quarantined Explain(
        SqliteConnection connection, SqliteTransaction transaction, long id, EnvelopeReading.NotUnderstood why)
    {
        using var update = Command(connection, transaction,
            """UPDATE "Quarantine" SET "Reason" = @p1, "Detail" = @p2, "BeskedId" = COALESCE(@p3, "BeskedId") WHERE "Id" = @p0""", id,
            why.Reason.ToWire(), why.Detail, why.BeskedId);
        update.ExecuteNonQuery();
        return Outcome(id, why);
    }

    /// <summary>The answer about a row that stays as it is.</summary>
    public static DeliveryOutcome.Quarantined Outcome(long id, EnvelopeReading.NotUnderstood why) =>
        new(id.ToString(CultureInfo.InvariantCulture), why.Reason, why.Detail, why.BeskedId);

    private static SqliteCommand Command(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = (SqliteCommand)connection.NewCommand(sql, values.Length);
        command.Transaction = transaction;
        command.Bind(values);
        return command;
    }
}
