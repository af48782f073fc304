using Portal.Features.Chains.Document;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The chains of the viewer's authorities. Chains that the viewer may not see are treated as missing. Content is only changed through
/// sessions.
/// </summary>
public interface IChainStore
{
    /// <summary>Chains that are not in the trash, last changed first.</summary>
    /// <exception cref="FormatException">The cursor is not one that this list returned.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<Page<ChainSummary>> ListAsync(Viewer viewer, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>One chain; null when the viewer may not see it, or it is in the trash.</summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<ChainSummary?> FindAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// The document as the viewer may see it, without opening a session; for pictures and reports. Texts hidden by silent writing are left
    /// out.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<ChainDocument?> ReadAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>
    /// The documents of many chains as the viewer may see them, with the number of the last operation in each, in three reads however many
    /// they are; chains that the viewer may not see are left out.
    /// </summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database cannot be read now.</exception>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyDictionary<string, (long Number, ChainDocument Document)>> ReadManyAsync(
        Viewer viewer, IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a chain for the viewer's own authority. The wished id is used if no chain has it, in the trash or at any authority;
    /// otherwise the chain gets a random one. Boxes keep their ids; those without a position get one.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The viewer may not edit chains.</exception>
    /// <exception cref="ArgumentException">The document breaks a rule of chains.</exception>
    [Demands(ViewerRights.EditChains)]
    Task<ChainSummary> CreateAsync(Viewer viewer, string? wishedId, ChainDocument document, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a chain to the trash, from where it can be restored for 30 days. False when the viewer may not edit or see it.
    /// </summary>
    [Demands(ViewerRights.EditChains)]
    Task<bool> DeleteAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>The same, but only while the number of the last operation is <paramref name="revision"/>; otherwise false.</summary>
    [Demands(ViewerRights.EditChains)]
    Task<bool> DeleteAsync(Viewer viewer, string chainId, long revision, CancellationToken cancellationToken);

    /// <summary>Takes a chain out of the trash. False when the viewer may not edit it, or it is not in the trash.</summary>
    [Demands(ViewerRights.EditChains)]
    Task<bool> RestoreAsync(Viewer viewer, string chainId, CancellationToken cancellationToken);

    /// <summary>The chains in the trash, last deleted first.</summary>
    [Demands(ViewerRights.Chains, Or = ViewerRights.EditChains)]
    Task<IReadOnlyList<ChainSummary>> TrashAsync(Viewer viewer, CancellationToken cancellationToken);
}

/// <summary>A chain in a list.</summary>
/// <param name="Boxes">How many boxes it has.</param>
/// <param name="ChangedBy">The name of whoever changed it last.</param>
/// <param name="DeletedAt">When it was moved to the trash, UTC; null when it is not in the trash.</param>
public sealed record ChainSummary(
    string Id, string Title, string Department, ChainStage Stage, int Boxes, long LastNumber, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset ChangedAt, string ChangedBy,
    DateTimeOffset? DeletedAt)
{
    /// <summary>The CVR number of the authority whose it is.</summary>
    public string Authority { get; init; } = "";

    /// <summary>As shown: CPR numbers are masked.</summary>
    public ChainSummary Masked() => this with { Title = CprNumber.MaskIn(Title), Department = CprNumber.MaskIn(Department) };
}
