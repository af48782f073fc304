using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Operations;

/// <summary>The readers of the message log; their distance from its end shows whether they keep up.</summary>
internal static class LogReaders
{
    // These two readers go through the letters, and their positions are keys of letters, not sequence numbers: compared with the log they
    // would seem to lag more and more.
    private static readonly string[] OfLetters = [LetterKeys.Reader, LetterWordsBackfill.Reader];

    /// <summary>The positions of these readers.</summary>
    public static IQueryable<ReaderPosition> Of(IngestionDbContext db) =>
        db.ReaderPositions.AsNoTracking().Where(p => !OfLetters.Contains(p.Reader));
}
