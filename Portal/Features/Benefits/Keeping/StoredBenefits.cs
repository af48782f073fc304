namespace Portal.Features.Benefits.Keeping;

/// <summary>A version of an indicator; the highest one is current. Versions are never overwritten.</summary>
public sealed class StoredIndicator
{
    public required string ChainId { get; set; }
    public required string ElementId { get; set; }
    public int Version { get; set; }

    public required string Json { get; set; }

    public DateTimeOffset At { get; set; }
    public required string By { get; set; }

    /// <summary>Why a locked baseline, or what is locked with it, was changed; null otherwise.</summary>
    public string? Reason { get; set; }
}

/// <summary>A measurement. Of several for the same time the last entered counts; the earlier ones are its history.</summary>
public sealed class StoredMeasurement
{
    public long Id { get; set; }
    public required string ChainId { get; set; }
    public required string ElementId { get; set; }

    /// <summary>The time it was measured for, UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Null withdraws an earlier value: a gap again, not a zero.</summary>
    public decimal? Value { get; set; }

    public string? Note { get; set; }
    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary><c>form</c>, <c>paste</c>, <c>api</c> or <c>demo</c>.</summary>
    public required string Via { get; set; }
}

/// <summary>A note on a chain's benefits; see <see cref="NoteKind"/>.</summary>
public sealed class StoredBenefitNote
{
    public long Id { get; set; }
    public required string ChainId { get; set; }
    public required string Kind { get; set; }

    /// <summary>The box; empty for the whole chain. For a conclusion: the period.</summary>
    public required string ElementId { get; set; }

    /// <summary>The day that it is about, in Copenhagen.</summary>
    public DateOnly Day { get; set; }

    /// <summary>For behaviour: yes, partly or no.</summary>
    public string? Answer { get; set; }

    public required string Text { get; set; }

    /// <summary>The evidence for it.</summary>
    public string? Evidence { get; set; }

    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary>When it was withdrawn, UTC; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}

/// <summary>A version of a number that calculations use. Versions are never overwritten.</summary>
public sealed class StoredInput
{
    public required string ChainId { get; set; }

    /// <summary>The box; empty for the whole chain.</summary>
    public required string ElementId { get; set; }

    /// <summary>The name of an <c>InputPart</c>.</summary>
    public required string Part { get; set; }

    public int Version { get; set; }

    /// <summary>Null: there is no number from that day on.</summary>
    public decimal? Value { get; set; }

    /// <summary>The first day on which it counts, in Copenhagen; null: from the beginning.</summary>
    public DateOnly? From { get; set; }

    public required string Source { get; set; }
    public string? Owner { get; set; }

    /// <summary>When it was locked by hand, UTC; null when it was not.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    public string? LockedBy { get; set; }
    public DateTimeOffset At { get; set; }
    public required string By { get; set; }

    /// <summary>Why it was changed; null for the first version and before it was locked.</summary>
    public string? Reason { get; set; }
}
