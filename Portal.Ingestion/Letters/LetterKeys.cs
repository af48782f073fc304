using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Gives letters that an earlier version registered the keys by which ids, case numbers and identifiers are compared. Letters that it
/// registered as two stay two.
/// </summary>
internal static class LetterKeys
{
    /// <summary>The reader whose position is the last letter with renewed identifiers.</summary>
    public const string Reader = "letter-identifier-keys";

    private const int Part = 2000;

    /// <summary>Fills empty keys of letters: once, at the first start of a version that has keys.</summary>
    public static async Task FillAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var from = after;
            var letters = await db.Letters.AsNoTracking().Where(l => l.Key > from && l.LetterIdKey == "").OrderBy(l => l.Key).Take(Part)
                .Select(l => new { l.Key, l.CaseNumber, l.LetterId }).ToListAsync(cancellationToken);
            if (letters.Count == 0) return;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await using (var update = db.Updating("Letters", 1, "Key", "CaseNumberKey", "LetterIdKey"))
            {
                foreach (var letter in letters)
                {
                    await update.AddAsync(
                        cancellationToken, letter.Key, IdentifierKey.Of(letter.CaseNumber), IdentifierKey.Of(letter.LetterId));
                }
                await update.FlushAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            after = letters[^1].Key;
        }
    }

    /// <summary>
    /// Renews the identifiers and search words of the next letters within the caller's transaction, and matches the statuses that waited
    /// for them. False when all letters are done; newer letters are registered with keys.
    /// </summary>
    public static async Task<bool> RenewAsync(
        IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var position = await db.ReaderPositions.SingleOrDefaultAsync(p => p.Reader == Reader, cancellationToken)
            ?? db.ReaderPositions.Add(new ReaderPosition { Reader = Reader }).Entity;
        var from = position.Sequence;
        var letters = await db.Letters.AsNoTracking().Where(l => l.Key > from).OrderBy(l => l.Key).Take(Part)
            .ToListAsync(cancellationToken);
        if (letters.Count == 0) return false;
        var until = letters[^1].Key;
        var identifiers = await db.LetterIdentifiers.Where(i => i.LetterKey > from && i.LetterKey <= until).ToListAsync(cancellationToken);
        var there = identifiers.Select(i => (i.LetterKey, i.Kind, i.Value)).ToHashSet();
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var identifier in identifiers)
        {
            var key = IdentifierKey.Of(identifier.Value);
            if (key == identifier.Value) continue;
            db.LetterIdentifiers.Remove(identifier);
            if (key.Length == 0) continue;
            values.Add(key);
            if (there.Add((identifier.LetterKey, identifier.Kind, key)))
            {
                db.LetterIdentifiers.Add(new StoredLetterIdentifier { Authority = identifier.Authority, Kind = identifier.Kind, Value = key,
                    LetterKey = identifier.LetterKey });
            }
        }

        position.Sequence = until;
        await db.SaveChangesAsync(cancellationToken);
        var rewritten = letters.Where(l => !l.CaseNumberKey.Equals(l.CaseNumber, StringComparison.OrdinalIgnoreCase)
            || !l.LetterIdKey.Equals(l.LetterId, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rewritten.Count > 0) await new LetterWords(db).WriteAsync(rewritten, [], cancellationToken);
        if (values.Count == 0) return true;
        var store = new MatchStore(db, kindCache, settings);
        await store.RefoldAsync([.. await store.RecheckAsync(values, now, cancellationToken)], now, cancellationToken);
        return true;
    }
}
