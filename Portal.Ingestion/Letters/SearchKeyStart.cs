using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Makes <c>search.key</c> at the first start with a database, and later refuses a different or missing key: with it, a search by CPR would
/// wrongly find no letters. Called by one program at a time, after the migrations.
/// </summary>
internal sealed class SearchKeyStart(PortalSettings settings, ILogger<SearchKeyStart> log)
{
    private const string Setting = "Ledger:KeyPath";
    private const string Fact = "search-key-check";
    private const int BatchSize = 1000;

    /// <summary>Reads or makes the key, and checks that it is the database's.</summary>
    /// <exception cref="ConfigurationProblemException">The key is missing, readable by others, or not the database's.</exception>
    public async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var check = await db.DatabaseFacts.AsNoTracking().SingleOrDefaultAsync(f => f.Name == Fact, cancellationToken);
        if (check is not null)
        {
            var own = CprHash.Read(settings.SearchKeyPath)
                ?? throw new ConfigurationProblemException(Setting, CprHash.Missing(settings.SearchKeyPath));
            if (!CprHash.CheckOf(own).AsSpan().SequenceEqual(check.Value)) throw Another();
            return;
        }

        var key = await AdoptAsync(db, cancellationToken) ?? CprHash.ReadOrMake(settings.SearchKeyPath);
        db.DatabaseFacts.Add(new StoredDatabaseFact { Name = Fact, Value = CprHash.CheckOf(key) });
        await db.SaveChangesAsync(cancellationToken);
    }

    // For a database from before the check was stored. Null when no letter has a CPR hash yet, so any key is right.
    private async Task<byte[]?> AdoptAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Letters.AnyAsync(l => l.RecipientHash != null, cancellationToken)) return null;
        var key = CprHash.Read(settings.SearchKeyPath)
            ?? throw new ConfigurationProblemException(Setting, CprHash.Missing(settings.SearchKeyPath));
        var (fits, differs) = (0L, new List<long>());
        for (var after = 0L; ;)
        {
            var part = await db.Letters.AsNoTracking().Where(l => l.Key > after && l.RecipientHash != null).OrderBy(l => l.Key)
                .Take(BatchSize)
                .Select(l => new { l.Key, l.RecipientId, l.RecipientHash }).ToListAsync(cancellationToken);
            if (part.Count == 0) break;
            after = part[^1].Key;
            foreach (var letter in part)
            {
                if (!CprNumber.TryParse(letter.RecipientId, out var cpr)) continue;
                if (CprHash.Hash(key, cpr).AsSpan().SequenceEqual(letter.RecipientHash)) fits++;
                else differs.Add(letter.Key);
            }
        }

        if (fits == 0 && differs.Count > 0) throw Another();
        await HashAgainAsync(db, key, differs, cancellationToken);
        return key;
    }

    // In earlier versions two portals could each make a key: letters hashed with the other key were not found.
    private async Task HashAgainAsync(IngestionDbContext db, byte[] key, List<long> letters, CancellationToken cancellationToken)
    {
        foreach (var part in letters.Chunk(BatchSize))
        {
            foreach (var letter in await db.Letters.Where(l => EF.Parameter(part).Contains(l.Key)).ToListAsync(cancellationToken))
            {
                if (CprNumber.TryParse(letter.RecipientId, out var cpr)) letter.RecipientHash = CprHash.Hash(key, cpr);
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        if (letters.Count > 0)
            log.LogWarning("{Count} letters had been registered with another search key; they are found by CPR again", letters.Count);
    }

    private ConfigurationProblemException Another() => new(
        Setting, $"søgenøglen »{settings.SearchKeyPath}« er ikke den, som databasens breve findes efter CPR-nummer med; "
            + "brug den rette search.key til databasen.");
}
