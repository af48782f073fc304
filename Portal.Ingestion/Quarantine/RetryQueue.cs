using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Quarantine;

/// <summary>
/// The rows of a retry in the order in which they are tried. A row whose cause failed in an earlier step is not reached: it and those after
/// it are held back. Made anew when a runner takes up the retry, so it only remembers what it has read.
/// </summary>
internal sealed class RetryQueue(WriteGate gate, string id)
{
    private readonly HashSet<(string Cause, int Step)> _open = [];
    private int _last;

    /// <summary>The next row; null when all that are not held back have been tried.</summary>
    public async Task<StoredRetryItem?> NextAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        while (true)
        {
            var item = await db.Set<StoredRetryItem>().AsNoTracking()
                .Where(i => i.RetryId == id && i.Position > _last && i.Outcome == null && !i.HeldBack)
                .OrderBy(i => i.Position).FirstOrDefaultAsync(cancellationToken);
            if (item is null) return null;
            if (await IsOpenAsync(db, item, cancellationToken))
            {
                _last = item.Position;
                return item;
            }

            using var writeLock = await gate.EnterAsync(cancellationToken);
            await db.Set<StoredRetryItem>().Where(i => i.RetryId == id && i.Cause == item.Cause && i.Outcome == null)
                .ExecuteUpdateAsync(i => i.SetProperty(s => s.HeldBack, true), cancellationToken);
        }
    }

    // Within a cause the steps follow each other, so all rows of the earlier ones have their outcome when a later one begins.
    private async Task<bool> IsOpenAsync(IngestionDbContext db, StoredRetryItem item, CancellationToken cancellationToken)
    {
        if (item.Step == 0 || _open.Contains((item.Cause, item.Step))) return true;
        if (await db.Set<StoredRetryItem>().AnyAsync(
            i => i.RetryId == id && i.Cause == item.Cause && i.Step < item.Step && i.SameCause, cancellationToken))
        {
            return false;
        }

        _open.Add((item.Cause, item.Step));
        return true;
    }
}
