using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>A row that a reader of the log passed by, because it failed for that row alone. It is tried again at the next start.</summary>
public sealed class StoredSkippedRow
{
    /// <summary>Who passed it by.</summary>
    public required string Reader { get; set; }

    /// <summary>A message's sequence number or a letter's key, as the reader counts.</summary>
    public long Key { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The exception's type.</summary>
    public required string Kind { get; set; }
}

/// <summary>Notes what readers pass by, within the transactions in which they do.</summary>
internal static class SkippedRows
{
    /// <summary>Notes a row; once.</summary>
    public static async Task AddAsync(
        IngestionDbContext db, string reader, long key, DateTimeOffset now, Exception problem, CancellationToken cancellationToken)
    {
        if (await db.Set<StoredSkippedRow>().AnyAsync(s => s.Reader == reader && s.Key == key, cancellationToken)) return;
        db.Add(new StoredSkippedRow { Reader = reader, Key = key, At = now, Kind = problem.GetType().Name });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What a reader has passed by, by key.</summary>
    public static Task<long[]> OfAsync(IngestionDbContext db, string reader, CancellationToken cancellationToken) =>
        db.Set<StoredSkippedRow>().AsNoTracking().Where(s => s.Reader == reader).OrderBy(s => s.Key).Select(s => s.Key)
            .ToArrayAsync(cancellationToken);

    /// <summary>It went well this time.</summary>
    public static Task RemoveAsync(IngestionDbContext db, string reader, long key, CancellationToken cancellationToken) =>
        db.Set<StoredSkippedRow>().Where(s => s.Reader == reader && s.Key == key).ExecuteDeleteAsync(cancellationToken);
}
