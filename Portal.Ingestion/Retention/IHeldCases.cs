using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>A case of an authority: the same however its number is written.</summary>
public readonly record struct CaseKey
{
    /// <summary>The case with a number in any writing.</summary>
    public CaseKey(string authority, string caseNumber) => (Authority, Number) = (authority, IdentifierKey.Of(caseNumber));

    /// <summary>The authority's CVR.</summary>
    public string Authority { get; }

    /// <summary>The key of its number.</summary>
    public string Number { get; }
}

/// <summary>The cases on hold (a dispute is running): nothing of them is erased.</summary>
public interface IHeldCases
{
    /// <summary>
    /// All of them, read in <paramref name="db"/> and so in its transaction: a hold that was put on is in time as long as it came before
    /// the erasure.
    /// </summary>
    Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken);
}

/// <summary>The holds that caseworkers put on.</summary>
internal sealed class StoredHolds : IHeldCases
{
    /// <inheritdoc />
    public async Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        (await db.CaseHolds.AsNoTracking().Select(h => new { h.Authority, h.CaseNumber }).ToListAsync(cancellationToken))
            .Select(h => new CaseKey(h.Authority, h.CaseNumber)).ToHashSet();
}
