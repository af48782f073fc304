using Portal.Ingestion.Domain;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The codes with which guests join workshops. Whether a workshop is open is in the chain's own log; this only finds the chain of a code.
/// </summary>
public interface IWorkshopCodes
{
    /// <summary>
    /// Creates a code for the chain: eight letters and digits, none of which look alike. Apply <c>OpenWorkshop</c> with it next.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit this chain.</exception>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    Task<string> MakeAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>The chain of a code, ignoring the case of its letters; null for an unknown code, and for one that is closed.</summary>
    Task<string?> FindChainAsync(string code, CancellationToken cancellationToken);

    /// <summary>Closes the chain's codes. Apply <c>CloseWorkshop</c> too.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was changed.</exception>
    Task CloseAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);
}
