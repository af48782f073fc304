using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The chains of the viewer's authorities. What the viewer may not see does not exist here. Content is changed through sessions alone.
/// </summary>
public interface IChainStore
{
    /// <summary>Chains that are not in the trash, last changed first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<Page<ChainSummary>> ListAsync(Viewer viewer, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>One chain; null when there is none for the viewer, or it is in the trash.</summary>
    Task<ChainSummary?> FindAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// The document as the viewer may see it, without opening a session; for pictures and reports. Texts of silent writing are withheld.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    Task<ChainDocument?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// The documents of many chains as the viewer may see them, with the number of the last operation in each, in three reads regardless of
    /// their number; chains that the viewer may not see are left out.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    Task<IReadOnlyDictionary<string, (long Number, ChainDocument Document)>> ReadManyAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a chain of the viewer's own authority. The wished id is kept when it is free (also in the trash and elsewhere); otherwise the
    /// chain gets one of its own. Boxes keep their ids; those without a place are placed.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit chains.</exception>
    Task<ChainSummary> CreateAsync(Viewer viewer, string? wishedId, ChainDocument document, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a chain to the trash, from where it can be restored for 30 days. False when the viewer may not edit or sees none.
    /// </summary>
    Task<bool> DeleteAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// The same, only while the last operation's number is <paramref name="revision"/>; false too when the chain has moved on.
    /// </summary>
    Task<bool> DeleteAsync(Viewer viewer, string chainId, long revision, CancellationToken cancellationToken);

    /// <summary>Takes a chain out of the trash. False when there is none for the viewer.</summary>
    Task<bool> RestoreAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>What lies in the trash, last deleted first.</summary>
    Task<IReadOnlyList<ChainSummary>> TrashAsync(Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>A chain in a list.</summary>
/// <param name="Boxes">How many boxes it has.</param>
/// <param name="ChangedBy">Name of who changed it last.</param>
/// <param name="DeletedAt">When it was moved to the trash, UTC; null for one that is not there.</param>
public sealed record ChainSummary(
    string Id, string Title, string Department, ChainStage Stage, int Boxes, long LastNumber, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset ChangedAt, string ChangedBy,
    DateTimeOffset? DeletedAt)
{
    /// <summary>As it is shown: person numbers masked.</summary>
    public ChainSummary Masked() => this with { Title = CprNumber.MaskIn(Title), Department = CprNumber.MaskIn(Department) };
}
