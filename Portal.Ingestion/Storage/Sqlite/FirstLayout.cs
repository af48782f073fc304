using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Storage.Sqlite;

/// <summary>
/// Takes messages over from the first layout of the database, whose rows were wide: each is read anew from its exact bytes and keeps its number, its
/// time of receipt and its count. Does nothing where there is nothing to take over; killed, it goes on at the next start.
/// </summary>
internal sealed class FirstLayout(DeliveryReader reader, SqliteMessageStore store)
{
    private const int BatchSize = 500;

    private sealed class Row
    {
        public long Sequence { get; init; }
        public required string BeskedId { get; init; }
        public required string Transport { get; init; }
        public long ReceivedAt { get; init; }
        public int Deliveries { get; init; }
        public int Encoding { get; init; }
        public required byte[] Content { get; init; }
    }

    /// <summary>Moves what is there, batch by batch, and removes the old tables.</summary>
    public async Task MoveAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Database.SqlQuery<int>($"""SELECT COUNT(*) AS "Value" FROM sqlite_master WHERE name = 'Messages_First'""").SingleAsync(cancellationToken) == 0) return;
        var after = await db.Database.SqlQuery<long>($"""SELECT COALESCE(MAX("Sequence"), 0) AS "Value" FROM "Messages" """).SingleAsync(cancellationToken);
        while (true)
        {
            var rows = await db.Database.SqlQuery<Row>($"""
                SELECT m."Sequence", m."BeskedId", m."Transport", m."ReceivedAt", m."Deliveries", c."Encoding", c."Content" FROM "Messages_First" m
                JOIN "MessageContent_First" c ON c."Sequence" = m."Sequence"
                WHERE m."Sequence" > {after} ORDER BY m."Sequence" LIMIT {BatchSize}
                """).ToListAsync(cancellationToken);
            if (rows.Count == 0) break;
            await store.TakeOverAsync([.. rows.Select(Read)], cancellationToken);
            after = rows[^1].Sequence;
        }

        await db.Database.ExecuteSqlAsync($"""DROP TABLE "Messages_First" """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""DROP TABLE "MessageContent_First" """, cancellationToken);
    }

    private (ReadDelivery Read, long Sequence, int Deliveries) Read(Row row)
    {
        var receivedAt = StoredTime.Of(row.ReceivedAt);
        try
        {
            using var codec = new ContentCodec();
            var bytes = codec.Decompress(row.Encoding, row.Content);
            return (reader.Read(new Delivery(bytes, row.Transport, receivedAt)), row.Sequence, row.Deliveries);
        }
        catch (UnreadableContentException)
        {
            // What stands there is kept as it stands; its number belongs to no message any more.
            var kept = reader.Read(new Delivery(row.Content, row.Transport, receivedAt));
            var why = new EnvelopeReading.NotUnderstood(
                QuarantineReason.Failed,
                $"Beskeden med løbenummer {row.Sequence} er gemt af en tidlig udgave af portalen, og dens indhold er beskadiget. "
                    + "De gemte byte er bevaret, som de stod.",
                row.BeskedId);
            return (kept with { Draft = null, Refusal = why }, row.Sequence, row.Deliveries);
        }
    }
}
