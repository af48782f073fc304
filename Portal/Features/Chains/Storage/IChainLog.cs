using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Storage;

/// <summary>
/// The operation log of chains. Knows no viewers: only sessions and readers that have asked <see cref="IChainStore"/> use it.
/// </summary>
public interface IChainLog
{
    /// <summary>
    /// A chain as stored: a state, and the operations after it, at least <paramref name="undoReach"/> of them where there are so many. Null
    /// when there is none, or it is in the trash.
    /// </summary>
    Task<ChainReading?> ReadAsync(string chainId, int undoReach, CancellationToken cancellationToken);

    /// <summary>The chains as they are, in two reads regardless of their number; those that are not there are left out.</summary>
    Task<IReadOnlyDictionary<string, ChainState>> ReadManyAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>Those of the chains that are there: neither deleted for good nor in the trash.</summary>
    Task<IReadOnlySet<string>> PresentAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken);

    /// <summary>Operations after a number, in order.</summary>
    Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(string chainId, long number, CancellationToken cancellationToken);

    /// <summary>Stores an operation durably at its number, with what lists show of the chain after it.</summary>
    /// <exception cref="Portal.Ingestion.Domain.StorageUnavailableException">The database takes nothing now; nothing is stored.</exception>
    Task<AppendOutcome> AppendAsync(string chainId, StoredOperation operation, ChainDocument after, CancellationToken cancellationToken);

    /// <summary>Keeps a state, so that opening need not read every operation.</summary>
    Task SaveSnapshotAsync(string chainId, ChainState state, CancellationToken cancellationToken);
}

/// <summary>A state and the operations after it.</summary>
public sealed record ChainReading(ChainState From, IReadOnlyList<StoredOperation> Tail);

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    Appended,

    /// <summary>Another node was first with this number: read on and try again.</summary>
    NumberTaken,

    /// <summary>The chain is in the trash.</summary>
    Gone,
}
