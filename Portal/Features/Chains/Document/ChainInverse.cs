namespace Portal.Features.Chains.Document;

/// <summary>How a change is taken back, and whether it is still as its author left it.</summary>
internal static class ChainInverse
{
    /// <summary>What takes <paramref name="change"/> back, seen from the document before it; null when it changes nothing there.</summary>
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
    /// True when nobody has since changed what the change did. A box that was added can be taken back only while it says what it said then
    /// and nothing is linked to it, so that undo never takes away what someone else wrote. A value in a box that is deleted no longer
    /// counts.
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
