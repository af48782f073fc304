using System.Data.Common;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Records erasures for the verification, so that it can distinguish data erased under a rule from data deleted directly in the database.
/// </summary>
public interface IErasureRecord
{
    /// <summary>Records the erasure of a message, within the transaction that erases it.</summary>
    /// <param name="rule">The setting with the rule: <c>Retention:EvidenceYears</c> or <c>Retention:OtherMessageDays</c>.</param>
    void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule);

    /// <summary>A signed record of a letter's erasure; the caller stores it in the transaction that erases the letter.</summary>
    StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule);
}
