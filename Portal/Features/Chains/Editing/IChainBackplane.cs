namespace Portal.Features.Chains.Editing;

/// <summary>What portal nodes tell each other of chains that are open. All of it may be lost: the operation log is the one truth.</summary>
public interface IChainBackplane
{
    /// <summary>Tells the other nodes; never waits, never throws.</summary>
    void Publish(BackplaneMessage word);

    /// <summary>Hears the other nodes, by node, until the result is disposed.</summary>
    IDisposable Listen(Action<string, BackplaneMessage> heard);
}

/// <summary>One thing told of a chain; never a text that stands in it.</summary>
/// <param name="Present">Everyone who is at the chain on that node.</param>
/// <param name="Ghosts">Boxes being dragged there.</param>
/// <param name="Number">An operation of this number was stored.</param>
public sealed record BackplaneMessage(string ChainId, IReadOnlyList<ChainPresent>? Present, GhostsMoved? Ghosts, long? Number)
{
    /// <summary>Guests are to send what they are writing: the workshop is about to close.</summary>
    public bool Finish { get; init; }
}
