using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases what the log of actions says of letters, statuses and holds that are erased, within the caller's transaction: the JSON goes, the
/// leaf with its hash stays, and a signature says which rule it was.
/// </summary>
internal sealed class ActionEraser(IngestionDbContext db, IErasureRecord record)
{
    /// <summary>Erases what was entered about these letters.</summary>
    public Task OfLettersAsync(long[] letters, string rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        EraseAsync(e => e.LetterKey != null && EF.Parameter(letters).Contains(e.LetterKey.Value), rule, now, cancellationToken);

    /// <summary>Erases what was entered about these statuses, by the keys of their rows.</summary>
    public Task OfStatusesAsync(long[] statuses, string rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        EraseAsync(e => e.StatusKey != null && EF.Parameter(statuses).Contains(e.StatusKey.Value), rule, now, cancellationToken);

    /// <summary>Erases what was entered about the holds of a case.</summary>
    public Task OfHoldsAsync(string authority, string caseKey, string rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        EraseAsync(
            e => e.Authority == authority && e.CaseKey == caseKey && e.LetterKey == null && e.StatusKey == null, rule, now,
            cancellationToken);

    private async Task EraseAsync(
        Expression<Func<StoredJournalEntry, bool>> which, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entries = await db.EntriesByKey(JournalLog.Actions).Where(e => e.Json != null).Where(which)
            .ToListAsync(cancellationToken);
        if (entries.Count == 0) return;
        foreach (var entry in entries) record.Erase(entry, now, rule);
        await db.SaveChangesAsync(cancellationToken);
    }
}
