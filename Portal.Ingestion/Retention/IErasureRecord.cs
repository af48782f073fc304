using System.Data.Common;

namespace Portal.Ingestion.Retention;

/// <summary>Records erasures where the verification looks for them, so that erased under a rule is told from removed behind the portal's back.</summary>
public interface IErasureRecord
{
    /// <summary>Records one, within the transaction that erases.</summary>
    /// <param name="rule">The key that says so: <c>Retention:EvidenceYears</c> or <c>Retention:OtherMessageDays</c>.</param>
    void Record(DbTransaction transaction, long sequence, DateTimeOffset erasedAt, string rule);
}
