using Portal.Features.Benefits.Formulas;
using Portal.Features.Chains.Document;

namespace Portal.Features.Benefits.Indicators;

/// <summary>What the names in a formula are of, without any values: for checking a formula when it is written.</summary>
internal sealed class IndicatorUnits(IReadOnlyDictionary<string, IndicatorDefinition> byKey, ChainDocument document)
{
    /// <summary>Null when the name is not known.</summary>
    public Quantity? Of(NameNode name, IndicatorDefinition own)
    {
        if (name.Name.Length == 0)
        {
            return (name.Part == NamePart.Baseline ? own.Baseline.Value : own.Target) is null
                ? null
                : new Quantity(null, UnitText.Parse(own.Unit));
        }

        if (byKey.TryGetValue(name.Name, out var indicator)) return new Quantity(null, UnitText.Parse(indicator.Unit));
        return name.Part == NamePart.Value && BoxNumbers.Of(document, name.Name) is { } box ? box.Quantity with { Value = null } : null;
    }
}
