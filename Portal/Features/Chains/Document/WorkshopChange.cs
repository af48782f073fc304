using System.Text.Json.Serialization;

namespace Portal.Features.Chains.Document;

/// <summary>A change of the workshop's state: stored and announced like any other, never part of undo.</summary>
public abstract record WorkshopChange : ChainChange
{
    /// <summary>True for what every participant may do; everything else needs a facilitator.</summary>
    [JsonIgnore] public virtual bool ForEveryone => false;
}

/// <summary>Opens the workshop for guests with this code.</summary>
public sealed record OpenWorkshop(string Code) : WorkshopChange;

/// <summary>Closes the workshop: guests lose access, what they wrote stays.</summary>
public sealed record CloseWorkshop : WorkshopChange;

/// <summary>The timer ends at this moment (UTC); null stops it, or pauses it with <paramref name="Left"/> remaining.</summary>
public sealed record SetTimer(DateTimeOffset? EndsAt, TimeSpan? Left = null) : WorkshopChange;

/// <summary>Shows the zones of these kinds only; null shows all.</summary>
public sealed record RevealPlaces(IReadOnlyList<ChainKind>? Kinds) : WorkshopChange
{
    /// <summary>Compares by content.</summary>
    public bool Equals(RevealPlaces? other) =>
        other is not null && (Kinds is null ? other.Kinds is null : other.Kinds is not null && Kinds.SequenceEqual(other.Kinds));

    /// <inheritdoc />
    public override int GetHashCode() => Kinds?.Count ?? -1;
}

/// <summary>Silent writing: until it is turned off, only the writer sees what they write from now on.</summary>
public sealed record SetSilent(bool On) : WorkshopChange;

/// <summary>Opens voting with this many votes per participant; null closes it, the votes stay.</summary>
public sealed record SetVoting(int? VotesEach) : WorkshopChange;

/// <summary>Gives a box one of the editor's votes (<paramref name="Give"/>), or takes one back.</summary>
public sealed record CastVote(string Id, bool Give) : WorkshopChange
{
    /// <inheritdoc />
    [JsonIgnore] public override bool ForEveryone => true;
}

/// <summary>Removes all votes.</summary>
public sealed record ClearVotes : WorkshopChange;

/// <summary>»Jeg er færdig«.</summary>
public sealed record SetDone(bool Done) : WorkshopChange
{
    /// <inheritdoc />
    [JsonIgnore] public override bool ForEveryone => true;
}

/// <summary>Clears everyone's »Jeg er færdig«.</summary>
public sealed record ClearDone : WorkshopChange;

/// <summary>Sets what guests may do besides voting.</summary>
public sealed record SetGuestsMay(GuestsMay May) : WorkshopChange;

/// <summary>What the guests of a workshop may do besides voting; title and department are never theirs.</summary>
public enum GuestsMay
{
    /// <summary>Add boxes, and edit and delete every box and link.</summary>
    Edit,

    /// <summary>Add boxes, and edit and delete their own.</summary>
    Add,

    /// <summary>Nothing.</summary>
    Look,
}

/// <summary>Shows one of the five reflection questions, 0–4; null hides it.</summary>
public sealed record ShowQuestion(int? Number) : WorkshopChange;

/// <summary>»Saml alle her«: moves everyone's view to this centre (canvas pixels) and zoom.</summary>
public sealed record Gather(double X, double Y, double Zoom) : WorkshopChange;
