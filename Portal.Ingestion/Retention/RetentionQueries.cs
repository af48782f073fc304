using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>The conditions for expired data, shared by the eraser and the forecast.</summary>
internal static class RetentionQueries
{
    /// <summary>Messages that belong to no letter, received before <paramref name="before"/>.</summary>
    public static IQueryable<StoredMessage> Others(IngestionDbContext db, DateTimeOffset before) => db.Messages
        .Where(m =>
            m.ReceivedAt < before && m.ErasedAt == null && !db.StatusMatches.Any(s => s.Sequence == m.Sequence && s.LetterKey != null));

    /// <summary>
    /// Letters that were sent and last registered, and whose statuses were all received, before <paramref name="before"/>, and that were
    /// not erased since; letters on hold too. So a letter and its statuses are erased together.
    /// </summary>
    public static IQueryable<StoredLetter> Letters(IngestionDbContext db, DateTimeOffset before) => db.Letters
        .Where(l => l.SentAt < before && l.RegisteredAt < before
            && !db.StatusMatches.Any(s => s.LetterKey == l.Key && db.Messages.Any(m => m.Sequence == s.Sequence && m.ReceivedAt >= before))
            && !db.LetterErasures.Any(e => e.LetterKey == l.Key && e.ErasedAt > l.RegisteredAt));

    /// <summary>Rows of the quarantine received before <paramref name="before"/>, resolved ones too.</summary>
    public static IQueryable<QuarantinedContent> Quarantine(IngestionDbContext db, DateTimeOffset before) =>
        db.Quarantine.Where(q => q.ReceivedAt < before);
}
