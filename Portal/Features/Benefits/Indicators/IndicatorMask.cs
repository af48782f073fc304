using Portal.Ingestion.Domain;

namespace Portal.Features.Benefits.Indicators;

/// <summary>Masks CPR numbers in the texts of an indicator before it is shown or exported. Pure.</summary>
public static class IndicatorMask
{
    /// <summary>
    /// The definition with its texts masked. Key and formula stay, since formulas refer to keys; <see cref="IndicatorRules"/> refuses a key
    /// with a CPR number.
    /// </summary>
    public static IndicatorDefinition Of(IndicatorDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition with
        {
            Name = CprNumber.MaskIn(definition.Name), Unit = CprNumber.MaskIn(definition.Unit),
            Owner = CprNumber.MaskInOrNull(definition.Owner),
            Measurer = CprNumber.MaskInOrNull(definition.Measurer), MeasuringCost = CprNumber.MaskInOrNull(definition.MeasuringCost),
            Assumptions = CprNumber.MaskInOrNull(definition.Assumptions), WhoGains = CprNumber.MaskInOrNull(definition.WhoGains),
            WhoBears = CprNumber.MaskInOrNull(definition.WhoBears), WhoChanges = CprNumber.MaskInOrNull(definition.WhoChanges),
            Stakeholders = CprNumber.MaskInOrNull(definition.Stakeholders),
            Risk = CprNumber.MaskInOrNull(definition.Risk), RiskResponse = CprNumber.MaskInOrNull(definition.RiskResponse),
            TimeUse = CprNumber.MaskInOrNull(definition.TimeUse), TimeUseOwner = CprNumber.MaskInOrNull(definition.TimeUseOwner),
            CaseType = CprNumber.MaskInOrNull(definition.CaseType),
            Baseline = definition.Baseline with { Source = CprNumber.MaskIn(definition.Baseline.Source) },
        };
    }
}
