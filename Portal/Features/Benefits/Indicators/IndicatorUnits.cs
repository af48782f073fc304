using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Inputs;

namespace Portal.Features.Benefits.Indicators;

/// <summary>Resolves the units of names in a formula, without values, to check a formula before it is saved.</summary>
internal sealed class IndicatorUnits(IReadOnlyDictionary<string, IndicatorDefinition> byKey, InputBook inputs)
{
    /// <summary>The unit of a name, without a value; null when the name is unknown.</summary>
    public Quantity? Of(NameNode name, IndicatorDefinition own)
    {
        if (name.Name.Length == 0)
        {
            return (name.Part == NamePart.Baseline ? own.Baseline.Value : own.Target) is null
                ? null
                : new Quantity(null, UnitText.Parse(own.Unit));
        }

        if (byKey.TryGetValue(name.Name, out var indicator)) return new Quantity(null, UnitText.Parse(indicator.Unit));
        return name.Part == NamePart.Value && inputs.Latest(name.Name) is { } number ? number with { Value = null } : null;
    }
}
