using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Portal.Features.Chains.Document;

/// <summary>What an editor does in one step, e.g. dropping dragged boxes: changes that are stored together and undone together.</summary>
/// <param name="Changes">In the order in which they are applied.</param>
public sealed record ChainOperation(IReadOnlyList<ChainChange> Changes)
{
    /// <summary>An operation of these changes.</summary>
    public static ChainOperation Of(params ChainChange[] changes) => new(changes);

    /// <summary>Adds a box with values by name (<see cref="ElementProperty"/>).</summary>
    public static ChainOperation Add(string id, ChainKind kind, params (string Property, string Value)[] values) =>
        Of(new AddElement(id, kind, values.ToImmutableSortedDictionary(v => v.Property, v => v.Value, StringComparer.Ordinal)));

    /// <summary>Sets one value of a box.</summary>
    public static ChainOperation Set(string id, string property, string? value) => Of(new SetValue(id, property, value));

    /// <summary>Moves boxes, as one step.</summary>
    public static ChainOperation Move(IEnumerable<(string Id, double X, double Y)> places) =>
        new([.. places.SelectMany(p => new ChainChange[] { new SetValue(p.Id, ElementProperty.X, ChainNumber.Write(p.X)),
            new SetValue(p.Id, ElementProperty.Y, ChainNumber.Write(p.Y)) })]);
}

/// <summary>One change. Changes without effect (a box deleted twice) are dropped before storing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(AddElement), "add")]
[JsonDerivedType(typeof(DeleteElement), "delete")]
[JsonDerivedType(typeof(RestoreElement), "restore")]
[JsonDerivedType(typeof(SetValue), "set")]
[JsonDerivedType(typeof(Connect), "connect")]
[JsonDerivedType(typeof(Disconnect), "disconnect")]
[JsonDerivedType(typeof(SetLinkValue), "set-link")]
[JsonDerivedType(typeof(SetChainValue), "set-chain")]
[JsonDerivedType(typeof(OpenWorkshop), "open-workshop")]
[JsonDerivedType(typeof(CloseWorkshop), "close-workshop")]
[JsonDerivedType(typeof(SetTimer), "timer")]
[JsonDerivedType(typeof(RevealPlaces), "reveal")]
[JsonDerivedType(typeof(SetSilent), "silent")]
[JsonDerivedType(typeof(SetVoting), "voting")]
[JsonDerivedType(typeof(CastVote), "vote")]
[JsonDerivedType(typeof(ClearVotes), "clear-votes")]
[JsonDerivedType(typeof(SetDone), "done")]
[JsonDerivedType(typeof(ClearDone), "clear-done")]
[JsonDerivedType(typeof(ShowQuestion), "question")]
[JsonDerivedType(typeof(Gather), "gather")]
[JsonDerivedType(typeof(SetGuestsMay), "guests-may")]
public abstract record ChainChange;

/// <summary>Adds a box. The id of a deleted box restores that box with its old values; the id of a present box has no effect.</summary>
public sealed record AddElement(string Id, ChainKind Kind, ImmutableSortedDictionary<string, string> Values) : ChainChange
{
    /// <summary>Compares by content.</summary>
    public bool Equals(AddElement? other) =>
        other is not null && Id == other.Id && Kind == other.Kind && Values.SequenceEqual(other.Values);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Id, Kind, Values.Count);
}

/// <summary>Deletes a box; its values are kept, and can still be set.</summary>
public sealed record DeleteElement(string Id) : ChainChange;

/// <summary>Restores a deleted box.</summary>
public sealed record RestoreElement(string Id) : ChainChange;

/// <summary>Sets one value of a box (<see cref="ElementProperty"/>); null or empty removes it.</summary>
public sealed record SetValue(string Id, string Property, string? Value) : ChainChange;

/// <summary>Adds a link from one box to another.</summary>
public sealed record Connect(string From, string To, string? Assumption = null, string? Confidence = null) : ChainChange;

/// <summary>Removes a link.</summary>
public sealed record Disconnect(string From, string To) : ChainChange;

/// <summary>Sets the assumption or the confidence of a link.</summary>
public sealed record SetLinkValue(string From, string To, string Property, string? Value) : ChainChange;

/// <summary>Sets title, department or stage.</summary>
public sealed record SetChainValue(string Property, string? Value) : ChainChange;
