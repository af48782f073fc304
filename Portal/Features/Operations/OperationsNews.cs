using Portal.Ingestion.Operations;

namespace Portal.Features.Operations;

/// <summary>The items of Drift that are marked when they change: the state of each transport of each process. Pure.</summary>
public static class OperationsNews
{
    /// <summary>The key of a transport's mark.</summary>
    public static string KeyOf(NodeView node, TransportView transport)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(transport);
        return $"{node.Id} {transport.Transport}";
    }

    /// <summary>The transports by their keys, each with its state. Changes of reason, time and figures are not news.</summary>
    public static IEnumerable<(string Key, object? State)> Of(OperationsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Nodes.SelectMany(n => n.Transports, (n, d) => (KeyOf(n, d), (object?)d.State));
    }

    /// <summary>The transports among <paramref name="keys"/>, in the order of the page.</summary>
    public static IReadOnlyList<TransportView> Changed(OperationsView view, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(keys);
        return [.. view.Nodes.SelectMany(n => n.Transports, (n, d) => (Node: n, Transport: d))
            .Where(t => keys.Contains(KeyOf(t.Node, t.Transport))).Select(t => t.Transport)];
    }
}
