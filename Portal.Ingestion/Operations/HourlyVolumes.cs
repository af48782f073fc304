using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>
/// A reader of the log that counts messages by hour, door and type. It remembers how far it has come, so the log is never counted anew; several
/// processes may run it, and whoever moves the position counts.
/// </summary>
internal sealed class HourlyVolumes(IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, TimeProvider time)
{
    /// <summary>The name of this reader's position.</summary>
    public const string Reader = "volumes";

    private const int Chunk = 20_000;
    private static readonly long EpochHours = DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerHour;

    /// <summary>How long volumes are kept: what <see cref="Silence"/> compares with, and a week.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(35);

    /// <summary>Counts to the log's end.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken))
        {
        }
    }

    /// <summary>Forgets what is older than <see cref="Kept"/>.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = Silence.HourOf(time.GetUtcNow() - Kept);
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Set<StoredHourlyVolume>().Where(v => v.Hour < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Messages.MaxAsync(m => (long?)m.Sequence, cancellationToken) ?? 0;
        var position = await PositionAsync(db, cancellationToken);
        if (last <= position) return false;

        var until = Math.Min(position + Chunk, last);
        var (ticksPerHour, oldest) = (TimeSpan.TicksPerHour, time.GetUtcNow() - Kept);
        var counts = await db.Messages.AsNoTracking().Where(m => m.Sequence > position && m.Sequence <= until && m.ReceivedAt >= oldest)
            .GroupBy(m => new { Hour = (long)(object)m.ReceivedAt / ticksPerHour, m.Transport, m.Beskedtype })
            .Select(g => new { g.Key.Hour, g.Key.Transport, g.Key.Beskedtype, Messages = g.LongCount() })
            .ToListAsync(cancellationToken);

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // First, and only from where the counting began: another process that counted the same meanwhile has moved it.
        if (!await MoveAsync(db, position, until, cancellationToken)) return true;
        foreach (var count in counts)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "HourlyVolumes" ("Hour", "Transport", "Beskedtype", "Messages") VALUES ({count.Hour - EpochHours}, {count.Transport}, {count.Beskedtype}, {count.Messages})
                ON CONFLICT ("Hour", "Transport", "Beskedtype") DO UPDATE SET "Messages" = "HourlyVolumes"."Messages" + excluded."Messages"
                """,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<long> PositionAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (await db.ReaderPositions.Where(p => p.Reader == Reader).Select(p => (long?)p.Sequence).FirstOrDefaultAsync(cancellationToken) is { } position) return position;

        // A log that was there before this reader: what is too old to matter is not read at all.
        var oldest = time.GetUtcNow() - Kept;
        return await db.Messages.Where(m => m.ReceivedAt >= oldest).MinAsync(m => (long?)m.Sequence, cancellationToken) - 1 ?? 0;
    }

    private static async Task<bool> MoveAsync(IngestionDbContext db, long from, long to, CancellationToken cancellationToken)
    {
        if (await db.ReaderPositions.AnyAsync(p => p.Reader == Reader, cancellationToken))
        {
            return await db.ReaderPositions.Where(p => p.Reader == Reader && p.Sequence == from).ExecuteUpdateAsync(p => p.SetProperty(r => r.Sequence, to), cancellationToken) == 1;
        }

        return await db.Database.ExecuteSqlAsync($"""INSERT INTO "ReaderPositions" ("Reader", "Sequence") VALUES ({Reader}, {to}) ON CONFLICT DO NOTHING""", cancellationToken) == 1;
    }
}
