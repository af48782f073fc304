using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>The last report of a transport of a process, for every portal node. One row per node and transport.</summary>
public sealed class StoredTransport
{
    /// <summary>The process (see <see cref="NodeIdentity"/>).</summary>
    public required string Node { get; set; }
    public required string Transport { get; set; }

    /// <summary><c>portal</c> or <c>worker</c>.</summary>
    public required string Program { get; set; }

    /// <summary>A state's wire name.</summary>
    public required string State { get; set; }
    public DateTimeOffset Since { get; set; }
    public string? Why { get; set; }
    public string? Remedy { get; set; }

    /// <summary>UTC, when the process last wrote.</summary>
    public DateTimeOffset Heartbeat { get; set; }
    public DateTimeOffset? LastMessageAt { get; set; }
    public int Messages { get; set; }
    public int Repeats { get; set; }
    public int Quarantined { get; set; }
    public double? LagHalfMilliseconds { get; set; }
    public double? LagMostMilliseconds { get; set; }
    public long? Waiting { get; set; }
    public DateTimeOffset? OldestWaiting { get; set; }
    public int Commits { get; set; }
    public double CommitSize { get; set; }
    public double CommitMilliseconds { get; set; }
}

/// <summary>A change of a transport's state. Kept for 31 days.</summary>
public sealed class StoredTransportChange
{
    public long Id { get; set; }
    public required string Node { get; set; }
    public required string Transport { get; set; }
    public required string State { get; set; }
    public DateTimeOffset At { get; set; }
    public string? Why { get; set; }
}

/// <summary>Size of the database on a day (Danish time), for its growth. Kept for two years.</summary>
public sealed class StoredDatabaseSample
{
    public DateOnly Day { get; set; }
    public DateTimeOffset At { get; set; }
    public long Bytes { get; set; }

    /// <summary>The last sequence number.</summary>
    public long Messages { get; set; }
}
