using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Actions;

/// <summary>
/// Enters what people do in the log of actions, within the transaction of the action. Entries are added after the action's own work, right
/// before the commit: the log's lock is held from there.
/// </summary>
public sealed class ActionLog(IJournalAppender journal, CprHash hash)
{
    /// <summary>Appends entries within the context's transaction.</summary>
    internal Task AddAsync(IngestionDbContext db, IReadOnlyList<JournalDraft> entries, CancellationToken cancellationToken) =>
        journal.AppendAsync(
            db.Database.CurrentTransaction?.GetDbTransaction()
                ?? throw new InvalidOperationException("An action is entered in the transaction that it is done in."),
            JournalLog.Actions, entries, cancellationToken);

    /// <summary>Appends saved actions on worklist rows.</summary>
    internal async Task AddAsync(IngestionDbContext db, IReadOnlyList<StoredWorkEntry> entries, CancellationToken cancellationToken) =>
        await AddAsync(db, await OfWorkAsync(db, entries, cancellationToken), cancellationToken);

    /// <summary>The entry of a letter's registration.</summary>
    internal JournalDraft OfLetter(StoredLetter letter, StoredLetterVersion? version = null) =>
        ActionFacts.Of(letter, version, hash.OfText(version?.RegistrationJson ?? letter.RegistrationJson));

    /// <summary>The entries of actions on worklist rows, with the letter that each is about.</summary>
    internal static async Task<List<JournalDraft>> OfWorkAsync(
        IngestionDbContext db, IReadOnlyList<StoredWorkEntry> entries, CancellationToken cancellationToken)
    {
        var keys = entries.Where(e => e.Rank == WorkRow.Letter).Select(e => e.Key).Distinct().ToArray();
        var letters = await db.Letters.AsNoTracking().Where(l => EF.Parameter(keys).Contains(l.Key))
            .ToDictionaryAsync(l => l.Key, cancellationToken);
        return [.. entries.Select(e => ActionFacts.Of(e, e.Rank == WorkRow.Letter ? letters.GetValueOrDefault(e.Key) : null))];
    }
}
