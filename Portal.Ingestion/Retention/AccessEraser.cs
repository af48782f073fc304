using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases lines of the access log that are older than their years, within the caller's transaction: the text goes, with the key of the
/// case; the leaf with its hash stays, and a signature says which rule it was. Lines about a case on hold stay as the case does.
/// </summary>
internal sealed class AccessEraser(IngestionDbContext db, IErasureRecord record, CprHash hash)
{
    /// <summary>The setting with the rule.</summary>
    public const string Rule = "Retention:AccessLogYears";

    /// <summary>Lines that are due, in the order of the log.</summary>
    public static IQueryable<StoredJournalEntry> Due(IngestionDbContext db, DateTimeOffset before)
    {
        var number = JournalLog.Access.Number;
        return db.Set<StoredJournalEntry>().Where(e => e.Log == number && e.At < before && e.Json != null);
    }

    /// <summary>Erases those of the lines with these indexes that are due and not of a held case.</summary>
    /// <returns>The number of lines erased.</returns>
    public async Task<int> EraseAsync(
        long[] indexes, DateTimeOffset before, IReadOnlySet<CaseKey> held, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = held.Select(h => (h.Authority, AccessRecord.CaseKeyOf(h.Number, hash))).ToHashSet();
        var lines = await Due(db, before).Where(e => EF.Parameter(indexes).Contains(e.Index)).OrderBy(e => e.Index)
            .ToListAsync(cancellationToken);
        lines.RemoveAll(e => e is { Authority: { } authority, CaseKey: { } key } && keys.Contains((authority, key)));
        foreach (var line in lines)
        {
            record.Erase(line, now, Rule);
            line.CaseKey = null;
        }

        await db.SaveChangesAsync(cancellationToken);
        return lines.Count;
    }
}
