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

/// <summary>Where no case can be put on hold.</summary>
internal sealed class NoHeldCases : IHeldCases
{
    /// <inheritdoc />
    public Task<IReadOnlySet<CaseKey>> ReadAsync(IngestionDbContext db, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<CaseKey>>(new HashSet<CaseKey>());
}
