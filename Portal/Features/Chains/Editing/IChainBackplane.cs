namespace Portal.Features.Chains.Editing;

/// <summary>The messages that portal nodes exchange about open chains. They may be lost: the operation log is authoritative.</summary>
public interface IChainBackplane
{
    /// <summary>Publishes to the other nodes; never waits, and does not throw when they cannot be reached.</summary>
    void Publish(BackplaneMessage word);

    /// <summary>
    /// Subscribes to the other nodes' messages; the handler gets the sending node's id. Dispose the result to unsubscribe.
    /// </summary>
    IDisposable Listen(Action<string, BackplaneMessage> heard);
}

/// <summary>A message between nodes about a chain; never a text of the chain.</summary>
/// <param name="Present">Everyone who has the chain open on that node; null: not reported.</param>
/// <param name="Ghosts">Boxes being dragged there; null: not reported.</param>
/// <param name="Number">The number of an operation that was stored; null for none.</param>
public sealed record BackplaneMessage(string ChainId, IReadOnlyList<ChainPresent>? Present, GhostsMoved? Ghosts, long? Number)
{
    /// <summary>True when the workshop is about to close: guests' pages send what is being typed.</summary>
    public bool Finish { get; init; }
}
