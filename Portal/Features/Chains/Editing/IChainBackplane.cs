namespace Portal.Features.Chains.Editing;

/// <summary>The messages that portal nodes exchange about open chains. They may be lost: the operation log is authoritative.</summary>
public interface IChainBackplane
{
    /// <summary>Tells the other nodes; never waits, never throws.</summary>
    void Publish(BackplaneMessage word);

    /// <summary>Hears the other nodes, by node, until the result is disposed.</summary>
    IDisposable Listen(Action<string, BackplaneMessage> heard);
}

/// <summary>A message between nodes about a chain; never a text of the chain.</summary>
/// <param name="Present">Everyone who is at the chain on that node.</param>
/// <param name="Ghosts">Boxes being dragged there.</param>
/// <param name="Number">An operation of this number was stored.</param>
public sealed record BackplaneMessage(string ChainId, IReadOnlyList<ChainPresent>? Present, GhostsMoved? Ghosts, long? Number)
{
    /// <summary>Guests are to send what they are writing: the workshop is about to close.</summary>
    public bool Finish { get; init; }
}
