using Portal.Ingestion.Domain;

namespace Portal.Features.Benefits.Indicators;

/// <summary>An indicator as it is shown and exported: every text that people write in it, with person numbers masked. Pure.</summary>
public static class IndicatorMask
{
    /// <summary>
    /// The definition with its texts masked. Its key and formula stay: what they name is refused at the endpoint instead.
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
            WhoBears = CprNumber.MaskInOrNull(definition.WhoBears), CaseType = CprNumber.MaskInOrNull(definition.CaseType),
            Baseline = definition.Baseline with { Source = CprNumber.MaskIn(definition.Baseline.Source) },
        };
    }
}
