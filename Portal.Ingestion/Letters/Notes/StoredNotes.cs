namespace Portal.Ingestion.Letters.Notes;

/// <summary>An operating incident (driftshændelse) in a period. Never deleted: a wrong incident is withdrawn.</summary>
public sealed class StoredIncident
{
    public long Id { get; set; }
    public required string Authority { get; set; }
    public DateTimeOffset From { get; set; }

    /// <summary>Null while the incident lasts.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary><c>DigitalPost</c>, <c>FysiskPost</c>; null for both.</summary>
    public string? Channel { get; set; }

    public required string Text { get; set; }
    public DateTimeOffset NotedAt { get; set; }
    public required string NotedBy { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
}

/// <summary>A hold on a case: nothing of the case is erased.</summary>
public sealed class StoredHold
{
    public required string Authority { get; set; }
    public required string CaseNumber { get; set; }
    public DateTimeOffset Since { get; set; }
    public required string Reason { get; set; }
    public required string ByName { get; set; }
}

/// <summary>A line of the history of holds. Never changed.</summary>
public sealed class StoredHoldEntry
{
    public long Id { get; set; }
    public required string Authority { get; set; }
    public required string CaseNumber { get; set; }

    /// <summary>True when the hold was put on; false when it was taken off.</summary>
    public bool On { get; set; }

    public DateTimeOffset At { get; set; }
    public required string ById { get; set; }
    public required string ByName { get; set; }
    public required string Reason { get; set; }
}
