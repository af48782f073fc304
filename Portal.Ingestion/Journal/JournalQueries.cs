using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Journal;

/// <summary>Ways into the entries of a log.</summary>
internal static class JournalQueries
{
    /// <summary>
    /// Entries of a log that are found by what they are about: a case, a letter, a status. SQLite, which has no statistics here, would
    /// otherwise take the indexes that begin with the log's number, and read the log from end to end.
    /// </summary>
    public static IQueryable<StoredJournalEntry> EntriesByKey(this IngestionDbContext db, JournalLog log)
    {
        var number = log.Number;
        return db.Set<StoredJournalEntry>().Where(e => e.Log + 0 == number);
    }
}
