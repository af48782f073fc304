using System.Collections.Immutable;

namespace Portal.Features.Chains.Document;

/// <summary>The stage of the work with a chain.</summary>
public enum ChainStage
{
    Draft,
    InWorkshop,
    Agreed,
    Following,
    Closed,
}

/// <summary>
/// A benefit chain: title, boxes and links. Immutable; made from operations by <see cref="ChainApply"/>. Deleted boxes stay in it with
/// their values, and links to them stay too, so that restoring a box restores everything.
/// </summary>
/// <param name="Title">Its name.</param>
/// <param name="Department">The department that the chain belongs to; empty when not given.</param>
/// <param name="Stage">The stage of the work.</param>
/// <param name="Elements">Every box by id, deleted ones too.</param>
/// <param name="Links">Every link, also those at deleted boxes.</param>
public sealed record ChainDocument(string Title, string Department, ChainStage Stage, ImmutableDictionary<string, ChainElement> Elements,
    ImmutableDictionary<LinkKey, ChainLink> Links)
{
    /// <summary>The names of the chain's own values in operations.</summary>
    public const string TitleProperty = "title", DepartmentProperty = "department", StageProperty = "stage";

    /// <summary>The empty chain.</summary>
    public static ChainDocument Empty { get; } =
        new("", "", ChainStage.Draft, ImmutableDictionary<string, ChainElement>.Empty, ImmutableDictionary<LinkKey, ChainLink>.Empty);

    /// <summary>The boxes that are not deleted, in no order; see <see cref="ChainOrder"/>.</summary>
    public IEnumerable<ChainElement> Present => Elements.Values.Where(e => !e.Deleted);

    /// <summary>The links between boxes that are not deleted, in no order.</summary>
    public IEnumerable<ChainLink> PresentLinks => Links.Values.Where(l => IsPresent(l.From) && IsPresent(l.To));

    /// <summary>A box that is not deleted; null otherwise.</summary>
    public ChainElement? Find(string id) => Elements.TryGetValue(id, out var element) && !element.Deleted ? element : null;

    /// <summary>True when the box exists and is not deleted.</summary>
    public bool IsPresent(string id) => Find(id) is not null;

    /// <summary>A value of the chain itself.</summary>
    public string? Get(string property) =>
        property switch { TitleProperty => Title, DepartmentProperty => Department, StageProperty => Stage.ToString(), _ => null };

    /// <summary>A copy with a value of the chain itself.</summary>
    public ChainDocument With(string property, string? value) => property switch
    {
        TitleProperty => this with { Title = value ?? "" },
        DepartmentProperty => this with { Department = value ?? "" },
        StageProperty => Enum.TryParse<ChainStage>(value, out var stage) && Enum.IsDefined(stage) ? this with { Stage = stage } : this,
        _ => this,
    };

    /// <summary>Compares by content.</summary>
    public bool Equals(ChainDocument? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (Title == other.Title && Department == other.Department && Stage == other.Stage && Same(Elements, other.Elements)
                && Same(Links, other.Links)));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Title, Department, Stage, Elements.Count, Links.Count);

    private static bool Same<TKey, TValue>(ImmutableDictionary<TKey, TValue> one, ImmutableDictionary<TKey, TValue> other)
        where TKey : notnull =>
        ReferenceEquals(one, other)
            || (one.Count == other.Count
                && one.All(p => other.TryGetValue(p.Key, out var value) && EqualityComparer<TValue>.Default.Equals(p.Value, value)));
}
