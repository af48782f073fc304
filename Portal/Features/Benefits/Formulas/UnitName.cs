using System.Globalization;
using Portal.Features.Benefits.Problems;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Formulas;

/// <summary>The name of a unit in error messages of formulas: <c>minutter pr. sag</c>, <c>et rent tal</c>.</summary>
public sealed record UnitName(Unit Unit) : ILocalizedText
{
    /// <inheritdoc />
    public string In(CultureInfo language)
    {
        string Say(string key, params object[] places) => ProblemTexts.Of(key, places).In(language);
        if (Unit.Percent) return Say("UnitPercent");
        var over = new List<string>();
        var under = new List<string>();
        foreach (var (power, many, one) in new[] { (Unit.Minutes, "UnitMinutes", "UnitMinute"), (Unit.Hours, "UnitHours", "UnitHour"),
            (Unit.Days, "UnitDays", "UnitDay"), (Unit.Money, "UnitKroner", "UnitKrone"), (Unit.Count, "UnitCount", "UnitPiece") })
        {
            if (power > 0) over.Add(power == 1 ? Say(many) : Say("UnitPower", Say(many), power));
            if (power < 0) under.Add(power == -1 ? Say(one) : Say("UnitPower", Say(one), -power));
        }

        var text = over.Count == 0 ? Say("UnitNone") : string.Join($" {Say("UnitTimes")} ", over);
        return under.Count == 0 ? text : $"{text} {Say("UnitPer")} {string.Join($" {Say("UnitAnd")} ", under)}";
    }
}
