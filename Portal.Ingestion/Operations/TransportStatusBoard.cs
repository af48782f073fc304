using System.Collections.Concurrent;
using Portal.Ingestion.Log;

namespace Portal.Ingestion.Operations;

/// <summary>The state of a transport.</summary>
public enum TransportState
{
    /// <summary>Has not been connected since the process started.</summary>
    Connecting,

    /// <summary>Was open and has lost its connection; it reconnects by itself.</summary>
    Lost,

    /// <summary>Receives messages.</summary>
    Open,

    /// <summary>Paused until the database stores again or the source is back; resumes by itself.</summary>
    Paused,

    /// <summary>Refused by the source (credentials, certificate, queue): somebody must act; it is retried meanwhile.</summary>
    Refused,

    /// <summary>Not enabled in the configuration; reported so that people see what is off.</summary>
    Off,
}

/// <summary>What a transport last reported of itself.</summary>
/// <param name="Transport">The transport: <c>push</c>, <c>folder</c>, <c>amqp</c>.</param>
/// <param name="Since">UTC, when it came into this state.</param>
/// <param name="Why">One Danish sentence; null when there is nothing to say, which an open transport may have all the same: a
/// warning.</param>
/// <param name="Remedy">What a person can do, in Danish; null when nothing is to be done.</param>
public sealed record TransportReport(string Transport, TransportState State, DateTimeOffset Since, string? Why, string? Remedy);

/// <summary>What waits at the source of a transport and is not yet stored.</summary>
/// <param name="Waiting">How many; null when the source does not say.</param>
/// <param name="Oldest">UTC, when the oldest of them came to the source; null when there is none or the source does not say.</param>
public sealed record TransportBacklog(long? Waiting, DateTimeOffset? Oldest);

/// <summary>The transports of this process and what they last said. Thread-safe; no content of a message is ever in it.</summary>
public sealed class TransportStatusBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TransportReport> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TransportBacklog> _backlogs = new(StringComparer.Ordinal);
    private readonly LogSignal _changed = new();

    /// <summary>The transports of this process, by name.</summary>
    public IReadOnlyList<TransportReport> Reports => [.. _reports.Values.OrderBy(d => d.Transport, StringComparer.Ordinal)];

    /// <summary>Completes at the next report that says something new, after this property was read.</summary>
    public Task NextChange => _changed.Next;

    /// <summary>
    /// A transport reports its state. Reporting the same again changes nothing, so <see cref="TransportReport.Since"/> stays.
    /// </summary>
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

    /// <summary>A transport reports what waits at its source, where the source can tell.</summary>
    public void ReportBacklog(string transport, TransportBacklog backlog) => _backlogs[transport] = backlog;

    /// <summary>What a transport last reported of its source; null when it never did.</summary>
    public TransportBacklog? BacklogOf(string transport) => _backlogs.GetValueOrDefault(transport);
}

/// <summary>The names of <see cref="TransportState"/> as stored and shown in <c>data-state</c>.</summary>
public static class TransportStates
{
    /// <summary>
    /// No word from the process for a while, though it was not stopped by plan. Never reported by a transport: others see it.
    /// </summary>
    public const string Silent = "silent";

    /// <summary>The process was stopped by plan (SIGTERM, SIGINT, an upgrade): its last word.</summary>
    public const string Stopped = "stopped";

    /// <summary>
    /// A transport that is not yet open this long after its process started does not take messages; until then it is starting.
    /// </summary>
    public static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(15);

    /// <summary>
    /// True when there is nothing to do about a transport in this state: it takes messages, is switched off, or has just been started.
    /// </summary>
    /// <param name="state">A state's wire name.</param>
    /// <param name="since">UTC, when it came into it.</param>
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
