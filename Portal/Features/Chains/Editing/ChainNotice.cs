using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Editing;

/// <summary>Tells a page what happened. Come in order; carry what is needed to look again, never withheld text.</summary>
public abstract record ChainNotice;

/// <summary>
/// An operation was stored. <paramref name="Touched"/>: ids of boxes whose look may have changed, also those at the ends of links.
/// </summary>
public sealed record ChainChanged(
    long Number, string Author, string AuthorName, string EditorKey, bool WorkshopChanged, IReadOnlySet<string> Touched) : ChainNotice
{
    /// <summary>Boxes were moved and nothing else: when many move many at once, a page may look at several such together.</summary>
    public bool OnlyMoved { get; init; }

    /// <summary>Boxes that it deleted.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>Boxes that it made or brought back.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Boxes whose own values it changed; those at the ends of links are not among them.</summary>
    public IReadOnlyList<string> Edited { get; init; } = [];

    /// <summary>Links that it made, removed or said something of.</summary>
    public IReadOnlyList<LinkKey> Linked { get; init; } = [];
}

/// <summary>The workshop is about to close: pages of guests send what is being written.</summary>
public sealed record FinishWriting : ChainNotice;

/// <summary>The chain was moved to the trash, or is back from it.</summary>
public sealed record ChainGone : ChainNotice;

/// <summary>Someone came, went, or began or ended writing in a box.</summary>
public sealed record PresenceChanged : ChainNotice;

/// <summary>Someone is dragging; may be lost. Empty: the drag ended.</summary>
public sealed record GhostsMoved(string EditorKey, string Name, IReadOnlyList<ChainGhost> Ghosts) : ChainNotice;

/// <summary>Where a box is being dragged.</summary>
public readonly record struct ChainGhost(string Id, double X, double Y);

/// <summary>Someone who is here now.</summary>
/// <param name="Key"><see cref="ChainEditor.Key"/>.</param>
/// <param name="Name">As shown.</param>
/// <param name="Id"><see cref="ChainEditor.Id"/>: the same for all windows of a person.</param>
/// <param name="WritingIn">The box being written in; null for none. It is held softly: others may still write, but are warned.</param>
public sealed record ChainPresent(string Key, string Id, string Name, string? WritingIn)
{
    /// <summary>A guest of the workshop.</summary>
    [System.Text.Json.Serialization.JsonIgnore] public bool IsGuest => ChainEditor.IsGuestId(Id);
}
