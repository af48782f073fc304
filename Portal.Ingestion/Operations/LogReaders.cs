using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>The readers of the message log, whose distance from its end tells whether they keep up.</summary>
internal static class LogReaders
{
    // These two go through the letters once, and their positions are keys of letters: held against the log they would fall ever further
    // behind.
    private static readonly string[] OfLetters = [LetterKeys.Reader, LetterWordsBackfill.Reader];

    /// <summary>Their positions.</summary>
    public static IQueryable<ReaderPosition> Of(IngestionDbContext db) =>
        db.ReaderPositions.AsNoTracking().Where(p => !OfLetters.Contains(p.Reader));
}
