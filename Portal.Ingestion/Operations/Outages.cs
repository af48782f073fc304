using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Operations;

/// <summary>A time in which a door did not take messages though it should.</summary>
/// <param name="State">The state's wire name.</param>
/// <param name="To">UTC; null while it lasts.</param>
public sealed record Outage(string Node, string Transport, string State, DateTimeOffset From, DateTimeOffset? To, string? Why);

/// <summary>A door came into a state.</summary>
public sealed record DoorChange(string Node, string Transport, string State, DateTimeOffset At, string? Why);

/// <summary>Folds a door's changes into its outages. Pure.</summary>
public static class Outages
{
    /// <summary>Shorter than this is a start, not an outage.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>The outages, newest first.</summary>
    /// <param name="changes">Of any doors, in any order.</param>
    /// <param name="lastWord">When a node last wrote: an outage of one that is gone ended no later. A node that is missing is long gone.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<Outage> Of(IEnumerable<DoorChange> changes, IReadOnlyDictionary<string, DateTimeOffset> lastWord, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(lastWord);
        var outages = new List<Outage>();
        foreach (var door in changes.GroupBy(c => (c.Node, c.Transport)))
        {
            var inOrder = door.OrderBy(c => c.At).ToList();
            for (var n = 0; n < inOrder.Count; n++)
            {
                var change = inOrder[n];
                if (IsWell(change.State)) continue;
                var to = n + 1 < inOrder.Count ? inOrder[n + 1].At : EndOf(change, lastWord, now);
                if ((to ?? now) - change.At >= Shortest) outages.Add(new Outage(change.Node, change.Transport, change.State, change.At, to, change.Why));
            }
        }

        return [.. outages.OrderByDescending(o => o.From).ThenBy(o => o.Node, StringComparer.Ordinal).ThenBy(o => o.Transport, StringComparer.Ordinal)];
    }

    private static bool IsWell(string state) => state == DoorState.Open.ToWire() || state == DoorState.Off.ToWire();

    private static DateTimeOffset? EndOf(DoorChange change, IReadOnlyDictionary<string, DateTimeOffset> lastWord, DateTimeOffset now)
    {
        if (!lastWord.TryGetValue(change.Node, out var heard)) return change.At;
        return now - heard > OperationsReader.SilentAfter ? heard : null;
    }
}
