using Portal.Ingestion.Journal;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>Begins the log of actions at start. Called by one program at a time, after the keys are read.</summary>
internal sealed class ActionStart(JournalStart journal, ActionLog log, CprHash hash, TimeProvider time)
{
    /// <summary>Begins the log unless it exists; what stood before is taken in by <see cref="ActionTakeIn"/>.</summary>
    public async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (await journal.PrepareAsync(db, JournalLog.Actions, cancellationToken))
            await ActionTakeIn.BeginAsync(db, log, hash, time.GetUtcNow(), cancellationToken);
    }
}
