using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>Size and growth of the database.</summary>
/// <param name="Provider"><c>SQLite</c> or <c>PostgreSQL</c>.</param>
/// <param name="Bytes">Size including indexes and the write-ahead log.</param>
/// <param name="Messages">The last sequence number.</param>
/// <param name="GrowthPerDay">Bytes per day over the last 30 days; null until a sample is a day old.</param>
/// <param name="FreeBytes">Free bytes on its disk; null when unknown.</param>
/// <param name="DaysLeft">Days until the transports would pause at this growth; null when it does not grow or is unknown.</param>
public sealed record DatabaseView(string Provider, long Bytes, long Messages, double? GrowthPerDay, long? FreeBytes, double? DaysLeft);

/// <summary>Measures the database, and stores one sample a day.</summary>
internal sealed class DatabaseReader(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, DatabaseDisk disk, PortalSettings settings, TimeProvider time)
{
    private const int GrowthDays = 30;
    private const int KeptDays = 730;

    /// <summary>Measures the current state.</summary>
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

    /// <summary>Stores today's sample unless there is one, and deletes old ones.</summary>
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
