namespace Portal.Features.Chains.Document;

/// <summary>How a box or a link differs between two versions.</summary>
public enum ComparedAs
{
    Added,
    Removed,
    Changed,
}

/// <summary>A value that differs; null where it is not set.</summary>
public sealed record ComparedValue(string Property, string? Before, string? After);

/// <summary>
/// A box that differs. <paramref name="Element"/>: as it is in the later version, or was in the earlier when it is removed.
/// </summary>
public sealed record ComparedElement(ComparedAs As, ChainElement Element, IReadOnlyList<ComparedValue> Values);

/// <summary>A link that differs.</summary>
public sealed record ComparedLink(ComparedAs As, ChainLink Link, IReadOnlyList<ComparedValue> Values);

/// <summary>The differences between two versions of a chain. Positions do not count.</summary>
public sealed record ChainComparison(
    IReadOnlyList<ComparedValue> Chain, IReadOnlyList<ComparedElement> Elements, IReadOnlyList<ComparedLink> Links)
{
    /// <summary>True when nothing differs.</summary>
    public bool IsEmpty => Chain.Count + Elements.Count + Links.Count == 0;

    /// <summary>
    /// Compares two versions. In reading order: the boxes and links of the later version first, then those that were removed.
    /// </summary>
    public static ChainComparison Between(ChainDocument before, ChainDocument after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        string[] own = [ChainDocument.TitleProperty, ChainDocument.DepartmentProperty, ChainDocument.StageProperty];
        var elements = ChainOrder.Read(after).Select(e => Compare(before.Find(e.Id), e)).OfType<ComparedElement>()
            .Concat(ChainOrder.Read(before).Where(e => !after.IsPresent(e.Id)).Select(e => new ComparedElement(ComparedAs.Removed, e, [])));
        var (earlier, later) = (before.PresentLinks.ToDictionary(l => new LinkKey(l.From, l.To)),
            after.PresentLinks.ToDictionary(l => new LinkKey(l.From, l.To)));
        var links = ChainOrder.Links(after).Select(l => Compare(earlier.GetValueOrDefault(new(l.From, l.To)), l)).OfType<ComparedLink>()
            .Concat(ChainOrder.Links(before).Where(l => !later.ContainsKey(new(l.From, l.To)))
                .Select(l => new ComparedLink(ComparedAs.Removed, l, [])));
        return new ChainComparison(Values(own, before.Get, after.Get), [.. elements], [.. links]);
    }

    private static ComparedElement? Compare(ChainElement? before, ChainElement after)
    {
        if (before is null) return new ComparedElement(ComparedAs.Added, after, []);
        var names = before.Values.Keys.Union(after.Values.Keys).Where(p => !ElementProperty.IsPlace(p)).Append(ElementProperty.Kind)
            .Order(StringComparer.Ordinal);
        return Values(names, before.Get, after.Get) is { Count: > 0 } values
            ? new ComparedElement(ComparedAs.Changed, after, values)
            : null;
    }

    private static ComparedLink? Compare(ChainLink? before, ChainLink after)
    {
        if (before is null) return new ComparedLink(ComparedAs.Added, after, []);
        return Values([ChainLink.AssumptionProperty, ChainLink.ConfidenceProperty], before.Get, after.Get) is { Count: > 0 } values
            ? new ComparedLink(ComparedAs.Changed, after, values)
            : null;
    }

    private static IReadOnlyList<ComparedValue> Values(
        IEnumerable<string> names, Func<string, string?> before, Func<string, string?> after) =>
        [.. names.Select(n => new ComparedValue(n, before(n), after(n))).Where(v => v.Before != v.After)];
}
