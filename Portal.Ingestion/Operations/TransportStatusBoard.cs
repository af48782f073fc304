using System.Collections.Concurrent;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Operations;

/// <summary>The state of a transport.</summary>
public enum TransportState
{
    /// <summary>Not connected yet since the process started.</summary>
    Connecting,

    /// <summary>Was open and lost its connection; reconnects automatically.</summary>
    Lost,

    /// <summary>Receives messages.</summary>
    Open,

    /// <summary>Paused until the database can be written or the source is back; resumes automatically.</summary>
    Paused,

    /// <summary>Refused by the source (credentials, certificate, queue): a person must act; retried meanwhile.</summary>
    Refused,

    /// <summary>Not enabled in the configuration; reported so that the Drift page shows it.</summary>
    Off,
}

/// <summary>The last report of a transport.</summary>
/// <param name="Transport">The transport: <c>push</c>, <c>folder</c>, <c>amqp</c>.</param>
/// <param name="Since">UTC, when this state began.</param>
/// <param name="Why">The reason, or a warning of an open transport, in one Danish sentence; else null.</param>
/// <param name="Remedy">What a person can do, in Danish; null when there is nothing to do.</param>
public sealed record TransportReport(string Transport, TransportState State, DateTimeOffset Since, string? Why, string? Remedy);

/// <summary>The messages that wait at the source of a transport.</summary>
/// <param name="Waiting">How many; null when unknown.</param>
/// <param name="Oldest">UTC, when the oldest of them arrived at the source; null when there is none or it is unknown.</param>
public sealed record TransportBacklog(long? Waiting, DateTimeOffset? Oldest);

/// <summary>The last reports of the transports of this process. Thread-safe; never contains data from messages.</summary>
public sealed class TransportStatusBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TransportReport> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TransportBacklog> _backlogs = new(StringComparer.Ordinal);
    private readonly LogSignal _changed = new();

    /// <summary>The transports of this process, by name.</summary>
    public IReadOnlyList<TransportReport> Reports => [.. _reports.Values.OrderBy(d => d.Transport, StringComparer.Ordinal)];

    /// <summary>Completes at the next change after this property was read.</summary>
    public Task NextChange => _changed.Next;

    /// <summary>Reports a transport's state. Reporting the same state again keeps <see cref="TransportReport.Since"/>.</summary>
    public void Report(string transport, TransportState state, string? why = null, string? remedy = null)
    {
        var before = _reports.GetValueOrDefault(transport);
        var after = _reports.AddOrUpdate(
            transport,
            name => new TransportReport(name, state, time.GetUtcNow(), why, remedy),
            (name, last) => last.State == state && last.Why == why && last.Remedy == remedy ? last
                : new TransportReport(name, state, last.State == state ? last.Since : time.GetUtcNow(), why, remedy));
        if (after != before) _changed.Raise();
    }

    /// <summary>Reports the messages that wait at a transport's source.</summary>
    public void ReportBacklog(string transport, TransportBacklog backlog) => _backlogs[transport] = backlog;

    /// <summary>The last reported backlog of a transport; null when it has reported none.</summary>
    public TransportBacklog? BacklogOf(string transport) => _backlogs.GetValueOrDefault(transport);
}

/// <summary>The names of <see cref="TransportState"/> as stored and shown in <c>data-state</c>.</summary>
public static class TransportStates
{
    /// <summary>
    /// The process has not written for a while and was not stopped as planned. Never reported by a transport itself: other processes detect
    /// it.
    /// </summary>
    public const string Silent = "silent";

    /// <summary>The process was stopped as planned (SIGTERM, SIGINT, an upgrade).</summary>
    public const string Stopped = "stopped";

    /// <summary>A transport that is still connecting after this time counts as failing.</summary>
    public static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(15);

    /// <summary>True for a healthy state: open, switched off, or just started.</summary>
    /// <param name="state">A state's wire name.</param>
    /// <param name="since">UTC, when the state began.</param>
    /// <param name="now">UTC.</param>
    public static bool IsWell(string state, DateTimeOffset since, DateTimeOffset now) => state switch
    {
        "open" or "off" => true,
        "connecting" => now - since <= StartGrace,
        _ => false,
    };

    /// <summary><c>open</c>, <c>connecting</c>, <c>lost</c>, <c>paused</c>, <c>refused</c> or <c>off</c>.</summary>
    public static string ToWire(this TransportState state) => state switch
    {
        TransportState.Connecting => "connecting",
        TransportState.Lost => "lost",
        TransportState.Open => "open",
        TransportState.Paused => "paused",
        TransportState.Refused => "refused",
        _ => "off",
    };
}

/// <summary>Danish texts about transports that are used in more than one place.</summary>
public static class TransportTexts
{
    /// <summary>What to do when the database cannot be written.</summary>
    public const string StorageRemedy = "Intet går tabt: afsenderen beholder beskederne, og modtagekanalen åbner af sig selv. "
        + "Varer det ved, så se efter diskplads og efter andre programmer, der bruger databasen.";
}
