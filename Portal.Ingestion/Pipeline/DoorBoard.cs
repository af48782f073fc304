using System.Collections.Concurrent;

namespace Portal.Ingestion.Pipeline;

/// <summary>What a door is doing.</summary>
public enum DoorState
{
    /// <summary>Not yet connected, or connecting again.</summary>
    Connecting,

    /// <summary>Taking messages.</summary>
    Open,

    /// <summary>Holds back by itself and resumes by itself: the database takes nothing now, or the source is away.</summary>
    Paused,

    /// <summary>Refused by the source (credentials, certificate, queue): someone must do something; it is tried again all the same.</summary>
    Refused,
}

/// <summary>What a door last said of itself.</summary>
/// <param name="Transport">The door: <c>push</c>, <c>folder</c>, <c>amqp</c>.</param>
/// <param name="Since">UTC, when it came into this state.</param>
/// <param name="Why">One Danish sentence; null when open.</param>
/// <param name="Remedy">What a person can do, in Danish; null when nothing is to be done.</param>
public sealed record DoorReport(string Transport, DoorState State, DateTimeOffset Since, string? Why, string? Remedy);

/// <summary>The doors of this process and what they last said. Thread-safe; no content of a message ever stands in it.</summary>
public sealed class DoorBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DoorReport> _doors = new(StringComparer.Ordinal);

    /// <summary>The doors of this process, by name.</summary>
    public IReadOnlyList<DoorReport> Doors => [.. _doors.Values.OrderBy(d => d.Transport, StringComparer.Ordinal)];

    /// <summary>A door says what it is doing. Saying the same again changes nothing, so <see cref="DoorReport.Since"/> stays.</summary>
    public void Report(string transport, DoorState state, string? why = null, string? remedy = null) => _doors.AddOrUpdate(
        transport,
        name => new DoorReport(name, state, time.GetUtcNow(), why, remedy),
        (name, before) => before.State == state && before.Why == why && before.Remedy == remedy ? before
            : new DoorReport(name, state, before.State == state ? before.Since : time.GetUtcNow(), why, remedy));
}
