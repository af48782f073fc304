using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Page;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Indicators;

/// <summary>A field of a definition, in words.</summary>
/// <param name="Label">The key of its name in <see cref="FieldTexts"/>.</param>
/// <param name="Value">A number, a day, a text or a word; null for none.</param>
public sealed record DefinitionField(string Label, Func<IndicatorDefinition, object?> Value)
{
    /// <summary>What it is called.</summary>
    public ProblemText Name => FieldTexts.Of(Label);
}

/// <summary>A field that two definitions differ in.</summary>
/// <param name="Unit">The unit of a number after the change.</param>
public sealed record FieldChange(ILocalizedText Name, object? Before, object? After, string Unit)
{
    /// <summary>A value as it is shown; a dash for none.</summary>
    public static string Shown(object? value, string unit, CultureInfo language) => value switch
    {
        null or "" => "–",
        decimal number => BenefitFormat.ExactIn(language, number, unit),
        DateOnly day => LanguageFormat.Date(day, language),
        ILocalizedText word => word.In(language),
        _ => value.ToString() ?? "",
    };
}

/// <summary>
/// The fields of a definition that people set, in words: one table for the histories on the page and in the workbook, for what two people
/// changed at the same time, and for the preview of an import. Pure.
/// </summary>
public static class DefinitionFields
{
    /// <summary>All fields.</summary>
    public static IReadOnlyList<DefinitionField> All { get; } =
    [
        Field("FieldMeasured", d => d.Name), Field("FieldKind", d => Word(d.Kind)), Field("FieldFormula", d => d.Formula),
        Field("FieldMeasure", d => d.Kind == IndicatorKind.Counted ? PageTexts.Of($"Measure{d.Measure}") : null),
        Field("FieldMessageType", d => d.MessageType), Field("FieldCaseType", d => d.CaseType),
        Field("FieldUnit", d => d.Unit), Field("FieldBetter", d => Word(d.Better)), Field("FieldGathering", d => Word(d.Gathering)),
        Field("FieldForm", d => Word(d.Form)), Field("FieldBaseline", d => d.Baseline.Value),
        Field("FieldBaselineFrom", d => d.Baseline.From), Field("FieldBaselineTo", d => d.Baseline.To),
        Field("FieldBaselineSource", d => d.Baseline.Source),
        Field("FieldBaselineLocked", d => d.Baseline.IsLocked ? FieldTexts.Of("Yes") : null),
        Field("FieldEffectFrom", d => d.EffectFrom), Field("FieldTarget", d => d.Target), Field("FieldTargetOn", d => d.TargetOn),
        Field("FieldTargetFrom", d => d.TargetFrom), Field("FieldLow", d => d.Low), Field("FieldLikely", d => d.Likely),
        Field("FieldHigh", d => d.High), Field("FieldOwner", d => d.Owner), Field("FieldMeasurer", d => d.Measurer),
        Field("FieldEvery", d => Word(d.Every)), Field("FieldMeasuringCost", d => d.MeasuringCost),
        Field("FieldAssumptions", d => d.Assumptions), Field("FieldWhoGains", d => d.WhoGains), Field("FieldWhoBears", d => d.WhoBears),
        Field("FieldWhoChanges", d => d.WhoChanges), Field("FieldStakeholders", d => d.Stakeholders), Field("FieldRisk", d => d.Risk),
        Field("FieldRiskLikelihood", d => d.RiskLikelihood is { } likelihood ? Word(likelihood) : null),
        Field("FieldRiskResponse", d => d.RiskResponse), Field("FieldTimeUse", d => d.TimeUse),
        Field("FieldTimeUseOwner", d => d.TimeUseOwner), Field("FieldTimeUseFrom", d => d.TimeUseFrom),
        Field("FieldFollowUpOn", d => d.FollowUpOn), Field("FieldKey", d => d.Key),
    ];

    /// <summary>The fields that differ, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<FieldChange> Changes(IndicatorDefinition before, IndicatorDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. All.Select(f => new FieldChange(f.Name, Filled(f.Value(before)), Filled(f.Value(after)), after.Unit))
            .Where(c => !Same(c.Before, c.After))];
    }

    /// <summary>The fields that are filled in.</summary>
    public static IReadOnlyList<FieldChange> Filled(IndicatorDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return [.. All.Select(f => new FieldChange(f.Name, null, Filled(f.Value(definition)), definition.Unit))
            .Where(c => c.After is not null)];
    }

    /// <summary>A choice in words.</summary>
    public static ProblemText Word(Enum choice) => FieldTexts.Of(choice switch
    {
        IndicatorKind.Counted => "KindCounted",
        IndicatorKind.ByHand => "KindByHand",
        IndicatorKind.Calculated => "KindCalculated",
        IndicatorKind.Described => "KindDescribed",
        BetterWhen.Higher => "BetterHigher",
        BetterWhen.Lower => "BetterLower",
        Aggregation.Sum => "GatheringSum",
        Aggregation.Average => "GatheringAverage",
        Aggregation.Latest => "GatheringLatest",
        Aggregation.Whole => "GatheringWhole",
        BenefitForm.Quality => "FormQuality",
        BenefitForm.Cash => "FormCash",
        BenefitForm.Time => "FormTime",
        BenefitForm.AvoidedCost => "FormAvoidedCost",
        BenefitForm.ForOthers => "FormForOthers",
        RiskLikelihood.Low => "LikelihoodLow",
        RiskLikelihood.Medium => "LikelihoodMedium",
        RiskLikelihood.High => "LikelihoodHigh",
        MeasuringRhythm.Month => "EveryMonth",
        MeasuringRhythm.Quarter => "EveryQuarter",
        MeasuringRhythm.HalfYear => "EveryHalfYear",
        MeasuringRhythm.Year => "EveryYear",
        _ => throw new ArgumentOutOfRangeException(nameof(choice)),
    });

    private static DefinitionField Field(string label, Func<IndicatorDefinition, object?> value) => new(label, value);

    private static object? Filled(object? value) => value is "" ? null : value;

    // Words are compared by their key: their lists of places have no equality of their own.
    private static bool Same(object? one, object? other) =>
        one is ProblemText word && other is ProblemText than ? word.Key == than.Key : Equals(one, other);
}
