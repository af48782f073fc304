using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>The key of a case of an authority, however its number is written.</summary>
public readonly record struct CaseKey
{
    /// <summary>The key of the case with a number, compared by <see cref="IdentifierKey"/>.</summary>
    public CaseKey(string authority, string caseNumber) => (Authority, Number) = (authority, IdentifierKey.Of(caseNumber));

    /// <summary>The authority's CVR.</summary>
    public string Authority { get; }

    /// <summary>The key of the case number.</summary>
    public string Number { get; }
}

/// <summary>Reads the cases on hold (such as a running dispute), of which nothing is erased.</summary>
public interface IHeldCases
{
    /// <summary>
    /// All cases on hold, read in the transaction of <paramref name="db"/>, so that every hold put on before the erasure counts.
    /// </summary>
    Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken);
}

/// <summary>The holds that caseworkers have put on cases.</summary>
internal sealed class StoredHolds : IHeldCases
{
    /// <inheritdoc />
    public async Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        (await db.CaseHolds.AsNoTracking().Select(h => new { h.Authority, h.CaseNumber }).ToListAsync(cancellationToken))
            .Select(h => new CaseKey(h.Authority, h.CaseNumber)).ToHashSet();
}
