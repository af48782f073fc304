namespace Portal.Features.Benefits.Keeping;

/// <summary>An indicator as it was described at a time; the highest version is the present one. Nothing is overwritten.</summary>
public sealed class StoredIndicator
{
    public required string ChainId { get; set; }
    public required string ElementId { get; set; }
    public int Version { get; set; }

    public required string Json { get; set; }

    public DateTimeOffset At { get; set; }
    public required string By { get; set; }

    /// <summary>Why, when a locked baseline was changed.</summary>
    public string? Reason { get; set; }
}

/// <summary>A number that was entered. Of several for the same moment the last entered counts; the earlier are its history.</summary>
public sealed class StoredMeasurement
{
    public long Id { get; set; }
    public required string ChainId { get; set; }
    public required string ElementId { get; set; }

    /// <summary>What moment the number is of, UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Null takes an earlier number back: a gap again, not a zero.</summary>
    public decimal? Value { get; set; }

    public string? Note { get; set; }
    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary><c>form</c>, <c>paste</c>, <c>api</c> or <c>demo</c>.</summary>
    public required string Via { get; set; }
}

/// <summary>Something said about a chain's benefits: see <see cref="NoteKind"/>.</summary>
public sealed class StoredBenefitNote
{
    public long Id { get; set; }
    public required string ChainId { get; set; }
    public required string Kind { get; set; }

    /// <summary>The box; empty for the whole chain. For a conclusion: the period that it is of.</summary>
    public required string ElementId { get; set; }

    /// <summary>The day that it is about, Copenhagen.</summary>
    public DateOnly Day { get; set; }

    /// <summary>For behaviour: yes, partly or no.</summary>
    public string? Answer { get; set; }

    public required string Text { get; set; }

    /// <summary>What shows it.</summary>
    public string? Evidence { get; set; }

    public DateTimeOffset EnteredAt { get; set; }
    public required string EnteredBy { get; set; }

    /// <summary>When it was taken back, UTC.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public string? WithdrawnBy { get; set; }
}
