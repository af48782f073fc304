using System.Text.Json.Serialization;

namespace Portal.Features.Chains.Document;

/// <summary>A change of the shared workshop: stored and announced like any other, never part of undo.</summary>
public abstract record WorkshopChange : ChainChange
{
    /// <summary>True for what every participant may do; the rest is the facilitator's.</summary>
    [JsonIgnore] public virtual bool ForEveryone => false;
}

/// <summary>Opens the workshop for guests with this code.</summary>
public sealed record OpenWorkshop(string Code) : WorkshopChange;

/// <summary>Closes it; guests are out, what they wrote stays.</summary>
public sealed record CloseWorkshop : WorkshopChange;

/// <summary>The clock ends at this moment (UTC); null stops it, or pauses it with so much <paramref name="Left"/>.</summary>
public sealed record SetTimer(DateTimeOffset? EndsAt, TimeSpan? Left = null) : WorkshopChange;

/// <summary>Shows these places only; null shows all.</summary>
public sealed record RevealPlaces(IReadOnlyList<ChainKind>? Kinds) : WorkshopChange
{
    /// <summary>Equal content, not the same instance.</summary>
    public bool Equals(RevealPlaces? other) =>
        other is not null && (Kinds is null ? other.Kinds is null : other.Kinds is not null && Kinds.SequenceEqual(other.Kinds));

    /// <inheritdoc />
    public override int GetHashCode() => Kinds?.Count ?? -1;
}

/// <summary>Silent writing: what is written from now on is seen by its writer alone, until it is turned off.</summary>
public sealed record SetSilent(bool On) : WorkshopChange;

/// <summary>Opens voting with so many votes for each; null closes it, the votes stay.</summary>
public sealed record SetVoting(int? VotesEach) : WorkshopChange;

/// <summary>Gives a box one of one's votes (<paramref name="Give"/>), or takes one back.</summary>
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

/// <summary>Nobody is done.</summary>
public sealed record ClearDone : WorkshopChange;

/// <summary>Shows one of the five reflection questions, 0–4; null hides it.</summary>
public sealed record ShowQuestion(int? Number) : WorkshopChange;

/// <summary>»Saml alle her«: everyone's view goes to this part of the canvas.</summary>
public sealed record Gather(double X, double Y, double Zoom) : WorkshopChange;
