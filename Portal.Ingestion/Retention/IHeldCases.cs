using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Retention;

/// <summary>A case of an authority.</summary>
public readonly record struct CaseKey(string Authority, string CaseNumber);

/// <summary>The cases on hold (a dispute is running): nothing of them is erased.</summary>
public interface IHeldCases
{
    /// <summary>All of them, read in <paramref name="db"/> and so in its transaction: a hold that was put on is in time as long as it came before the erasure.</summary>
    Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken);
}

/// <summary>The holds that caseworkers put on.</summary>
internal sealed class StoredHolds : IHeldCases
{
    /// <inheritdoc />
    public async Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) =>
        (await db.CaseHolds.AsNoTracking().Select(h => new { h.Authority, h.CaseNumber }).ToListAsync(cancellationToken)).Select(h => new CaseKey(h.Authority, h.CaseNumber)).ToHashSet();
}
