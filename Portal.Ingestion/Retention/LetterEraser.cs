using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases the registration of letters within the caller's transaction: recipient, title, documents, identifiers, earlier registrations,
/// search words, what people wrote on the worklist, the names of those who registered, sent again and put on hold, and what the log of
/// actions says of all that. These stay: authority, case number and type, the letter's id, channel, whether it is a decision, times of
/// sending and registering, and the verdict with its times, which the counts need. Names of staff have no purpose left when the letter that
/// they were kept for is gone (data minimisation, DOMAIN §4).
/// </summary>
internal sealed class LetterEraser(IngestionDbContext db, IErasureRecord record)
{
    /// <summary>Replaces the title and the recipient's name.</summary>
    public const string Erased = "Slettet";

    /// <summary>Erases these letters. The caller has left out letters on hold.</summary>
    public async Task EraseAsync(long[] keys, string rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var letters = await db.Letters.Where(l => EF.Parameter(keys).Contains(l.Key)).ToListAsync(cancellationToken);
        var known = await db.LetterErasures.Where(e => EF.Parameter(keys).Contains(e.LetterKey))
            .ToDictionaryAsync(e => e.LetterKey, cancellationToken);
        var replaced = new List<(StoredLetter Letter, LetterRegistration Was)>();
        foreach (var letter in letters)
        {
            var was = RegistrationJson.Of(letter, out _);
            replaced.Add((letter, was));
            Empty(letter, was, now);
            if (known.TryGetValue(letter.Key, out var before)) db.LetterErasures.Remove(before);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var letter in letters) db.LetterErasures.Add(record.OfLetter(letter, now, rule));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        await new LetterWords(db).WriteAsync(letters, replaced, cancellationToken);
        await db.LetterIdentifiers.Where(i => EF.Parameter(keys).Contains(i.LetterKey)).ExecuteDeleteAsync(cancellationToken);
        await db.LetterVersions.Where(v => EF.Parameter(keys).Contains(v.LetterKey)).ExecuteDeleteAsync(cancellationToken);

        var actions = new ActionEraser(db, record);
        await actions.OfLettersAsync(keys, rule, now, cancellationToken);
        long[] statuses = [.. (await db.HandMatches.Where(m => EF.Parameter(keys).Contains(m.LetterKey))
            .Select(m => new { m.Sequence, m.Part }).ToListAsync(cancellationToken)).Select(m => WorkRow.KeyOf(m.Sequence, m.Part))];
        await actions.OfStatusesAsync(statuses, rule, now, cancellationToken);

        // The reason of a hand match is free text, which may name people.
        await db.WorkEntries.Where(
            w => w.Rank == WorkRow.Status && db.HandMatches.Any(
                m => m.Sequence + (m.Part * WorkRow.PartSize) == w.Key && EF.Parameter(keys).Contains(m.LetterKey)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.HandMatches.Where(m => EF.Parameter(keys).Contains(m.LetterKey)).ExecuteDeleteAsync(cancellationToken);
        await db.WorkEntries.Where(w => w.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(w.Key))
            .ExecuteDeleteAsync(cancellationToken);
        await db.WorkItems.Where(w => w.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(w.Key)).ExecuteDeleteAsync(cancellationToken);

        // That a letter replaces another stays, since both letters do; who said so does not.
        await db.LetterReplacements.Where(r => EF.Parameter(keys).Contains(r.LetterKey))
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.ByName, ""), cancellationToken);
        foreach (var (authority, number) in await EndedAsync(keys, cancellationToken))
        {
            await ForgetHoldsAsync(authority, number, cancellationToken);
            await actions.OfHoldsAsync(authority, number, rule, now, cancellationToken);
        }
    }

    private static void Empty(StoredLetter letter, LetterRegistration was, DateTimeOffset now)
    {
        letter.RegistrationJson = RegistrationJson.Write(was with { Title = Erased, Recipient = new LetterRecipient(Erased, null, null),
            Identifiers = new LetterIdentifiers(), Documents = [] });
        (letter.Title, letter.RecipientName, letter.RecipientId, letter.RecipientIdType, letter.RecipientHash) =
            (Erased, Erased, null, null, null);
        letter.RegisteredBy = "";

        // From here on the stored verdict is not computed again.
        letter.StatusesErasedAt ??= now;
    }

    // Of the letters' cases those whose last letter is erased, and that were ever on hold.
    private async Task<List<(string Authority, string CaseKey)>> EndedAsync(long[] keys, CancellationToken cancellationToken)
    {
        var actions = db.EntriesByKey(JournalLog.Actions);
        var ended = db.Letters.Where(l => EF.Parameter(keys).Contains(l.Key) && !db.Letters.Any(
            o => o.Authority == l.Authority && o.CaseNumberKey == l.CaseNumberKey && o.StatusesErasedAt == null));
        var held = await ended.Where(l => db.Letters.Any(
                o => o.Authority == l.Authority && o.CaseNumberKey == l.CaseNumberKey
                    && db.CaseHoldEntries.Any(h => h.Authority == o.Authority && h.CaseNumber == o.CaseNumber))
                || actions.Any(e => e.Authority == l.Authority && e.CaseKey == l.CaseNumberKey && e.LetterKey == null
                    && e.StatusKey == null && e.Json != null))
            .Select(l => new { l.Authority, l.CaseNumberKey }).Distinct().ToListAsync(cancellationToken);
        return [.. held.Select(c => (c.Authority, c.CaseNumberKey))];
    }

    // The reason of a hold is free text, which may name people; it is erased with the last of the case's letters.
    private Task<int> ForgetHoldsAsync(string authority, string caseKey, CancellationToken cancellationToken) => db.CaseHoldEntries
        .Where(h => h.Authority == authority && db.Letters.Any(
            l => l.Authority == authority && l.CaseNumberKey == caseKey && l.CaseNumber == h.CaseNumber))
        .ExecuteDeleteAsync(cancellationToken);
}
