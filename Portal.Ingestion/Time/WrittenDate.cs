using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Time;

/// <summary>Why a text is no day and no month.</summary>
public enum WrittenDateProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not understood.</summary>
    NotUnderstood,

    /// <summary>Written as a day or month, but the calendar has none such.</summary>
    NoSuchDay,

    /// <summary>A week, a quarter, a half year or a year: not a day and not a month.</summary>
    LongerPeriod,

    /// <summary>A spreadsheet's number of a day, which a column that is not shown as dates gives.</summary>
    SerialNumber,
}

/// <summary>
/// A day or a month as people and spreadsheets write it, Danish or English: <c>jan-26</c>, <c>01-02-26</c>, <c>1/2-26</c>, <c>31-03-2026 00:00</c>, <c>1. februar 2026</c>, <c>2026/02</c>. Day stands before month
/// where both are numbers; years of two digits are of this century; a time of day is left out; with an offset from UTC the day is Copenhagen's. Pure.
/// </summary>
/// <param name="Day">The day; a month's first. Null when it is none.</param>
/// <param name="IsMonth">It was a month.</param>
/// <param name="Suggestion">For <see cref="WrittenDateProblem.SerialNumber"/> the day that it numbers.</param>
public readonly partial record struct WrittenDate(DateOnly? Day, bool IsMonth, WrittenDateProblem Problem, DateOnly? Suggestion = null)
{
    private const int MostCharacters = 60;
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D";
    private static readonly DateOnly SerialStart = new(1899, 12, 30);

    private static readonly string[][] Months =
    [
        ["januar", "january"], ["februar", "february"], ["marts", "march"], ["april"], ["maj", "may"], ["juni", "june"],
        ["juli", "july"], ["august"], ["september"], ["oktober", "october"], ["november"], ["december"],
    ];

    /// <summary>Reads a text.</summary>
    public static WrittenDate Read(string? text)
    {
        if (text is null || text.Length > MostCharacters) return Wrong(WrittenDateProblem.NotUnderstood);
        var rest = Plain(text).Trim().ToLowerInvariant();
        var zone = "";
        if (Clock().Match(rest) is { Success: true } clock)
        {
            if (!IsTime(clock)) return Wrong(WrittenDateProblem.NotUnderstood);
            zone = clock.Groups["zone"].Value;
            if (zone.Length > 0) return WithZone(rest);
            rest = rest[..clock.Index].TrimEnd(' ', ',');
        }

        rest = Weekday().Replace(rest, "").Trim();
        return Numbers(rest) ?? Names(rest) ?? Others(rest);
    }

    /// <summary>True when a time of day stands after the day, which <see cref="Read"/> leaves out.</summary>
    public static bool HasTime(string? text) => text is { Length: <= MostCharacters } && Clock().IsMatch(Plain(text).Trim().ToLowerInvariant());

    private static WrittenDate? Numbers(string text)
    {
        if (YearFirst().Match(text) is { Success: true } full) return Of(full.Groups[1], full.Groups[2], full.Groups[3]);
        if (DayFirst().Match(text) is { Success: true } danish) return Of(danish.Groups[3], danish.Groups[2], danish.Groups[1]);
        if (YearAndMonth().Match(text) is { Success: true } year) return Of(year.Groups[1], year.Groups[2], null);
        if (MonthAndYear().Match(text) is { Success: true } month) return Of(month.Groups[2], month.Groups[1], null);
        if (Close().Match(text) is { Success: true } close) return Of(close.Groups[1], close.Groups[2], close.Groups[3].Success ? close.Groups[3] : null);
        return null;
    }

    private static WrittenDate? Names(string text)
    {
        foreach (var match in new[] { NamedMonth().Match(text), YearThenName().Match(text), NameThenDay().Match(text) })
        {
            if (!match.Success || MonthOf(match.Groups["m"].Value) is not { } month) continue;
            return Of(Year(match.Groups["y"].Value), month, match.Groups["d"].Success ? int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture) : null);
        }

        return null;
    }

    private static WrittenDate Others(string text)
    {
        if (Period().IsMatch(text)) return Wrong(WrittenDateProblem.LongerPeriod);
        if (!Serial().IsMatch(text)) return Wrong(WrittenDateProblem.NotUnderstood);
        return new WrittenDate(null, false, WrittenDateProblem.SerialNumber, SerialStart.AddDays(int.Parse(text.AsSpan(0, 5), CultureInfo.InvariantCulture)));
    }

    private static WrittenDate WithZone(string text) =>
        DateTimeOffset.TryParse(text.ToUpperInvariant(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new WrittenDate(DanishTime.DateOf(at), false, WrittenDateProblem.None) : Wrong(WrittenDateProblem.NotUnderstood);

    private static bool IsTime(Match clock) =>
        int.Parse(clock.Groups["h"].ValueSpan, CultureInfo.InvariantCulture) <= 24 && int.Parse(clock.Groups["min"].ValueSpan, CultureInfo.InvariantCulture) < 60;

    private static WrittenDate Of(Group year, Group month, Group? day) =>
        Of(Year(year.Value), int.Parse(month.ValueSpan, CultureInfo.InvariantCulture), day is null ? null : int.Parse(day.ValueSpan, CultureInfo.InvariantCulture));

    private static WrittenDate Of(int year, int month, int? day)
    {
        var isDay = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && (day is null || (day >= 1 && day <= DateTime.DaysInMonth(year, month)));
        return isDay ? new WrittenDate(new DateOnly(year, month, day ?? 1), day is null, WrittenDateProblem.None) : Wrong(WrittenDateProblem.NoSuchDay);
    }

    private static int Year(string digits) => int.Parse(digits, CultureInfo.InvariantCulture) is var year && digits.Length == 2 ? 2000 + year : year;

    // Three letters or more of a name, in either language.
    private static int? MonthOf(string word) =>
        word.Length >= 3 && Array.FindIndex(Months, names => Array.Exists(names, n => n.StartsWith(word, StringComparison.Ordinal) || (word == "sept" && n == "september"))) is >= 0 and var at ? at + 1 : null;

    private static WrittenDate Wrong(WrittenDateProblem problem) => new(null, false, problem);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.DecimalDigitNumber) plain.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else if (Rune.IsWhiteSpace(rune)) plain.Append(' ');
            else if (category is UnicodeCategory.Format or UnicodeCategory.Control) continue;
            else if (rune.IsBmp && Dashes.Contains((char)rune.Value, StringComparison.Ordinal)) plain.Append('-');
            else plain.Append(rune);
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"(?:(?<=\d)t|(?<=[\d,]) +(?:kl\.? ?)?)(?<h>\d{1,2})[:.](?<min>\d{2})(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]m)?(?<zone> ?(?:z|[+-]\d{2}:?\d{2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:(?:man|tirs?|ons|tors?|fre|lør|søn)(?:dag)?|(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)?\.?,? *(?:den )?", RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(\d{1,2})(?:[-/.] ?| )(\d{1,2})(?:[-/.] ?| )(\d{4}|\d{2})\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(\d{4})(?:[-/. ]| ?m)(\d{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex YearAndMonth();

    [GeneratedRegex(@"^(\d{1,2})[-/. ](\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(@"^((?:19|20)\d{2})(\d{2})(\d{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Close();

    [GeneratedRegex(@"^(?:(?<d>\d{1,2})(?:\.|st|nd|rd|th)?[-/ ]*)?(?<m>\p{L}{3,})\.?[-/ ,]*'?(?<y>\d{4}|\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex NamedMonth();

    [GeneratedRegex(@"^(?<y>\d{4})[-/. ]*(?<m>\p{L}{3,})\.?(?:[-/ ]+(?<d>\d{1,2})\.?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex YearThenName();

    [GeneratedRegex(@"^(?<m>\p{L}{3,})\.? +(?<d>\d{1,2})(?:st|nd|rd|th)?,? +(?<y>\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex NameThenDay();

    [GeneratedRegex(
        @"^(?:(?:k|q|kv|kvt|kvartal|quarter|h|halvår|uge|u|week|w|år)\.? ?\d{1,2}(?:[-/. ,]+'?\d{2,4})?|\d{1,2}\.? ?(?:kvartal|kvt|kv|quarter|halvår|uge)\.?(?:[-/. ,]*'?\d{2,4})?"
        + @"|\d{4}[-/. ]*(?:k|q|kv|kvt|h|uge|u|w)\.? ?\d{1,2}|(?:år )?(?:19|20)\d{2})$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Period();

    [GeneratedRegex(@"^[1-9]\d{4}(?:[.,]\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Serial();
}
