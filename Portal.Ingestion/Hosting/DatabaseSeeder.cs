using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Meanings;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// Adds what every database needs: the known message types, the meanings of statuses, the compression dictionary, the keys of letters and
/// the number of the rules in force. Called by one program at a time.
/// </summary>
internal sealed class DatabaseSeeder(ContentCodec codec, PortalSettings settings, TimeProvider time)
{
    /// <summary>Adds what is missing, and loads the dictionaries into the codec.</summary>
    public async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var known = await db.Beskedtyper.Select(t => t.Beskedtype).ToListAsync(cancellationToken);
        db.Beskedtyper.AddRange(CatalogueSeed.Types.Where(t => !known.Contains(t.Beskedtype)).Select(Copy));
        await db.SaveChangesAsync(cancellationToken);
        await LearnDictionariesAsync(db, cancellationToken);
        await LetterKeys.FillAsync(db, cancellationToken);

        await ShippedMeanings.AddAsync(db, cancellationToken);

        // Before anything is matched: what is stored has the verdicts of the rules before.
        await RuleSets.CurrentAsync(db, settings, time.GetUtcNow(), cancellationToken);
    }

    // Dictionaries of earlier versions are kept for reading; this version's is added once and used for writing.
    private async Task LearnDictionariesAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var own = ContentDictionary.Read();
        var known = await db.Dictionaries.OrderBy(d => d.Id).ToListAsync(cancellationToken);
        var current = known.Find(d => d.Content.AsSpan().SequenceEqual(own));
        if (current is null)
        {
            current = new StoredCompression { Id = Math.Max(ContentCodec.Zstandard, known.Count == 0 ? 0 : known[^1].Id) + 1,
                MadeAt = time.GetUtcNow(), Content = own };
            db.Dictionaries.Add(current);
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var dictionary in known.Append(current))
            codec.Learn(dictionary.Id, dictionary.Content, write: dictionary.Id == current.Id);
    }

    private static StoredBeskedtype Copy(StoredBeskedtype type) => new()
    {
        Beskedtype = type.Beskedtype, Name = type.Name, Tells = type.Tells, Known = type.Known, Confidential = type.Confidential,
    };
}
