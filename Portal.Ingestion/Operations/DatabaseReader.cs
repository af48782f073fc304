using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>How large the database is and how it grows.</summary>
/// <param name="Provider"><c>SQLite</c> or <c>PostgreSQL</c>.</param>
/// <param name="Bytes">With its write-ahead log and indexes.</param>
/// <param name="Messages">The last sequence number.</param>
/// <param name="GrowthPerDay">Bytes a day over the last month; null before there are two days to compare.</param>
/// <param name="FreeBytes">On its disk; null when that cannot be seen from here.</param>
/// <param name="DaysLeft">Until the transports would stop at this growth; null when it does not grow or is not known.</param>
public sealed record DatabaseView(string Provider, long Bytes, long Messages, double? GrowthPerDay, long? FreeBytes, double? DaysLeft);

/// <summary>Measures the database, and keeps a sample a day.</summary>
internal sealed class DatabaseReader(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, DatabaseDisk disk, PortalSettings settings, TimeProvider time)
{
    private const int GrowthDays = 30;
    private const int KeptDays = 730;

    /// <summary>As it is now.</summary>
    public async Task<DatabaseView> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var from = DanishTime.DateOf(now).AddDays(-GrowthDays);
        var first = await db.Set<StoredDatabaseSample>().AsNoTracking().Where(s => s.Day >= from).OrderBy(s => s.Day)
            .FirstOrDefaultAsync(cancellationToken);
        var (provider, bytes) = await db.SizeAsync(cancellationToken);
        var growth = first is not null && now - first.At >= TimeSpan.FromDays(1)
            ? (bytes - first.Bytes) / (now - first.At).TotalDays
            : (double?)null;
        var free = disk.FreeBytes();
        var usable = free - ((long)settings.MinimumFreeMegabytes << 20);
        return new DatabaseView(provider, bytes, await LastAsync(db, cancellationToken), growth, free,
            growth > 0 && usable is { } left ? Math.Max(0, left) / growth : null);
    }

    /// <summary>Keeps today's sample, when it is not kept yet.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (day, oldest) = (DanishTime.DateOf(now), DanishTime.DateOf(now).AddDays(-KeptDays));
        if (await db.Set<StoredDatabaseSample>().AnyAsync(s => s.Day == day, cancellationToken)) return;
        var ((_, bytes), messages) = (await db.SizeAsync(cancellationToken), await LastAsync(db, cancellationToken));
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "DatabaseSamples" ("Day", "At", "Bytes", "Messages") VALUES ({day}, {now.UtcTicks}, {bytes}, {messages})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        await db.Set<StoredDatabaseSample>().Where(s => s.Day < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<long> LastAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;
}
