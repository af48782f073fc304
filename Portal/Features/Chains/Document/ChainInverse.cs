namespace Portal.Features.Chains.Document;

/// <summary>Inverts changes for undo, and tells whether others have changed their result since.</summary>
internal static class ChainInverse
{
    /// <summary>The change that undoes <paramref name="change"/>, given the document before it; null when it had no effect there.</summary>
    public static ChainChange? Of(ChainDocument before, ChainChange change) => ReferenceEquals(ChainApply.Apply(before, change), before)
        ? null
        : change switch
        {
            AddElement add => new DeleteElement(add.Id),
            DeleteElement delete => new RestoreElement(delete.Id),
            RestoreElement restore => new DeleteElement(restore.Id),
            SetValue set => new SetValue(set.Id, set.Property, before.Elements[set.Id].Get(set.Property)),
            Connect link => new Disconnect(link.From, link.To),
            Disconnect cut when before.Links[new(cut.From, cut.To)] is var link =>
                new Connect(link.From, link.To, link.Assumption, link.Confidence),
            SetLinkValue set => new SetLinkValue(set.From, set.To, set.Property, before.Links[new(set.From, set.To)].Get(set.Property)),
            SetChainValue set => new SetChainValue(set.Property, before.Get(set.Property)),
            _ => null,
        };

    /// <summary>
    /// True when nobody has changed the change's result since. An added box counts as unchanged only with its original values and without
    /// links, so that undo never deletes what someone else wrote. A value in a deleted box does not count.
    /// </summary>
    public static bool StillStands(ChainDocument document, ChainChange change) => change switch
    {
        AddElement add => document.Find(add.Id) is { } element && element.Kind == add.Kind && element.Values.SequenceEqual(add.Values)
            && !document.Links.Keys.Any(k => k.From == add.Id || k.To == add.Id),
        DeleteElement delete => document.Elements.TryGetValue(delete.Id, out var element) && element.Deleted,
        RestoreElement restore => document.IsPresent(restore.Id),
        SetValue set => document.Find(set.Id) is { } element && Same(element.Get(set.Property), set.Value),
        Connect link => document.Links.TryGetValue(new(link.From, link.To), out var known) && Same(known.Assumption, link.Assumption)
            && Same(known.Confidence, link.Confidence),
        Disconnect cut => !document.Links.ContainsKey(new(cut.From, cut.To)),
        SetLinkValue set => document.Links.TryGetValue(new(set.From, set.To), out var link) && Same(link.Get(set.Property), set.Value),
        SetChainValue set => Same(document.Get(set.Property), set.Value),
        _ => false,
    };

    private static bool Same(string? one, string? other) => (one ?? "") == (other ?? "");
}
