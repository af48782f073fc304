using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Canvas;

/// <summary>Drawing, choosing and removing links.</summary>
public sealed partial class ChainBoardModel
{
    /// <summary>Begins or ends drawing a link. With two chosen boxes the link is made at once.</summary>
    public async Task ConnectAsync()
    {
        if (Chosen.Count == 2)
        {
            await LinkAsync(Chosen[0], Chosen[1]);
            return;
        }

        LinkingFrom = LinkingFrom is null ? Chosen.Count == 1 ? Chosen[0] : "" : null;
        Notify();
    }

    /// <summary>
    /// A box was clicked while a link is drawn: the first is its start, the second its end. False when no link is drawn, or the box is
    /// deleted.
    /// </summary>
    public async Task<bool> PointAsync(string id)
    {
        if (LinkingFrom is null || !View.Document.IsPresent(id)) return false;
        if (LinkingFrom.Length == 0) LinkingFrom = id;
        else if (LinkingFrom != id)
        {
            var from = LinkingFrom;
            LinkingFrom = null;
            await LinkAsync(from, id);
        }

        Choose(id);
        return true;
    }

    /// <summary>The link that is chosen; null for none.</summary>
    public ChainLink? ChosenLink { get; private set; }

    /// <summary>Chooses a link, so that its assumption can be edited; null for none.</summary>
    public void ChooseLink(LinkKey? link)
    {
        ChosenLink = link is { } key && View.Document.Links.TryGetValue(key, out var found) && View.Document.IsPresent(key.From)
            && View.Document.IsPresent(key.To) ? found : null;
        if (ChosenLink is not null) Chosen = [];
        Notify();
    }

    /// <summary>Chooses the next of a box's links, incoming ones first, starting over after the last. False when it has none.</summary>
    public bool ChooseNextLink(string id)
    {
        List<ChainLink> links = [.. View.To[id], .. View.From[id]];
        if (links.Count == 0) return false;
        var now = ChosenLink is { } chosen ? links.FindIndex(l => l.From == chosen.From && l.To == chosen.To) : -1;
        var next = links[(now + 1) % links.Count];
        ChooseLink(new LinkKey(next.From, next.To));
        return true;
    }

    /// <summary>Removes the chosen link, as one undo step.</summary>
    public async Task UnlinkAsync()
    {
        if (ChosenLink is not { } link) return;
        ChosenLink = null;
        await DoAsync(ChainOperation.Of(new Disconnect(link.From, link.To)));
    }

    /// <summary>Cancels drawing a link.</summary>
    public void StopLinking()
    {
        LinkingFrom = null;
        Notify();
    }

    /// <summary>Makes a link.</summary>
    public Task<bool> LinkAsync(string from, string to)
    {
        LinkingFrom = null;
        return DoAsync(ChainOperation.Of(new Connect(from, to)));
    }
}
