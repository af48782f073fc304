using System.Data.Common;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Retention;

/// <summary>
/// Records erasures where the verification looks for them, so that erased under a rule is distinguished from removed behind the portal's
/// back.
/// </summary>
public interface IErasureRecord
{
    /// <summary>Records the erasure of a message, within the transaction that erases.</summary>
    /// <param name="rule">The key that says so: <c>Retention:EvidenceYears</c> or <c>Retention:OtherMessageDays</c>.</param>
    void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule);

    /// <summary>The record of a letter's erasure; the caller stores it in the transaction that erases.</summary>
    StoredLetterErasure OfLetter(StoredLetter letter, DateTimeOffset erasedAt, string rule);
}
