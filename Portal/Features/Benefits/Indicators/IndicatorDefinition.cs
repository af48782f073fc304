namespace Portal.Features.Benefits.Indicators;

/// <summary>Where an indicator's numbers come from.</summary>
public enum IndicatorKind
{
    /// <summary>Counted from messages and letters.</summary>
    Counted,

    /// <summary>Entered by hand.</summary>
    ByHand,

    /// <summary>Calculated by a formula from other indicators and boxes.</summary>
    Calculated,

    /// <summary>Described in words, without a number.</summary>
    Described,
}

/// <summary>Which direction is better.</summary>
public enum BetterWhen
{
    Higher,
    Lower,
}

/// <summary>How the months of a period are aggregated to one number.</summary>
public enum Aggregation
{
    /// <summary>Added up. Baseline and target are per year; as many twelfths of them count as months are measured.</summary>
    Sum,

    /// <summary>The mean of the months that have a number.</summary>
    Average,

    /// <summary>The newest value.</summary>
    Latest,

    /// <summary>Calculated over the whole period at once: shares, medians and ratios.</summary>
    Whole,
}

/// <summary>
/// The type of a benefit, as in the Danish state's guidance on business cases (Digitaliseringsstyrelsen: økonomiske og ikke-økonomiske
/// gevinster). Money and time are never added together.
/// </summary>
public enum BenefitForm
{
    /// <summary>Neither money nor time: quality, rights, satisfaction.</summary>
    Quality,

    /// <summary>Money that can be taken out of a budget.</summary>
    Cash,

    /// <summary>Freed time, which is not money until someone decides to save it.</summary>
    Time,

    /// <summary>An expense that would have come and does not; no budget becomes smaller by it.</summary>
    AvoidedCost,

    /// <summary>A benefit for others than the authority: citizens, companies, other authorities.</summary>
    ForOthers,
}

/// <summary>How likely a risk is.</summary>
public enum RiskLikelihood
{
    Low,
    Medium,
    High,
}

/// <summary>How often an indicator is measured.</summary>
public enum MeasuringRhythm
{
    Month,
    Quarter,
    HalfYear,
    Year,
}

/// <summary>What is counted from messages and letters. Letters count in the month in which they were sent.</summary>
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

    /// <summary>The time within which 95 % of the letters arrive, hours.</summary>
    P95Arrival,

    /// <summary>Letters that came up for follow-up.</summary>
    FollowUpsOpened,

    /// <summary>Letters whose follow-up was solved.</summary>
    FollowUpsSolved,

    /// <summary>Median age of a follow-up when it was solved, hours.</summary>
    FollowUpAge,

    /// <summary>Messages received of a type.</summary>
    MessageVolume,
}

/// <summary>The baseline of an indicator: its value before the effect.</summary>
/// <param name="Value">In the indicator's unit; for a <see cref="Aggregation.Sum"/> per year.</param>
/// <param name="From">First day of the period it was measured in.</param>
/// <param name="To">Last day; before the effect begins.</param>
/// <param name="Source">The source of the value.</param>
/// <param name="LockedAt">When it was locked by hand, UTC; null when it was not.</param>
public sealed record Baseline(decimal? Value, DateOnly? From, DateOnly? To, string Source, DateTimeOffset? LockedAt, string? LockedBy)
{
    /// <summary>Nothing measured yet.</summary>
    public static Baseline None { get; } = new(null, null, null, "", null, null);

    /// <summary>True when it was locked by hand.</summary>
    public bool IsLocked => LockedAt is not null;
}

/// <summary>How a box is measured: a benefit, or an input to one. At most one per box of a chain.</summary>
public sealed record IndicatorDefinition
{
    /// <summary>Its name in formulas: letters, digits and _, unique in its chain.</summary>
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

    /// <summary>First day on which the effect can be seen; the baseline is measured before it.</summary>
    public DateOnly? EffectFrom { get; init; }

    /// <summary>
    /// The agreed target: for a <see cref="Aggregation.Sum"/> per year. It is never scaled to the months that are measured.
    /// </summary>
    public decimal? Target { get; init; }

    /// <summary>The day by which the target is to be reached.</summary>
    public DateOnly? TargetOn { get; init; }

    /// <summary>
    /// The first day on which this target holds; months before it keep the target of the version before. Null: from the beginning.
    /// </summary>
    public DateOnly? TargetFrom { get; init; }

    /// <summary>The lowest expected value.</summary>
    public decimal? Low { get; init; }

    /// <summary>The value that is thought most likely.</summary>
    public decimal? Likely { get; init; }

    /// <summary>The highest expected value.</summary>
    public decimal? High { get; init; }

    /// <summary>Who is accountable in the line organisation.</summary>
    public string? Owner { get; init; }

    /// <summary>Who is responsible for measuring it.</summary>
    public string? Measurer { get; init; }

    public MeasuringRhythm Every { get; init; }

    /// <summary>What measuring itself costs, in words.</summary>
    public string? MeasuringCost { get; init; }

    public string? Assumptions { get; init; }
    public string? WhoGains { get; init; }
    public string? WhoBears { get; init; }

    /// <summary>Who must do something differently for the benefit to come.</summary>
    public string? WhoChanges { get; init; }

    /// <summary>Who else is affected or must be heard: the other stakeholders.</summary>
    public string? Stakeholders { get; init; }

    /// <summary>What can prevent the benefit.</summary>
    public string? Risk { get; init; }

    public RiskLikelihood? RiskLikelihood { get; init; }

    /// <summary>What is done about the risk.</summary>
    public string? RiskResponse { get; init; }

    public BenefitForm Form { get; init; }

    /// <summary>What freed time is used for; for <see cref="BenefitForm.Time"/>.</summary>
    public string? TimeUse { get; init; }

    /// <summary>Who sees to it that the freed time is used so.</summary>
    public string? TimeUseOwner { get; init; }

    /// <summary>The day from which it is to be used so.</summary>
    public DateOnly? TimeUseFrom { get; init; }

    public DateOnly? FollowUpOn { get; init; }
}
