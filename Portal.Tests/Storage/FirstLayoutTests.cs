using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Storage;
using Portal.Tests.Ledger;
using Xunit;

namespace Portal.Tests.Storage;

/// <summary>A database of the first layout, with messages of every sort, is taken over at the start of today's program.</summary>
public sealed class FirstLayoutTests
{
    private static readonly byte[] Rubbish = Encoding.UTF8.GetBytes("<dengang en besked>");
    private static readonly byte[] Damaged = [0x28, 0xb5, 0x2f, 0xfd, 0xff];

    [Fact]
    public async Task Messages_keep_number_time_and_count_and_what_cannot_be_read_today_is_kept_in_quarantine_and_stops_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("first").FullName;
        var at = new DateTimeOffset(2025, 11, 24, 8, 0, 0, TimeSpan.Zero);
        await MakeAsync(folder, (Envelope(1), ContentCodec.AsItIs, at, 1), (Rubbish, ContentCodec.AsItIs, at, 1), (Damaged, ContentCodec.Zstandard, at, 2), (Envelope(4), ContentCodec.AsItIs, at.AddMinutes(1), 3));

        // The second start has nothing to take over.
        for (var start = 0; start < 2; start++)
        {
            await using var house = await IngestionHouse.OpenAsync(folder);
            var messages = (await house.Messages.ListAsync(IngestionHouse.Administrator(), MessageFilter.Everything, null, 10, default)).Items.Where(m => m.Sequence <= 4);
            Assert.Equal([(4, IdOf(4), at.AddMinutes(1), 3), (1, IdOf(1), at, 1)], messages.Select(m => (m.Sequence, m.BeskedId, m.ReceivedAt, m.Deliveries)));
            Assert.All(messages, m => Assert.Null(m.Unreadable));
            Assert.Equal(Envelope(4), await house.Messages.ReadBytesAsync(IngestionHouse.Administrator(), IdOf(4), default));

            var kept = (await house.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 10, default)).Items;
            Assert.Equal([(QuarantineReason.Failed, 1), (QuarantineReason.Malformed, 1)], kept.Select(k => (k.Reason, k.Deliveries)));
            Assert.Equal(Damaged, await house.Quarantine.ReadBytesAsync(IngestionHouse.Administrator(), kept[0].Id, default));
            Assert.Equal(Rubbish, await house.Quarantine.ReadBytesAsync(IngestionHouse.Administrator(), kept[1].Id, default));

            // Numbers go on after the last, and the ledger holds all of them.
            Assert.Equal(5 + start, Assert.IsType<Portal.Ingestion.Pipeline.DeliveryOutcome.Accepted>(await house.ReceiveAsync(Envelope(100 + start))).Sequence);
            Assert.Null(await house.VerifyAsync());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string IdOf(int n) => $"00000000-0000-4000-8000-{n:D12}";

    private static byte[] Envelope(int n) => IngestionHouse.Envelope(IdOf(n));

    // As the program of that time wrote them.
    private static async Task MakeAsync(string folder, params (byte[] Content, int Encoding, DateTimeOffset At, int Deliveries)[] messages)
    {
        var options = new DbContextOptionsBuilder<IngestionDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "portal.db")}", o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable)).Options;
        await using (var db = new IngestionDbContext(options))
        {
            await db.GetService<IMigrator>().MigrateAsync("Start");
            for (var n = 1; n <= messages.Length; n++)
            {
                var (content, encoding, at, deliveries) = messages[n - 1];
                var (type, hash, ticks, id, own, length) = (KnownBeskedtyper.PostStatus, SHA256.HashData(content), at.UtcTicks, IdOf(n), IngestionHouse.Own, content.Length);
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO "Messages" ("Sequence", "BeskedId", "Beskedtype", "Transport", "ReceivedAt", "Deliveries", "Authority", "Classified", "IsPostStatus", "Sha256", "Bytes")
                    VALUES ({n}, {id}, {type}, 'push', {ticks}, {deliveries}, {own}, 0, 1, {hash}, {length})
                    """);
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "MessageContent" ("Sequence", "Encoding", "Content") VALUES ({n}, {encoding}, {content})""");
            }
        }

        SqliteConnection.ClearAllPools();
    }
}
