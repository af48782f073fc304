using Portal.Ingestion.Operations;

namespace Portal.Features.Operations;

/// <summary>
/// What Drift answers in words: whether messages pile up at their sources, and whether each reader of the log keeps up. Pure.
/// </summary>
/// <param name="Waiting">Messages that wait at the transports' sources; null when no transport knows.</param>
/// <param name="Oldest">UTC, the oldest of them; null when none waits or its time is unknown.</param>
/// <param name="Transport">The transport with most of them.</param>
/// <param name="Readers">Readers that do not keep up, the one furthest behind first.</param>
/// <param name="Furthest">How many messages the reader that is furthest behind lacks, also when it keeps up.</param>
/// <param name="Lag">The longest median time from creation to storage among the transports; null without messages.</param>
public sealed record OperationsAnswers(
    long? Waiting, DateTimeOffset? Oldest, string? Transport, IReadOnlyList<ReaderView> Readers, long Furthest, TimeSpan? Lag)
{
    // A reader works in batches: it keeps up as long as it is within ten seconds of what comes, or a hundred messages.
    private const int Few = 100;
    private const int PartOfMinute = 6;

    /// <summary>Fewer than this wait at a source at any moment without piling up.</summary>
    public const int FewWaiting = 100;

    /// <summary>Transports that should receive and do not, and whose source therefore nobody can look into.</summary>
    public IReadOnlyList<string> Unseen { get; private init; } = [];

    /// <summary>Messages pile up.</summary>
    public bool PilesUp => Waiting > FewWaiting;

    /// <summary>Every process, transport and service does what it should, and messages come as usual.</summary>
    /// <param name="now">UTC.</param>
    public static bool IsWell(OperationsView view, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view is { StorageError: null, Database: not null, NoWorkerSince: null, Silences.Count: 0, Services.Count: 0,
            Skipped.Count: 0 }
            && view.Push is null or { NeedsAttention: false }
            && view.Failing(now).Count == 0
            && Of(view) is { PilesUp: false, Readers.Count: 0 };
    }

    /// <summary>UTC, the last message that came in by push to the process whose answers are shown; null for none.</summary>
    public static DateTimeOffset? LastPushed(OperationsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Nodes.Where(n => n.Id == view.Push?.Node).SelectMany(n => n.Transports).Where(t => t.Transport == "push")
            .Select(t => t.Figures.LastMessageAt).Max();
    }

    private static bool IsOpen(TransportView transport) => transport.State == TransportState.Open.ToWire();

    private static bool Receives(TransportView transport) =>
        transport.State != TransportState.Off.ToWire() && transport.State != TransportStates.Stopped;

    /// <summary>The answers for a view.</summary>
    public static OperationsAnswers Of(OperationsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var transports = view.Nodes.SelectMany(n => n.Transports).ToList();

        // Several processes may read one source, and each tells what waits there.
        var sources = transports.Where(t => t.Backlog.Waiting is not null).GroupBy(t => t.Transport, StringComparer.Ordinal)
            .Select(g => g.MaxBy(t => t.Backlog.Waiting)!).OrderByDescending(t => t.Backlog.Waiting).ToList();
        var aMinute = transports.Sum(t => (long)t.Figures.Messages);
        return new OperationsAnswers(
            sources.Count == 0 ? null : sources.Sum(s => s.Backlog.Waiting!.Value),
            sources.Select(s => s.Backlog.Oldest).Min(), sources.FirstOrDefault()?.Transport,
            [.. view.Readers.Where(r => r.Behind > Math.Max(Few, aMinute / PartOfMinute)).OrderByDescending(r => r.Behind)],
            view.Readers.Select(r => r.Behind).DefaultIfEmpty().Max(), transports.Select(t => t.Figures.LagHalf).Max())
        {
            Unseen = [.. view.Nodes.SelectMany(n => n.Transports.Where(t => Receives(t) && (n.Silent || !IsOpen(t))))
                .Select(t => t.Transport).Except(view.Nodes.Where(n => !n.Silent).SelectMany(n => n.Transports).Where(IsOpen)
                    .Select(t => t.Transport)).Distinct(StringComparer.Ordinal)],
        };
    }
}
