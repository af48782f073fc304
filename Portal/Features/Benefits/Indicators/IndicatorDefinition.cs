namespace Portal.Features.Benefits.Indicators;

/// <summary>Where an indicator's numbers come from.</summary>
public enum IndicatorKind
{
    /// <summary>From the messages and letters themselves.</summary>
    Counted,

    /// <summary>Someone enters them.</summary>
    ByHand,

    /// <summary>A formula over others.</summary>
    Calculated,

    /// <summary>In words; no number.</summary>
    Described,
}

/// <summary>Which way is better.</summary>
public enum BetterWhen
{
    Higher,
    Lower,
}

/// <summary>How the months of a period are aggregated to one number.</summary>
public enum Aggregation
{
    /// <summary>Added up. Baseline and target are a year's and are compared month for month.</summary>
    Sum,

    /// <summary>The mean of the months that have a number.</summary>
    Average,

    /// <summary>The newest number.</summary>
    Latest,

    /// <summary>Worked out over the whole period at once: shares, medians and ratios.</summary>
    Whole,
}

/// <summary>How a benefit counts in the budget. Money and time are never added together.</summary>
public enum BenefitForm
{
    /// <summary>Neither: quality, rights, satisfaction.</summary>
    Quality,

    /// <summary>Money that can be taken out of a budget.</summary>
    Cash,

    /// <summary>Time set free, which is not money until someone decides so.</summary>
    Time,
}

/// <summary>How often an indicator is measured.</summary>
public enum MeasuringRhythm
{
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>What is counted from messages and letters. Letters count in the month they were sent in.</summary>
public enum LogMeasure
{
    /// <summary>Share of letters with documented arrival, %.</summary>
    DocumentedShare,
    Letters,
    Delivered,
    HandedToPost,
    OnItsWay,
    EvidenceMissing,
    Failed,
    Returned,
    Recalled,

    /// <summary>Median time from sending to arrival, hours.</summary>
    MedianArrival,

    /// <summary>The time that 95 % of the letters arrive within, hours.</summary>
    P95Arrival,

    /// <summary>Letters that began to need following up.</summary>
    FollowUpsOpened,

    /// <summary>Letters that ceased to.</summary>
    FollowUpsSolved,

    /// <summary>Median age of a follow-up when it was solved, hours.</summary>
    FollowUpAge,

    /// <summary>Messages received of a type.</summary>
    MessageVolume,
}

/// <summary>What an indicator began from.</summary>
/// <param name="Value">In the indicator's unit; for a <see cref="Aggregation.Sum"/> a year's.</param>
/// <param name="From">First day of the period it was measured in.</param>
/// <param name="To">Last day; before the effect begins.</param>
/// <param name="Source">Where the number is from.</param>
/// <param name="LockedAt">When it was locked, UTC; null while it is not.</param>
public sealed record Baseline(decimal? Value, DateOnly? From, DateOnly? To, string Source, DateTimeOffset? LockedAt, string? LockedBy)
{
    /// <summary>Nothing measured yet.</summary>
    public static Baseline None { get; } = new(null, null, null, "", null, null);

    /// <summary>Locked by someone.</summary>
    public bool IsLocked => LockedAt is not null;
}

/// <summary>How a benefit, or what one is worked out from, is measured. One for each box of a chain.</summary>
public sealed record IndicatorDefinition
{
    /// <summary>What formulas call it: letters, digits and _, unique in its chain.</summary>
    public required string Key { get; init; }

    /// <summary>What it measures, in words.</summary>
    public required string Name { get; init; }

    public IndicatorKind Kind { get; init; } = IndicatorKind.ByHand;
    public string Unit { get; init; } = "";
    public BetterWhen Better { get; init; }
    public Aggregation Gathering { get; init; } = Aggregation.Latest;

    /// <summary>For <see cref="IndicatorKind.Counted"/>.</summary>
    public LogMeasure Measure { get; init; }

    /// <summary>Letters of this case type only; null for all.</summary>
    public string? CaseType { get; init; }

    /// <summary>UUID, for <see cref="LogMeasure.MessageVolume"/>.</summary>
    public string? MessageType { get; init; }

    /// <summary>For <see cref="IndicatorKind.Calculated"/>.</summary>
    public string? Formula { get; init; }

    public Baseline Baseline { get; init; } = Baseline.None;

    /// <summary>First day on which the effect can be seen; the baseline lies before it.</summary>
    public DateOnly? EffectFrom { get; init; }

    public decimal? Target { get; init; }
    public DateOnly? TargetOn { get; init; }

    /// <summary>What is expected, at least.</summary>
    public decimal? Low { get; init; }

    /// <summary>What is expected, at most.</summary>
    public decimal? High { get; init; }

    /// <summary>Accountable in the line.</summary>
    public string? Owner { get; init; }

    /// <summary>Who sees to it that it is measured.</summary>
    public string? Measurer { get; init; }

    public MeasuringRhythm Every { get; init; }

    /// <summary>What measuring itself costs, in words.</summary>
    public string? MeasuringCost { get; init; }

    public string? Assumptions { get; init; }
    public string? WhoGains { get; init; }
    public string? WhoBears { get; init; }
    public BenefitForm Form { get; init; }
    public DateOnly? FollowUpOn { get; init; }
}
