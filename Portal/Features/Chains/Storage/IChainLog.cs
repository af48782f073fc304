using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The operation log of chains. It checks no rights: only sessions, and readers that have asked <see cref="IChainStore"/>, may use it.
/// </summary>
public interface IChainLog
{
    /// <summary>
    /// A chain as stored: a state, and the operations after it, at least <paramref name="undoReach"/> if the chain has that many. Null when
    /// the chain does not exist or is in the trash.
    /// </summary>
    Task<ChainReading?> ReadAsync(string chainId, int undoReach, CancellationToken cancellationToken);

    /// <summary>
    /// The current state of the chains, normally in two reads however many they are; those that do not exist are left out.
    /// </summary>
    Task<IReadOnlyDictionary<string, ChainState>> ReadManyAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>Those of the chains that exist and are not in the trash.</summary>
    Task<IReadOnlySet<string>> PresentAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>Operations after a number, in order.</summary>
    Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(string chainId, long number, CancellationToken cancellationToken);

    /// <summary>Stores an operation durably under its number, and updates what lists show of the chain.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database is unavailable; nothing was stored.</exception>
    Task<AppendOutcome> AppendAsync(string chainId, StoredOperation operation, ChainDocument after, CancellationToken cancellationToken);

    /// <summary>Stores a state, so that opening a chain need not read every operation.</summary>
    Task SaveSnapshotAsync(string chainId, ChainState state, CancellationToken cancellationToken);
}

/// <summary>A state and the operations after it.</summary>
public sealed record ChainReading(ChainState From, IReadOnlyList<StoredOperation> Tail);

/// <summary>The outcome of an append.</summary>
public enum AppendOutcome
{
    Appended,

    /// <summary>Another node has used this number: read its operations and try again.</summary>
    NumberTaken,

    /// <summary>The chain is in the trash.</summary>
    Gone,
}
