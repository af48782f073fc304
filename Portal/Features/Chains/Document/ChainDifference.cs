namespace Portal.Features.Chains.Document;

/// <summary>The changes from one document to another, for creating a chain from a document and for replacing its content.</summary>
public static class ChainDifference
{
    /// <summary>
    /// The fewest changes that turn <paramref name="from"/> into <paramref name="to"/>. A box that only <paramref name="from"/> has is
    /// deleted (it can be restored); one without a position in <paramref name="to"/> keeps the one it has.
    /// </summary>
    public static IReadOnlyList<ChainChange> Changes(ChainDocument from, ChainDocument to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var changes = new List<ChainChange>();
        foreach (var property in new[] { ChainDocument.TitleProperty, ChainDocument.DepartmentProperty, ChainDocument.StageProperty })
        {
            if (from.Get(property) != to.Get(property)) changes.Add(new SetChainValue(property, to.Get(property)));
        }

        foreach (var gone in ChainOrder.Links(from)
            .Where(l => !to.Links.ContainsKey(new(l.From, l.To)) && to.IsPresent(l.From) && to.IsPresent(l.To)))
        {
            changes.Add(new Disconnect(gone.From, gone.To));
        }
        foreach (var gone in ChainOrder.Read(from).Where(e => !to.IsPresent(e.Id))) changes.Add(new DeleteElement(gone.Id));
        foreach (var element in ChainOrder.Read(to)) AddElementChanges(from, element, changes);
        foreach (var link in ChainOrder.Links(to)) AddLinkChanges(from, link, changes);
        // A restored box brings back its links: remove those that are not in the new document.
        foreach (var stale in from.Links.Values.Where(l => to.IsPresent(l.From) && to.IsPresent(l.To)
            && !(from.IsPresent(l.From) && from.IsPresent(l.To)) && !to.Links.ContainsKey(new(l.From, l.To))))
        {
            changes.Add(new Disconnect(stale.From, stale.To));
        }

        return changes;
    }

    private static void AddElementChanges(ChainDocument from, ChainElement wanted, List<ChainChange> changes)
    {
        if (!from.Elements.TryGetValue(wanted.Id, out var known))
        {
            changes.Add(new AddElement(wanted.Id, wanted.Kind, wanted.Values));
            return;
        }

        if (known.Deleted) changes.Add(new RestoreElement(wanted.Id));
        if (known.Kind != wanted.Kind) changes.Add(new SetValue(wanted.Id, ElementProperty.Kind, wanted.Kind.ToWire()));
        foreach (var property in known.Values.Keys.Union(wanted.Values.Keys).Order(StringComparer.Ordinal))
        {
            if (known.Get(property) == wanted.Get(property) || (ElementProperty.IsPlace(property) && wanted.Get(property) is null))
                continue;
            changes.Add(new SetValue(wanted.Id, property, wanted.Get(property)));
        }
    }

    private static void AddLinkChanges(ChainDocument from, ChainLink wanted, List<ChainChange> changes)
    {
        if (!from.Links.TryGetValue(new(wanted.From, wanted.To), out var known))
        {
            changes.Add(new Connect(wanted.From, wanted.To, wanted.Assumption, wanted.Confidence));
            return;
        }

        foreach (var property in new[] { ChainLink.AssumptionProperty, ChainLink.ConfidenceProperty })
        {
            if (known.Get(property) != wanted.Get(property))
                changes.Add(new SetLinkValue(wanted.From, wanted.To, property, wanted.Get(property)));
        }
    }
}
