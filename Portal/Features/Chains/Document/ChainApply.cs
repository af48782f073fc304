using System.Collections.Immutable;

namespace Portal.Features.Chains.Document;

/// <summary>Applies changes, purely: the same operations in the same order give the same chain everywhere.</summary>
public static class ChainApply
{
    /// <summary>The document after a change; the same instance when it changes nothing (also for an unknown box).</summary>
    public static ChainDocument Apply(ChainDocument document, ChainChange change)
    {
        ArgumentNullException.ThrowIfNull(document);
        switch (change)
        {
            case AddElement add when !document.Elements.TryGetValue(add.Id, out var known):
                return Put(document, new ChainElement(add.Id, add.Kind, add.Values));
            case AddElement { Id: var id }:
                return SetDeleted(document, id, false);
            case DeleteElement delete:
                return SetDeleted(document, delete.Id, true);
            case RestoreElement restore:
                return SetDeleted(document, restore.Id, false);
            case SetValue set when document.Elements.TryGetValue(set.Id, out var element):
                return Put(document, element.With(set.Property, set.Value));
            case Connect link when link.From != link.To && document.Elements.ContainsKey(link.From)
                && document.Elements.ContainsKey(link.To) && !document.Links.ContainsKey(new(link.From, link.To)):
                return document with { Links = document.Links.Add(
                    new(link.From, link.To), new ChainLink(link.From, link.To, link.Assumption, link.Confidence)) };
            case Disconnect cut when document.Links.ContainsKey(new(cut.From, cut.To)):
                return document with { Links = document.Links.Remove(new(cut.From, cut.To)) };
            case SetLinkValue set when document.Links.TryGetValue(new(set.From, set.To), out var link):
                var changed = link.With(set.Property, set.Value);
                return changed == link ? document : document with { Links = document.Links.SetItem(new(set.From, set.To), changed) };
            case SetChainValue set:
                var titled = document.With(set.Property, set.Value);
                return titled.Get(set.Property) == document.Get(set.Property) ? document : titled;
            default:
                return document;
        }
    }

    /// <summary>The document after all changes.</summary>
    public static ChainDocument Apply(ChainDocument document, IEnumerable<ChainChange> changes) => changes.Aggregate(document, Apply);

    /// <summary>The state after a stored operation.</summary>
    public static ChainState Apply(ChainState state, StoredOperation operation)
    {
        var next = state;
        foreach (var change in operation.Changes) next = Apply(next, change, operation.By, operation.Number);
        return next with { Number = operation.Number };
    }

    /// <summary>The state after one change by an editor.</summary>
    internal static ChainState Apply(ChainState state, ChainChange change, ChangeAuthor by, long number)
    {
        if (change is WorkshopChange shared)
        {
            var workshop = WorkshopApply.Apply(state, shared, by, number);
            return workshop == state.Workshop ? state : state with { Workshop = workshop,
                Writers = workshop.Silent && state.Workshop.Silent ? state.Writers : ImmutableDictionary<string, string>.Empty };
        }

        var document = Apply(state.Document, change);
        if (ReferenceEquals(document, state.Document)) return state;
        return state with
        {
            Document = document, Workshop = GuestRules.Note(state, change, by),
            Writers = state.Workshop.Silent ? Note(state.Writers, change, by.Key) : state.Writers,
        };
    }

    private static ImmutableDictionary<string, string> Note(
        ImmutableDictionary<string, string> writers, ChainChange change, string editorKey) => change switch
        {
            AddElement add => add.Values.Keys.Where(ElementProperty.IsText)
                .Aggregate(writers, (all, property) => all.SetItem(ChainState.Cell(add.Id, property), editorKey)),
            SetValue set when ElementProperty.IsText(set.Property) => writers.SetItem(ChainState.Cell(set.Id, set.Property), editorKey),
            Connect { Assumption: not null } link => writers.SetItem(ChainState.AssumptionCell(link.From, link.To), editorKey),
            SetLinkValue { Property: ChainLink.AssumptionProperty } set =>
                writers.SetItem(ChainState.AssumptionCell(set.From, set.To), editorKey),
            _ => writers,
        };

    private static ChainDocument Put(ChainDocument document, ChainElement element) =>
        document.Elements.TryGetValue(element.Id, out var known) && ReferenceEquals(known, element)
            ? document
            : document with { Elements = document.Elements.SetItem(element.Id, element) };

    private static ChainDocument SetDeleted(ChainDocument document, string id, bool deleted) =>
        document.Elements.TryGetValue(id, out var element) && element.Deleted != deleted
            ? Put(document, element with { Deleted = deleted })
            : document;
}
