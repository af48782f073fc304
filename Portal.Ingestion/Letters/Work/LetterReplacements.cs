using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Work;

/// <summary>
/// Links a letter with the one that is sent instead of it, within the caller's transaction: the worklist's row of the old letter is
/// answered by the new letter's verdict.
/// </summary>
internal sealed class LetterReplacements(IngestionDbContext db, Viewer viewer, DateTimeOffset now)
{
    private readonly List<Func<JournalDraft>> _done = [];

    /// <summary>Stores the link; false when it is stored already. The letter's earlier replacement, if any, is forgotten.</summary>
    public async Task<bool> LinkAsync(long letterKey, long byKey, CancellationToken cancellationToken)
    {
        if (await db.LetterReplacements.FindAsync([letterKey], cancellationToken) is { } known)
        {
            if (known.ByKey == byKey) return false;
            db.LetterReplacements.Remove(known);
        }

        await db.SaveChangesAsync(cancellationToken);
        db.LetterReplacements.Add(Link(letterKey, byKey));
        return true;
    }

    /// <summary>
    /// Links registered letters with those that they name (<see cref="LetterRegistration.Replaces"/>), and letters of their cases that
    /// name them and were registered first. Returns what the log of actions says of it.
    /// </summary>
    public async Task<IReadOnlyList<JournalDraft>> LinkRegisteredAsync(
        IReadOnlyCollection<StoredLetter> registered, CancellationToken cancellationToken)
    {
        foreach (var letter in registered)
        {
            if (RegistrationJson.TryRead(letter.RegistrationJson)?.Replaces is not { } replaced) continue;
            var authority = letter.Authority;
            var old = await LetterFilter.FindAsync(
                db.Letters.AsNoTracking().Where(l => l.Authority == authority && l.Key != letter.Key), replaced, cancellationToken);
            if (old is not null) await AnswerAsync(old, letter, cancellationToken);
        }

        foreach (var (old, letter) in await WaitingAsync(registered, cancellationToken))
            await AnswerAsync(old, letter, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        // Saving has given the rows their numbers, which the entries name.
        return [.. _done.Select(draft => draft())];
    }

    private async Task<List<(StoredLetter Old, StoredLetter Letter)>> WaitingAsync(
        IReadOnlyCollection<StoredLetter> registered, CancellationToken cancellationToken)
    {
        var (authority, cases) = (registered.First().Authority, registered.Select(l => l.CaseNumberKey).Distinct().ToArray());
        var byId = registered.ToLookup(l => l.LetterIdKey, StringComparer.Ordinal);
        var naming = await db.Letters.AsNoTracking()
            .Where(l => l.Authority == authority && EF.Parameter(cases).Contains(l.CaseNumberKey)
                && l.RegistrationJson.Contains("\"Replaces\":"))
            .ToListAsync(cancellationToken);
        return
        [
            .. naming.Select(l => (Old: Only(byId[ReplacedBy(l)]), Letter: l))
                .Where(p => p.Old is not null && p.Old.Key != p.Letter.Key).Select(p => (p.Old!, p.Letter)),
        ];
    }

    private static string ReplacedBy(StoredLetter letter) =>
        IdentifierKey.Of(RegistrationJson.TryRead(letter.RegistrationJson)?.Replaces ?? "");

    private static StoredLetter? Only(IEnumerable<StoredLetter> letters) => letters.ToList() is [var only] ? only : null;

    // The row's history says so, and the new letter is its owner's, should it need work in its turn.
    private async Task AnswerAsync(StoredLetter old, StoredLetter letter, CancellationToken cancellationToken)
    {
        if (!await LinkAsync(old.Key, letter.Key, cancellationToken)) return;
        _done.Add(() => ActionFacts.Of(Link(old.Key, letter.Key), old));
        var row = new WorkRow(WorkRow.Letter, old.Key);
        var work = await WorkOfAsync(old, cancellationToken) ?? db.WorkItems.Add(NewWork(old)).Entity;
        await WorklistService.SolveAsync(db, work, row, now, cancellationToken);
        work.Revision++;
        Note(old, WorkActionKind.Resent, letter.LetterId);
        if (work.OwnerId is not null && await WorkOfAsync(letter, cancellationToken) is null)
        {
            var own = db.WorkItems.Add(NewWork(letter)).Entity;
            (own.OwnerId, own.OwnerName, own.Revision) = (work.OwnerId, work.OwnerName, 1);
            Note(letter, WorkActionKind.Assigned, work.OwnerName);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private Task<StoredWork?> WorkOfAsync(StoredLetter letter, CancellationToken cancellationToken) =>
        db.WorkItems.SingleOrDefaultAsync(w => w.Rank == WorkRow.Letter && w.Key == letter.Key, cancellationToken);

    private static StoredWork NewWork(StoredLetter letter) =>
        new() { Rank = WorkRow.Letter, Key = letter.Key, Authority = letter.Authority };

    private StoredReplacement Link(long letterKey, long byKey) =>
        new() { LetterKey = letterKey, ByKey = byKey, At = now, ByName = WorklistService.NameOf(viewer) };

    private void Note(StoredLetter letter, WorkActionKind action, string? other)
    {
        var entry = db.WorkEntries.Add(new StoredWorkEntry
        {
            Rank = WorkRow.Letter, Key = letter.Key, Authority = letter.Authority, Action = action.ToString(), At = now, ById = viewer.Id,
            ByName = WorklistService.NameOf(viewer), Other = other,
        }).Entity;
        _done.Add(() => ActionFacts.Of(entry, letter));
    }
}
