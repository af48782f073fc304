using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>A period in which a transport should receive messages and did not.</summary>
/// <param name="State">The state's wire name.</param>
/// <param name="To">UTC; null while it lasts.</param>
public sealed record Outage(string Node, string Transport, string State, DateTimeOffset From, DateTimeOffset? To, string? Why);

/// <summary>A change of a transport's state.</summary>
public sealed record TransportStateChange(string Node, string Transport, string State, DateTimeOffset At, string? Why);

/// <summary>Computes outages from the state changes of all processes' transports. Pure.</summary>
public static class Outages
{
    /// <summary>A shorter period counts as a start, not an outage. A stop or a crash is always reported.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>The explanation for a crashed process, on the Drift page.</summary>
    public const string SilentWhy = "Processen holdt op med at melde sig uden at være stoppet: nedbrud, strømsvigt eller kill.";

    // Start times are rounded to seconds, and a supervisor restarts at once.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    // The outage of a process that is not restarted ends after this time.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>The outages, newest first.</summary>
    /// <param name="changes">Changes of any transports, in any order.</param>
    /// <param name="lastWord">When each node last wrote, UTC: an outage of a dead node ended no later. A node without an entry died long
    /// ago.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<Outage> Of(
        IEnumerable<TransportStateChange> changes, IReadOnlyDictionary<string, DateTimeOffset> lastWord, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(lastWord);
        var outages = new List<Outage>();
        foreach (var transport in changes.GroupBy(c => c.Transport, StringComparer.Ordinal))
        {
            var transports = transport.GroupBy(c => c.Node, StringComparer.Ordinal)
                .ToDictionary(d => d.Key, d => d.OrderBy(c => c.At).ToList(), StringComparer.Ordinal);
            var gone = new List<TransportStateChange>();
            foreach (var inOrder in transports.Values)
            {
                outages.AddRange(Runs(inOrder).Select(run => OfRun(run, lastWord, now)).OfType<Outage>());
                if (inOrder.FindLastIndex(c => !IsGone(c.State)) is var last && last + 1 < inOrder.Count) gone.Add(inOrder[last + 1]);
            }

            outages.AddRange(GoneOnes(gone, transports, now));
        }

        return [.. outages.OrderByDescending(o => o.From).ThenBy(o => o.Node, StringComparer.Ordinal)
            .ThenBy(o => o.Transport, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Groups the changes between two healthy states into runs: each is one outage, regardless of the states in between (after a server
    /// crash a transport may be lost, refused and paused in turn). Each run is returned with the change that ended it; null while it lasts.
    /// </summary>
    private static IEnumerable<(List<TransportStateChange> Run, TransportStateChange? Next)> Runs(List<TransportStateChange> inOrder)
    {
        var run = new List<TransportStateChange>();
        for (var n = 0; n < inOrder.Count; n++)
        {
            var change = inOrder[n];

            // The process is gone: this outage ends when another process replaces it.
            var isLast = IsGone(change.State) && inOrder.FindIndex(n, c => !IsGone(c.State)) < 0;
            if (!IsWell(change.State) && !isLast)
            {
                run.Add(change);
                continue;
            }

            if (run.Count > 0) yield return (run, change);
            run = [];
            if (isLast) yield break;
        }

        if (run.Count > 0) yield return (run, null);
    }

    // The outage of a run, with the state that lasted longest.
    private static Outage? OfRun(
        (List<TransportStateChange> Run, TransportStateChange? Next) run, IReadOnlyDictionary<string, DateTimeOffset> lastWord,
        DateTimeOffset now)
    {
        var (changes, next) = run;
        var to = next is null ? EndOf(changes[^1], lastWord, now) : next.At;
        if ((to ?? now) - changes[0].At < Shortest && !changes.Exists(c => IsGone(c.State))) return null;
        var longest = changes.Select((c, n) => (Change: c, Lasts: (n + 1 < changes.Count ? changes[n + 1].At : to ?? now) - c.At))
            .MaxBy(c => c.Lasts).Change;
        return Of(longest, to) with { From = changes[0].At };
    }

    /// <summary>
    /// Outages of processes that did not return end when another process replaces them: each start replaces at most one, on its own machine
    /// first.
    /// </summary>
    private static IEnumerable<Outage> GoneOnes(
        List<TransportStateChange> gone, Dictionary<string, List<TransportStateChange>> transports, DateTimeOffset now)
    {
        var starts = transports.Select(
            d => (Node: d.Key, Began: NodeIdentity.StartOf(d.Key), Open: d.Value.Find(c => c.State == TransportState.Open.ToWire())))
            .Where(s => s is { Began: not null, Open: not null }).OrderBy(s => s.Open!.At).ToList();
        var left = gone.OrderBy(c => c.At).ToList();
        foreach (var change in left.ToList())
        {
            // During an upgrade the new process may be open before the old one stops: then the outage has no length.
            if (change.State == TransportStates.Stopped
                && transports.Any(d => d.Key != change.Node && StateAt(d.Value, change.At) == TransportState.Open.ToWire()))
            {
                left.Remove(change);
                yield return Of(change, change.At);
            }
        }

        foreach (var sameMachine in (bool[])[true, false])
        {
            foreach (var change in left.ToList())
            {
                var taker = starts.Find(s => s.Node != change.Node && s.Began >= change.At - Slack && s.Open!.At >= change.At
                    && (!sameMachine || NodeIdentity.MachineOf(s.Node) == NodeIdentity.MachineOf(change.Node)));
                if (taker.Open is not { } open) continue;
                starts.Remove(taker);
                left.Remove(change);
                yield return Of(change, open.At);
            }
        }

        foreach (var change in left) yield return Of(change, now - change.At > Forgotten ? change.At + Forgotten : null);
    }

    private static string? StateAt(List<TransportStateChange> inOrder, DateTimeOffset at) => inOrder.FindLast(c => c.At <= at)?.State;

    private static Outage Of(TransportStateChange change, DateTimeOffset? to) =>
        new(change.Node, change.Transport, change.State, change.At, to, change.Why);

    private static bool IsGone(string state) => state is TransportStates.Silent or TransportStates.Stopped;

    private static bool IsWell(string state) => state == TransportState.Open.ToWire() || state == TransportState.Off.ToWire();

    private static DateTimeOffset? EndOf(
        TransportStateChange change, IReadOnlyDictionary<string, DateTimeOffset> lastWord, DateTimeOffset now)
    {
        if (!lastWord.TryGetValue(change.Node, out var heard)) return change.At;
        return now - heard > OperationsReader.SilentAfter ? heard : null;
    }
}
