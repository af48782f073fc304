using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The codes that guests join open workshops with. That a workshop is open is in the chain's own log; this finds the chain of a code.
/// </summary>
public interface IWorkshopCodes
{
    /// <summary>
    /// A new code for the chain: eight letters and digits that are not mistaken for one another. Then apply <c>OpenWorkshop</c> with it.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit this chain.</exception>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database takes nothing now; nothing is
    /// changed.</exception>
    Task<string> MakeAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>The chain of a code, ignoring the case of its letters; null for a code that was never made.</summary>
    Task<string?> FindChainAsync(string code, CancellationToken cancellationToken);

    /// <summary>Notes that the code is used up. Apply <c>CloseWorkshop</c> too.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database takes nothing now; nothing is
    /// changed.</exception>
    Task CloseAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);
}
