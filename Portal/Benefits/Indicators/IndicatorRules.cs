using System.Text.RegularExpressions;
using Portal.Benefits.Formulas;
using Portal.Benefits.Problems;
using Portal.Chains.Document;
using Portal.Shell;

namespace Portal.Benefits.Indicators;

/// <summary>Something that an indicator, a measurement or a note may not be. <paramref name="Field"/> is the field's name.</summary>
public sealed record IndicatorProblem(string Field, ProblemText What);

/// <summary>What an indicator must keep to. Pure.</summary>
public static partial class IndicatorRules
{
    /// <summary>Longest text of a field.</summary>
    public const int MaxText = 2_000;

    /// <summary>Largest number either way.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    /// <param name="id">The box that it is for.</param>
    /// <param name="others">The chain's other indicators by box.</param>
    /// <param name="before">How it stood; null when it is new.</param>
    /// <param name="reason">Why a locked baseline is changed; null when nobody says.</param>
    /// <param name="today">In Copenhagen.</param>
    public static IReadOnlyList<IndicatorProblem> Check(
        string id, IndicatorDefinition wanted, IReadOnlyDictionary<string, IndicatorDefinition> others, ChainDocument document, IndicatorDefinition? before, string? reason, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(others);
        var problems = new List<IndicatorProblem>();
        void Wrong(string field, ProblemText what) => problems.Add(new IndicatorProblem(field, what));

        if (!KeyForm().IsMatch(wanted.Key)) Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyForm"));
        else if (IndicatorDefaults.Reserved(wanted.Key)) Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyReserved", wanted.Key));
        else if (others.Any(o => o.Key != id && o.Value.Key.Equals(wanted.Key, StringComparison.OrdinalIgnoreCase))) Wrong(nameof(wanted.Key), ProblemTexts.Of("KeyTaken", wanted.Key));
        foreach (var (field, text) in Texts(wanted))
        {
            if (text?.Length > MaxText) Wrong(field, ProblemTexts.Of("TextTooLong", MaxText));
        }

        foreach (var (field, number) in new[] { (nameof(wanted.Target), wanted.Target), (nameof(wanted.Low), wanted.Low), (nameof(wanted.High), wanted.High), (nameof(wanted.Baseline), wanted.Baseline.Value) })
        {
            if (number is > Largest or < -Largest) Wrong(field, ProblemTexts.Of("NumberTooLarge"));
        }

        if (wanted.Low > wanted.High) Wrong(nameof(wanted.High), ProblemTexts.Of("HighBelowLow"));
        BaselineProblems(wanted, before, reason, today, Wrong);
        if (wanted.Kind == IndicatorKind.Calculated && FormulaProblems(id, wanted, others, document) is { } wrong) Wrong(nameof(wanted.Formula), wrong);
        if (wanted is { Kind: IndicatorKind.Counted, Measure: LogMeasure.MessageVolume } && !Guid.TryParse(wanted.MessageType, out _)) Wrong(nameof(wanted.MessageType), ProblemTexts.Of("MessageTypeMissing"));
        return problems;
    }

    /// <summary>True when the number of a locked baseline differs.</summary>
    public static bool ChangesLocked(IndicatorDefinition? before, IndicatorDefinition after, DateOnly today) => before is not null && IsLocked(before, today) && Facts(before) != Facts(after);

    /// <summary>A baseline is locked by hand, and by itself once the effect has begun.</summary>
    public static bool IsLocked(IndicatorDefinition indicator, DateOnly today) =>
        indicator.Baseline.Value is not null && (indicator.Baseline.IsLocked || indicator.EffectFrom <= today);

    private static (decimal?, DateOnly?, DateOnly?) Facts(IndicatorDefinition indicator) => (indicator.Baseline.Value, indicator.Baseline.From, indicator.Baseline.To);

    private static void BaselineProblems(IndicatorDefinition wanted, IndicatorDefinition? before, string? reason, DateOnly today, Action<string, ProblemText> wrong)
    {
        var baseline = wanted.Baseline;
        if (baseline.From > baseline.To) wrong(nameof(Baseline.To), ProblemTexts.Of("BaselineEndsFirst"));
        if (baseline.To >= wanted.EffectFrom || baseline.From >= wanted.EffectFrom)
        {
            wrong(nameof(Baseline.To), ProblemTexts.Of("BaselineAfterEffect", wanted.EffectFrom!.Value));
        }

        if (ChangesLocked(before, wanted, today) && string.IsNullOrWhiteSpace(reason))
        {
            wrong(nameof(Baseline.Value), ProblemTexts.Of("BaselineLocked"));
        }
    }

    private static ProblemText? FormulaProblems(string id, IndicatorDefinition wanted, IReadOnlyDictionary<string, IndicatorDefinition> others, ChainDocument document)
    {
        var (formula, problem) = FormulaParser.Parse(wanted.Formula);
        if (formula is null) return problem!.AtPlace;
        var all = others.Where(o => o.Key != id).Select(o => o.Value).Append(wanted).ToDictionary(o => o.Key, StringComparer.OrdinalIgnoreCase);
        if (Circle(wanted, all) is { } circle) return ProblemTexts.Of("Circle", string.Join(" → ", circle));
        var units = new IndicatorUnits(all, document);
        var result = FormulaEvaluator.Evaluate(formula, name => units.Of(name, wanted));
        return (result.Problem ?? FormulaEvaluator.Mismatch(result.Quantity, UnitText.Parse(wanted.Unit)))?.AtPlace;
    }

    /// <summary>The way round when a formula comes back to itself; null when it does not.</summary>
    public static IReadOnlyList<string>? Circle(IndicatorDefinition from, IReadOnlyDictionary<string, IndicatorDefinition> byKey)
    {
        return Walk(from, []);

        IReadOnlyList<string>? Walk(IndicatorDefinition at, IReadOnlyList<string> way)
        {
            if (way.Contains(at.Key, StringComparer.OrdinalIgnoreCase)) return [.. way, at.Key];
            if (at.Kind != IndicatorKind.Calculated || FormulaParser.Parse(at.Formula).Formula is not { } formula) return null;
            foreach (var name in FormulaNames.Of(formula).Where(n => n.Part == NamePart.Value))
            {
                if (byKey.TryGetValue(name.Name, out var next) && Walk(next, [.. way, at.Key]) is { } circle) return circle;
            }

            return null;
        }
    }

    private static (string, string?)[] Texts(IndicatorDefinition wanted) =>
    [
        (nameof(wanted.Name), wanted.Name), (nameof(wanted.Unit), wanted.Unit), (nameof(wanted.Owner), wanted.Owner), (nameof(wanted.Measurer), wanted.Measurer),
        (nameof(wanted.MeasuringCost), wanted.MeasuringCost), (nameof(wanted.Assumptions), wanted.Assumptions), (nameof(wanted.WhoGains), wanted.WhoGains), (nameof(wanted.WhoBears), wanted.WhoBears),
        (nameof(wanted.CaseType), wanted.CaseType), (nameof(Baseline.Source), wanted.Baseline.Source),
    ];

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
