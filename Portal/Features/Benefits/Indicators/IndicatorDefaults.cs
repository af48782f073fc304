using System.Globalization;
using System.Text;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Chains.Document;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Indicators;

/// <summary>Derives a box's indicator from the chain alone, until someone defines it.</summary>
public static class IndicatorDefaults
{
    private const int MaxKey = 40;

    /// <summary>
    /// The indicator in a box's own fields: by hand, with their unit, baseline and target; described only when they are empty.
    /// </summary>
    public static IndicatorDefinition Of(ChainElement element, IReadOnlySet<string> takenKeys)
    {
        ArgumentNullException.ThrowIfNull(element);
        var name = element.Get(ElementProperty.IndicatorName) ?? element.Text;
        var unit = element.Get(ElementProperty.IndicatorUnit) ?? "";
        var (baseline, target) = (Number(element, ElementProperty.IndicatorBaseline), Number(element, ElementProperty.IndicatorTarget));
        var text = element.Get(ElementProperty.IndicatorName) ?? element.Get(ElementProperty.IndicatorUnit);
        return new IndicatorDefinition
        {
            Key = FreeKey(name, takenKeys),
            Name = element.Get(ElementProperty.IndicatorName) ?? "",
            Kind = text is null && baseline is null && target is null && element.Kind != ChainKind.NegativeBenefit
                ? IndicatorKind.Described
                : IndicatorKind.ByHand,
            Unit = unit,
            Better =
                element.Kind is ChainKind.NegativeBenefit or ChainKind.Problem || target < baseline ? BetterWhen.Lower : BetterWhen.Higher,
            Gathering = UnitText.MonthsOf(unit) is not null ? Aggregation.Sum : Aggregation.Latest,
            Baseline = Baseline.None with { Value = baseline },
            Target = target,
            Owner = element.Owner,
            FollowUpOn = DateOnly.TryParseExact(element.Get(ElementProperty.IndicatorFollowUp), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var date) ? date : null,
        };
    }

    /// <summary>An unused key made from a name: <c>Tid brugt på tvister</c> → <c>tid_brugt_på_tvister</c>.</summary>
    public static string FreeKey(string name, IReadOnlySet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var key = new StringBuilder();
        foreach (var c in name.ToLowerInvariant().Take(MaxKey))
        {
            if (char.IsLetterOrDigit(c)) key.Append(c);
            else if (key.Length > 0 && key[^1] != '_') key.Append('_');
        }

        var word = key.ToString().Trim('_');
        if (word.Length == 0 || !char.IsLetter(word[0])) word = "tal_" + word;
        word = word.TrimEnd('_');
        var free = word;
        for (var n = 2; taken.Contains(free) || Reserved(free); n++) free = $"{word}_{n.ToString(CultureInfo.InvariantCulture)}";
        return free;
    }

    /// <summary>True for words with a meaning in formulas, which cannot be keys.</summary>
    public static bool Reserved(string key) => key is "nulpunkt" or "baseline" or "mål" or "target";

    private static decimal? Number(ChainElement element, string property) =>
        element.Number(property) is { } number ? Amount.Of(number) : null;
}
