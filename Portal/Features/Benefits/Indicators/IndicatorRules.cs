using System.Text.RegularExpressions;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Problems;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain;
using Portal.Platform.Text;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Indicators;

/// <summary>A broken rule of an indicator, a measurement or a note. <paramref name="Field"/> is the field's name.</summary>
public sealed record IndicatorProblem(string Field, ProblemText Text);

/// <summary>A change of an indicator that is to be saved.</summary>
/// <param name="ElementId">The id of its box.</param>
/// <param name="History">Its versions so far, oldest first; empty when it is new.</param>
/// <param name="Reason">Why locked values are changed; null when no reason was given.</param>
public sealed record IndicatorChange(string ElementId, IndicatorDefinition Wanted, IReadOnlyList<IndicatorVersion> History, string? Reason)
{
    /// <summary>The current definition; null when it is new.</summary>
    public IndicatorDefinition? Before => History.Count == 0 ? null : History[^1].Definition;

    /// <summary>The changes to a locked baseline, and to what is locked with it.</summary>
    public IReadOnlyList<ProblemText> Locked(DateOnly today) =>
        Before is { } before && BaselineLock.IsLocked(History, today) ? BaselineLock.Changes(before, Wanted) : [];
}

/// <summary>The rules of indicators. Pure.</summary>
public static partial class IndicatorRules
{
    /// <summary>The longest text of a field, in characters.</summary>
    public const int MaxText = 2_000;

    /// <summary>The most indicators in a chain.</summary>
    public const int MaxIndicators = 500;

    /// <summary>The name of the field at which a missing reason is reported.</summary>
    public const string ReasonField = "Reason";

    /// <summary>Returns all broken rules; empty when there are none.</summary>
    /// <param name="others">The chain's other indicators by box id.</param>
    /// <param name="inputs">The other numbers that a formula may use.</param>
    /// <param name="today">Today's date in Copenhagen.</param>
    public static IReadOnlyList<IndicatorProblem> Check(
        IndicatorChange change, IReadOnlyDictionary<string, IndicatorDefinition> others, InputBook inputs, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(others);
        var (id, wanted) = (change.ElementId, change.Wanted);
        var problems = new List<IndicatorProblem>();
        void Wrong(string field, ProblemText what) => problems.Add(new IndicatorProblem(field, what));

        if (change.Before is null && others.Count >= MaxIndicators) Wrong("$", ProblemTexts.Of("TooManyIndicators", MaxIndicators));
        if (!KeyForm().IsMatch(wanted.Key)) Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyForm"));
        else if (IndicatorDefaults.Reserved(wanted.Key)) Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyReserved", wanted.Key));
        else if (others.Any(o => o.Key != id && o.Value.Key.Equals(wanted.Key, StringComparison.OrdinalIgnoreCase)))
            Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyTaken", wanted.Key));
        foreach (var (field, text) in Texts(wanted))
        {
            if (text?.Length > MaxText) Wrong(field, ProblemTexts.Of("TextTooLong", MaxText));
            else if (text is not null && CprNumber.IsIn(text)) Wrong(field, ProblemTexts.Of("TextHasCpr"));
        }

        foreach (var (field, number) in new[] { (nameof(wanted.Target), wanted.Target), (nameof(wanted.Low), wanted.Low),
            (nameof(wanted.High), wanted.High), (nameof(wanted.Likely), wanted.Likely), (nameof(wanted.Baseline), wanted.Baseline.Value) })
        {
            if (number is { } value && !Amount.Fits(value)) Wrong(field, ProblemTexts.Of("NumberTooLarge", Amount.Largest));
        }

        // An older definition may have a day alone; its other fields can still be changed.
        if (wanted is { Kind: not IndicatorKind.Described, Target: null } && (wanted.TargetOn ?? wanted.TargetFrom) is not null
            && (change.Before?.Target, change.Before?.TargetOn, change.Before?.TargetFrom) != (null, wanted.TargetOn, wanted.TargetFrom))
        {
            Wrong(nameof(wanted.Target), ProblemTexts.Of("TargetMissing"));
        }

        if (wanted.Low > wanted.High) Wrong(nameof(wanted.High), ProblemTexts.Of("HighBelowLow"));
        else if (wanted.Likely < wanted.Low || wanted.Likely > wanted.High) Wrong(nameof(wanted.Likely), ProblemTexts.Of("LikelyOutside"));
        BaselineProblems(wanted, Wrong);
        if (change.Reason is { } reason && CprNumber.IsIn(reason)) Wrong(ReasonField, ProblemTexts.Of("TextHasCpr"));
        if (change.Locked(today) is { Count: > 0 } locked && string.IsNullOrWhiteSpace(change.Reason))
            Wrong(ReasonField, ProblemTexts.Of("BaselineLocked", new JoinedText(locked)));
        if (wanted.Kind == IndicatorKind.Calculated && FormulaProblems(id, wanted, others, inputs) is { } wrong)
            Wrong(nameof(wanted.Formula), wrong);
        if (wanted is { Kind: IndicatorKind.Counted, Measure: LogMeasure.MessageVolume } && !Guid.TryParse(wanted.MessageType, out _))
            Wrong(nameof(wanted.MessageType), ProblemTexts.Of("MessageTypeMissing"));
        return problems;
    }

