using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>A notification to a page. They arrive in order and carry what a refresh needs, never text that may be withheld.</summary>
public abstract record ChainNotice;

/// <summary>
/// An operation was stored. <paramref name="Touched"/>: ids of boxes that may have to render again, also those at the ends of links.
/// </summary>
public sealed record ChainChanged(
    long Number, string Author, string AuthorName, string EditorKey, bool WorkshopChanged, IReadOnlySet<string> Touched) : ChainNotice
{
    /// <summary>True when it only moved boxes: a page may handle several of these together.</summary>
    public bool OnlyMoved { get; init; }

    /// <summary>Boxes that it deleted.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>Boxes that it added or restored.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Boxes whose own values it changed, without those at the ends of links.</summary>
    public IReadOnlyList<string> Edited { get; init; } = [];

    /// <summary>Links that it added, removed or changed.</summary>
    public IReadOnlyList<LinkKey> Linked { get; init; } = [];
}

/// <summary>The workshop is about to close: guests' pages send what is being typed.</summary>
public sealed record FinishWriting : ChainNotice;

/// <summary>The chain was moved to the trash, or is back from it.</summary>
public sealed record ChainGone : ChainNotice;

/// <summary>Someone joined, left, or started or stopped typing in a box.</summary>
public sealed record PresenceChanged : ChainNotice;

/// <summary>Someone is dragging boxes; may be lost. Empty: the drag ended.</summary>
public sealed record GhostsMoved(string EditorKey, string Name, IReadOnlyList<ChainGhost> Ghosts) : ChainNotice;

/// <summary>Where a box is being dragged, in canvas pixels.</summary>
public readonly record struct ChainGhost(string Id, double X, double Y);

/// <summary>Someone who has the chain open.</summary>
/// <param name="Key"><see cref="ChainEditor.Key"/>.</param>
/// <param name="Name">As shown.</param>
/// <param name="Id"><see cref="ChainEditor.Id"/>: the same for all windows of a person.</param>
/// <param name="WritingIn">The box they are typing in; null for none. Not a lock: others may type in it, but are warned.</param>
public sealed record ChainPresent(string Key, string Id, string Name, string? WritingIn)
{
    /// <summary>True for a guest of the workshop.</summary>
    [System.Text.Json.Serialization.JsonIgnore] public bool IsGuest => ChainEditor.IsGuestId(Id);
}
