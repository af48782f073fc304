using Portal.Features.Benefits.Calculations;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Storage;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>A benefit, a negative benefit, or another measured box, with its state in a period.</summary>
/// <param name="Definition">How it is measured; taken from the box's fields when no indicator is stored.</param>
/// <param name="IsDescribed">True when an indicator is stored for it.</param>
/// <param name="Versions">Earlier and current definitions, newest last.</param>
/// <param name="Measurements">All measurements, newest time first; of the same time the last entered first.</param>
/// <param name="Causes">Notes on the causes of a deviation.</param>
public sealed record BenefitFigure(
    ChainElement Element, IndicatorDefinition Definition, bool IsDescribed, IndicatorSeries Series, TargetProgress Standing,
    IReadOnlyList<IndicatorVersion> Versions, IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<BenefitNote> Causes, bool BaselineLocked)
{
    /// <summary>What else can have caused a change.</summary>
    public IReadOnlyList<BenefitNote> OtherCauses { get; init; } = [];

    /// <summary>Follow-ups that were done, and numbers that an owner was asked for; newest first.</summary>
    public IReadOnlyList<BenefitNote> FollowUps { get; init; } = [];

    /// <summary>The newest request for a number that no number has come for since; null when there is none.</summary>
    public BenefitNote? Request { get; init; }

    /// <summary>The numbers that were entered for it; none when its numbers are counted or calculated.</summary>
    public IEnumerable<decimal> Typed =>
        Definition.Kind == IndicatorKind.ByHand ? Measurements.Select(m => m.Value).OfType<decimal>() : [];

    /// <summary>What was decided about the time that it frees.</summary>
    public FreedTimeUse FreedTime { get; init; } = FreedTimeUse.None;

    /// <summary>What the time that it frees is used for; null while that is not decided.</summary>
    public string? TimeUse => !string.IsNullOrWhiteSpace(Definition.TimeUse) ? Definition.TimeUse : FreedTime.Decided?.Text;

    /// <summary>How sure its value is.</summary>
    public Sureness Sureness { get; init; } = Sureness.Sure;

    /// <summary>How its value comes about; the last step gives it. Empty without a value, and for a value that is just a number.</summary>
    public IReadOnlyList<CalculationStep> Steps { get; init; } = [];

    /// <summary>The agreed numbers that its formula uses.</summary>
    public IReadOnlyList<InputFact> Inputs { get; init; } = [];

    /// <summary>The agreed numbers that its formula used before and uses no more; their history stays readable.</summary>
    public IReadOnlyList<InputFact> FormerInputs { get; init; } = [];

    /// <summary>The best value that the chain's own numbers allow, when the target is beyond it.</summary>
    public decimal? Limit { get; init; }

    /// <summary>What a reader must know besides the value: what is missing and what was changed.</summary>
    public IReadOnlyList<ILocalizedText> Deviations { get; init; } = [];

    /// <summary>The definition that is current now; <see cref="Definition"/> has the target that holds at the end of the period.</summary>
    public IndicatorDefinition Latest => Versions.Count > 0 ? Versions[^1].Definition : Definition;

    /// <summary>
    /// True when its target, baseline or formula, or an agreed number that it is calculated with, got another value in the period's months.
    /// </summary>
    public bool WasChangedIn(Period period)
    {
        bool Within(DateTimeOffset at) => Month.Of(at) is var month && month >= period.First && month <= period.Last;
        return Versions.Zip(Versions.Skip(1)).Any(p => Within(p.Second.At) && p.Second.Reason is not null
                && BaselineLock.Changes(p.First.Definition, p.Second.Definition).Count > 0)
            || Inputs.Any(f => f.Changes.Any(c => Within(c.After.At) && c.Before.Value != c.After.Value));
    }

    /// <summary>The measurement that was entered last, of those that count; null when none was.</summary>
    public Measurement? LastEntered => MonthlyValues.Current(Measurements).MaxBy(m => m.EnteredAt);

    /// <summary>True when the period has a number for it.</summary>
    public bool HasNumber => Series.Value is not null && Definition.Kind != IndicatorKind.Described;

    /// <summary>True when numbers can be entered: until it is defined how it is measured, they would count nowhere.</summary>
    public bool TakesNumbers => Definition.Kind == IndicatorKind.ByHand;

    /// <summary>True when somebody is named as its owner.</summary>
    public bool HasOwner => !string.IsNullOrWhiteSpace(Definition.Owner);

    /// <summary>True for a benefit or negative one that does not go as planned, while nobody has written why.</summary>
    public bool IsUnexplained => IsBenefit && Standing.Deviates && Causes.Count == 0;

    /// <summary>True for a benefit or a negative one; other boxes are inputs to their calculation.</summary>
    public bool IsBenefit => Element.Kind is ChainKind.Benefit or ChainKind.NegativeBenefit;

    /// <summary>Why its value, or what it is compared with, cannot be calculated; null when it can.</summary>
    public ProblemText? Problem => Series.Value is null ? Series.Problem ?? Standing.Problem : Standing.Problem;

    public bool IsNegative => Element.Kind == ChainKind.NegativeBenefit;

    /// <summary>Changes made after the baseline was locked, to it or to what is locked with it; they have a reason.</summary>
    public IEnumerable<(IndicatorVersion Before, IndicatorVersion After)> BaselineChanges =>
        Versions.Zip(Versions.Skip(1)).Where(p => p.Second.Reason is not null);
}

/// <summary>A behaviour that must change, with notes on whether it does.</summary>
/// <param name="Notes">Newest day first.</param>
public sealed record BehaviourFigure(ChainElement Element, IReadOnlyList<BenefitNote> Notes);

/// <summary>Two benefits that seem to count the same thing.</summary>
public sealed record DoubleCount(BenefitFigure One, BenefitFigure Other, ProblemText Why);

/// <summary>The figures of all of a chain's benefits in a period.</summary>
/// <param name="Benefits">Benefits, then negative ones, in reading order.</param>
/// <param name="Helpers">Other measured boxes.</param>
/// <param name="Messages">Messages received in the period, of every type.</param>
/// <param name="Letters">Letters sent in the period.</param>
public sealed record ChainBenefits(
    ChainSummary Chain, ChainDocument Document, Period Period, DateOnly Today, IReadOnlyList<BenefitFigure> Benefits,
    IReadOnlyList<BenefitFigure> Helpers, IReadOnlyList<BehaviourFigure> Behaviours, IReadOnlyList<BenefitNote> Unplanned,
    IReadOnlyList<BenefitNote> Decisions, IReadOnlyList<DoubleCount> DoubleCounts, BenefitNote? Conclusion, long Messages, long Letters)
{
    /// <summary>The agreed numbers of the chain.</summary>
    public InputBook Inputs { get; init; } = InputBook.Of(Document);

    /// <summary>The answers to decisions, by the decision's key, newest first.</summary>
    public ILookup<string, BenefitNote> Answers { get; init; } = Array.Empty<BenefitNote>().ToLookup(n => n.ElementId);

    /// <summary>All requests for numbers, also those that were withdrawn or answered.</summary>
    public IReadOnlyList<RequestedNumber> Requests { get; init; } = [];

    /// <summary>Why an agreed number is locked: a change asks why. Null when it is not.</summary>
    public ILocalizedText? LockOf(InputFact fact) => InputRules.LockOf(fact, All.Select(f => f.Latest), Inputs, Today);

    /// <summary>Everything that is measured.</summary>
    public IEnumerable<BenefitFigure> All => Benefits.Concat(Helpers);
}
