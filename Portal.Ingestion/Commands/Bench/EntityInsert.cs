using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Commands.Bench;

/// <summary>
/// The usual implementation, for comparison: parse the envelope, check whether it is known, add an entity, save the changes; one message at
/// a time.
/// </summary>
internal static class EntityInsert
{
    /// <summary>Returns messages per second.</summary>
    public static async Task<double> RunAsync(string path, List<byte[]> messages, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<Context>().UseSqlite($"Data Source={path}").Options;
        await using (var db = new Context(options))
        {
            await db.Database.EnsureCreatedAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode=WAL", cancellationToken);
        }

        var clock = Stopwatch.StartNew();
        foreach (var bytes in messages)
        {
            var besked = ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(bytes)).Besked;
            await using var db = new Context(options);
            if (await db.Messages.AnyAsync(m => m.BeskedId == besked.BeskedId, cancellationToken)) continue;
            db.Messages.Add(new Message { BeskedId = besked.BeskedId, Beskedtype = besked.Beskedtype, Content = bytes });
            await db.SaveChangesAsync(cancellationToken);
        }

        return messages.Count / clock.Elapsed.TotalSeconds;
    }

    private sealed class Message
    {
        public long Id { get; set; }
        public required string BeskedId { get; set; }
        public required string Beskedtype { get; set; }
        public required byte[] Content { get; set; }
    }

    private sealed class Context(DbContextOptions<Context> options) : DbContext(options)
    {
        public DbSet<Message> Messages => Set<Message>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Message>().HasIndex(m => m.BeskedId).IsUnique();
    }
}
