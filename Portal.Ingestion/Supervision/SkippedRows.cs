using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>
/// A row that a reader of the log skipped because the reader failed on that row alone. It is tried again at the next start.
/// </summary>
public sealed class StoredSkippedRow
{
    /// <summary>Name of the reader.</summary>
    public required string Reader { get; set; }

    /// <summary>A message's sequence number or a letter's key, depending on the reader.</summary>
    public long Key { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The exception's type.</summary>
    public required string Kind { get; set; }
}

/// <summary>Records the rows that readers skip, within the reader's transaction.</summary>
internal static class SkippedRows
{
    /// <summary>Records a skipped row; does nothing if it is recorded already.</summary>
    public static async Task AddAsync(
        IngestionDbContext db, string reader, long key, DateTimeOffset now, Exception problem, CancellationToken cancellationToken)
    {
        if (await db.Set<StoredSkippedRow>().AnyAsync(s => s.Reader == reader && s.Key == key, cancellationToken)) return;
        db.Add(new StoredSkippedRow { Reader = reader, Key = key, At = now, Kind = problem.GetType().Name });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keys of the rows that a reader has skipped, ascending.</summary>
    public static Task<long[]> OfAsync(IngestionDbContext db, string reader, CancellationToken cancellationToken) =>
        db.Set<StoredSkippedRow>().AsNoTracking().Where(s => s.Reader == reader).OrderBy(s => s.Key).Select(s => s.Key)
            .ToArrayAsync(cancellationToken);

    /// <summary>Removes the record after the row has been read.</summary>
    public static Task RemoveAsync(IngestionDbContext db, string reader, long key, CancellationToken cancellationToken) =>
        db.Set<StoredSkippedRow>().Where(s => s.Reader == reader && s.Key == key).ExecuteDeleteAsync(cancellationToken);
}