    private static void BaselineProblems(IndicatorDefinition wanted, Action<string, ProblemText> wrong)
    {
        var baseline = wanted.Baseline;
        if (baseline.From > baseline.To) wrong(nameof(Baseline.To), ProblemTexts.Of("BaselineEndsFirst"));
        if (baseline.To >= wanted.EffectFrom || baseline.From >= wanted.EffectFrom)
        {
            wrong(nameof(Baseline.To), ProblemTexts.Of("BaselineAfterEffect", wanted.EffectFrom!.Value));
        }
    }

    /// <summary>What is wrong with the formula of an indicator among the chain's others; null when nothing is.</summary>
    public static ProblemText? FormulaProblems(
        string id, IndicatorDefinition wanted, IReadOnlyDictionary<string, IndicatorDefinition> others, InputBook inputs)
    {
        var parsed = ParsedFormula.Of(wanted.Formula);
        if (parsed.Root is not { } formula) return parsed.Problem!.WithPosition;

        // A key used twice is reported at its own field; here it must only not throw.
        var all = new Dictionary<string, IndicatorDefinition>(StringComparer.OrdinalIgnoreCase) { [wanted.Key] = wanted };
        foreach (var (other, definition) in others)
        {
            if (other != id) all.TryAdd(definition.Key, definition);
        }

        if (FormulaGraph.Of(all, [wanted.Key]).CircleOf(wanted.Key) is { } circle)
            return ProblemTexts.Of("Circle", string.Join(" → ", circle));
        var units = new IndicatorUnits(all, inputs);
        var result = FormulaEvaluator.Evaluate(formula, name => units.Of(name, wanted));
        var (value, problem) = FormulaEvaluator.In(UnitText.Parse(wanted.Unit), result);
        if (problem is not null) return problem.WithPosition;

        // A formula of numbers only has the same value every month: its yearly sum must be within the limit too.
        return value is { } always && wanted.Gathering == Aggregation.Sum && Amount.Multiply(always, 12) is null
            ? ProblemTexts.Of("GathersTooLarge", Amount.Largest)
            : null;
    }

    private static (string, string?)[] Texts(IndicatorDefinition wanted) =>
    [
        (nameof(wanted.Name), wanted.Name), (nameof(wanted.Unit), wanted.Unit), (nameof(wanted.Owner), wanted.Owner),
        (nameof(wanted.Measurer), wanted.Measurer), (nameof(wanted.MeasuringCost), wanted.MeasuringCost), (nameof(wanted.Assumptions),
            wanted.Assumptions), (nameof(wanted.WhoGains), wanted.WhoGains), (nameof(wanted.WhoBears), wanted.WhoBears),
        (nameof(wanted.WhoChanges), wanted.WhoChanges), (nameof(wanted.Stakeholders), wanted.Stakeholders),
        (nameof(wanted.Risk), wanted.Risk),
        (nameof(wanted.RiskResponse), wanted.RiskResponse), (nameof(wanted.TimeUse), wanted.TimeUse),
        (nameof(wanted.TimeUseOwner), wanted.TimeUseOwner),
        (nameof(wanted.CaseType), wanted.CaseType), (nameof(Baseline.Source), wanted.Baseline.Source), (nameof(wanted.Key), wanted.Key),
    ];

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}_]{0,59}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
