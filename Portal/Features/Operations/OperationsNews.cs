using Portal.Ingestion.Operations;

namespace Portal.Features.Operations;

/// <summary>What of Drift is marked when it changes while the page is open: the state of each transport of each process. Pure.</summary>
public static class OperationsNews
{
    /// <summary>The key of a transport's mark.</summary>
    public static string KeyOf(NodeView node, DoorView door)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(door);
        return $"{node.Id} {door.Transport}";
    }

    /// <summary>The transports by their keys, each with its state: why, since when and the figures are no news.</summary>
    public static IEnumerable<(string Key, object? State)> Of(OperationsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Nodes.SelectMany(n => n.Doors, (n, d) => (KeyOf(n, d), (object?)d.State));
    }

    /// <summary>The transports among <paramref name="keys"/>, in the order of the page.</summary>
    public static IReadOnlyList<DoorView> Changed(OperationsView view, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(keys);
        return [.. view.Nodes.SelectMany(n => n.Doors, (n, d) => (Node: n, Door: d)).Where(t => keys.Contains(KeyOf(t.Node, t.Door))).Select(t => t.Door)];
    }
}
