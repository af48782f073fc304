using System.Text.RegularExpressions;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Formulas;

/// <summary>
/// A unit as powers of base units. Minutes and hours are separate, so that a forgotten »÷ 60« is found. Cases, letters and people are all
/// counts; a count times minutes is minutes, since the minutes are per case.
/// </summary>
public readonly record struct Unit(int Minutes, int Hours, int Days, int Money, int Count, bool Percent = false)
{
    /// <summary>A number without unit.</summary>
    public static Unit None { get; }

    public static Unit OfMinutes { get; } = new(1, 0, 0, 0, 0);

    public static Unit OfHours { get; } = new(0, 1, 0, 0, 0);

    public static Unit OfDays { get; } = new(0, 0, 1, 0, 0);

    public static Unit OfMoney { get; } = new(0, 0, 0, 1, 0);

    public static Unit OfCount { get; } = new(0, 0, 0, 0, 1);

    /// <summary>Hundredths: in a formula 98,6 % is 0,986.</summary>
    public static Unit OfPercent { get; } = new(0, 0, 0, 0, 0, true);

    /// <summary>Converts a value in this unit to the units of formulas: percent to shares.</summary>
    public decimal Enter(decimal value) => Percent ? value / 100 : value;

    /// <summary>The inverse of <see cref="Enter"/>; null when the result is beyond <see cref="Amount"/>.</summary>
    public decimal? Leave(decimal value) => Percent ? Amount.Multiply(value, 100) : Amount.Of(value);

    /// <summary>True when values of the two units can be added and compared; percent and plain numbers can.</summary>
    public bool IsLike(Unit other) => this with { Percent = false } == other with { Percent = false };

    /// <summary>The unit of a product. Sixty times hours is minutes.</summary>
    public static Unit Times(Unit one, Unit other, bool bySixty) => bySixty
        ? one with { Percent = false } switch { { Hours: > 0 } u =>
            u with { Hours = u.Hours - 1, Minutes = u.Minutes + 1 }, { Minutes: < 0 } u =>
                u with { Minutes = u.Minutes + 1, Hours = u.Hours - 1 }, var u => u }
        : new Unit(one.Minutes + other.Minutes, one.Hours + other.Hours, one.Days + other.Days, one.Money + other.Money,
            one.Count + other.Count).WithCountFolded();

    /// <summary>The unit of a quotient. Minutes divided by sixty are hours.</summary>
    public static Unit Over(Unit one, Unit other, bool bySixty) => bySixty
        ? one with { Percent = false } switch { { Minutes: > 0 } u =>
            u with { Minutes = u.Minutes - 1, Hours = u.Hours + 1 }, { Hours: < 0 } u =>
                u with { Hours = u.Hours + 1, Minutes = u.Minutes - 1 }, var u => u }
        : new Unit(one.Minutes - other.Minutes, one.Hours - other.Hours, one.Days - other.Days, one.Money - other.Money,
            one.Count - other.Count).WithCountFolded();

    // Counts are dropped next to other units (minutes per case × cases), and count × count is a count.
    private Unit WithCountFolded() =>
        this with { Count = Minutes != 0 || Hours != 0 || Days != 0 || Money != 0 ? 0 : Math.Clamp(Count, -1, 1) };
}

/// <summary>Parses the units that people write: <c>timer/år</c>, <c>min</c>, <c>kr.</c>, <c>%</c>, <c>tvister om året</c>.</summary>
public static partial class UnitText
{
    /// <summary>Parses a written unit. A period after it (<c>/år</c>, <c>pr. måned</c>, <c>om året</c>) is not part of the unit.</summary>
    public static Unit Parse(string? text)
    {
        var word = Period().Replace((text ?? "").Trim().ToLowerInvariant(), "").Trim();
        if (word.Length == 0) return Unit.None;
        if (Each().Match(word) is { Success: true } each && Word(word[..each.Index]) is var whole && whole != Unit.OfCount) return whole;
        return Word(word);
    }

    /// <summary>The unit as written, without its period: <c>breve</c> of <c>breve/år</c> and of <c>breve om året</c>.</summary>
    public static string WithoutPeriod(string? text)
    {
        var whole = (text ?? "").Trim();
        var bare = Period().Match(whole.ToLowerInvariant()) is { Success: true } period ? whole[..period.Index] : whole;
        return bare.Split('/')[0].Trim();
    }

    /// <summary>The unit of a word that may follow a number in a formula; null for any other word.</summary>
    public static Unit? Literal(string word) => Word(word.Trim().ToLowerInvariant()) is var unit && unit != Unit.OfCount ? unit
        : word is "stk" or "stk." or "sager" or "breve" or "tvister" ? Unit.OfCount
        : null;

    /// <summary>
    /// The months of the period in a unit: 12 for a year, 3 for a quarter, 1 for a month; null for other periods and without one.
    /// </summary>
    public static int? MonthsOf(string? text) => Period().Match((text ?? "").ToLowerInvariant()) is { Success: true } match
        ? match.Groups[1].Value[0] switch { 'å' or 'y' => 12, 'k' => 3, 'm' => 1, _ => null }
        : null;

    private static Unit Word(string word) => word.Trim() switch
    {
        "" or "tal" or "point" or "score" or "indeks" or "karakter" or "faktor" => Unit.None,
        "min" or "min." or "minut" or "minutter" or "minutes" => Unit.OfMinutes,
        "t" or "time" or "timer" or "hours" or "h" => Unit.OfHours,
        "dag" or "dage" or "døgn" or "days" => Unit.OfDays,
        "kr" or "kr." or "krone" or "kroner" or "dkk" => Unit.OfMoney,
        "%" or "pct" or "pct." or "procent" or "percent" => Unit.OfPercent,
        _ when word.StartsWith("af ", StringComparison.Ordinal) => Unit.None,
        _ => Unit.OfCount,
    };

    [GeneratedRegex(@"\s*(?:/|\bpr\.?\s*|\bper\s+|\bom\s+)(år(?:et)?|year|måned(?:en)?|md\.?|month|kvartal(?:et)?|uge(?:n)?|dag(?:en)?)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Period();

    [GeneratedRegex(@"\s*(?:/|\bpr\.?\s+|\bper\s+)\S", RegexOptions.CultureInvariant)]
    private static partial Regex Each();
}
