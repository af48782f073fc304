using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Erases what letters were registered with, within the caller's transaction: recipient, title, documents, identifiers, earlier
/// registrations, the words of the search and what people wrote about them. What stays says nothing of anyone: authority, case number, the
/// letter's own id, channel, time of sending, and the verdict with its moments, which the counts need.
/// </summary>
internal sealed class LetterEraser(IngestionDbContext db, IErasureRecord record)
{
    /// <summary>Used where a title and a recipient was.</summary>
    public const string Erased = "Slettet";

    /// <summary>Erases these letters; none of them is on hold.</summary>
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
        await new LetterWords(db).WriteAsync(letters, replaced, cancellationToken);
        await db.LetterIdentifiers.Where(i => EF.Parameter(keys).Contains(i.LetterKey)).ExecuteDeleteAsync(cancellationToken);
        await db.LetterVersions.Where(v => EF.Parameter(keys).Contains(v.LetterKey)).ExecuteDeleteAsync(cancellationToken);

        // Why a status was put to the letter by hand is written in people's own words.
        await db.WorkEntries.Where(
            w => w.Rank == WorkRow.Status && db.HandMatches.Any(m => m.Sequence == w.Key && EF.Parameter(keys).Contains(m.LetterKey)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.HandMatches.Where(m => EF.Parameter(keys).Contains(m.LetterKey)).ExecuteDeleteAsync(cancellationToken);
        await db.WorkEntries.Where(w => w.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(w.Key))
            .ExecuteDeleteAsync(cancellationToken);
        await db.WorkItems.Where(w => w.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(w.Key)).ExecuteDeleteAsync(cancellationToken);
        foreach (var (authority, number) in letters.Select(l => (l.Authority, l.CaseNumberKey)).Distinct())
            await ForgetHoldsAsync(authority, number, cancellationToken);
    }

    private static void Empty(StoredLetter letter, LetterRegistration was, DateTimeOffset now)
    {
        letter.RegistrationJson = RegistrationJson.Write(was with { Title = Erased, Recipient = new LetterRecipient(Erased, null, null),
            Identifiers = new LetterIdentifiers(), Documents = [] });
        (letter.Title, letter.RecipientName, letter.RecipientId, letter.RecipientIdType, letter.RecipientHash) =
            (Erased, Erased, null, null, null);

        // The verdict that is kept on the letter is from here on all that is known, and is.
        letter.StatusesErasedAt ??= now;
    }

    // Why a case was on hold is written in people's own words; it goes with the last of the case's letters.
    private async Task ForgetHoldsAsync(string authority, string caseKey, CancellationToken cancellationToken)
    {
        var ofCase = db.Letters.Where(l => l.Authority == authority && l.CaseNumberKey == caseKey);
        if (await ofCase.AnyAsync(l => l.StatusesErasedAt == null, cancellationToken)) return;
        await db.CaseHoldEntries.Where(h => h.Authority == authority && ofCase.Any(l => l.CaseNumber == h.CaseNumber))
            .ExecuteDeleteAsync(cancellationToken);
    }
}
