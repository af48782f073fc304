using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain.Time;

/// <summary>Why a text is neither a day nor a month.</summary>
public enum WrittenDateProblem
{
    /// <summary>It is a day or a month.</summary>
    None,

    /// <summary>Not understood.</summary>
    NotUnderstood,

    /// <summary>Written as a day or month that does not exist in the calendar.</summary>
    NoSuchDay,

    /// <summary>A week, a quarter, a half year or a year: not a day and not a month.</summary>
    LongerPeriod,

    /// <summary>A day in American or in British order, and nothing shows which.</summary>
    EitherDay,

    /// <summary>A spreadsheet's serial number of a day, exported from a column that is not formatted as dates.</summary>
    SerialNumber,
}

/// <summary>
/// A day or a month as people and spreadsheets write it, Danish or English: <c>jan-26</c>, <c>01-02-26</c>, <c>1/2-26</c>,
/// <c>31-03-2026 00:00</c>, <c>1. februar 2026</c>, <c>2026/02</c>. The day comes before the month where both are numbers; two-digit years
/// are 20xx; with an offset from UTC the day is Copenhagen's. Pure.
/// </summary>
/// <param name="Day">The day, or the first day of a month; null when the text is neither.</param>
/// <param name="IsMonth">The text is a month.</param>
/// <param name="Suggestion">For <see cref="WrittenDateProblem.SerialNumber"/> the day that the number means.</param>
public readonly partial record struct WrittenDate(DateOnly? Day, bool IsMonth, WrittenDateProblem Problem, DateOnly? Suggestion = null)
{
    private const int MostCharacters = 60;
    private static readonly TimeSpan FarthestZone = TimeSpan.FromHours(14);
    private static readonly DateOnly SerialStart = new(1899, 12, 30);

    private static readonly string[][] Months =
    [
        ["januar", "january"], ["februar", "february"], ["marts", "march"], ["april"], ["maj", "may"], ["juni", "june"],
        ["juli", "july"], ["august"], ["september"], ["oktober", "october"], ["november"], ["december"],
    ];

    /// <summary>The time of day written after the day, at most 24 hours; null when there is none.</summary>
    public TimeSpan? Clock { get; init; }

    /// <summary>
    /// The moment (UTC) of the day and time, read as Copenhagen's without an offset from UTC; midnight for a day alone; null for a month
    /// and for a text that is not a day.
    /// </summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// Two numbers of which the first may be the month, as in American English: when another value of the same column can only be read so,
    /// this value is uncertain.
    /// </summary>
    public bool MayBeMonthFirst { get; init; }

    /// <summary>Can only be read with the month first: 3/31/2026.</summary>
    public bool IsMonthFirst => MayBeMonthFirst && Problem == WrittenDateProblem.NoSuchDay;

    /// <summary>Reads a text.</summary>
    public static WrittenDate Read(string? text)
    {
        if (text is null || text.Length > MostCharacters) return Wrong(WrittenDateProblem.NotUnderstood);
        var rest = PlainText.Of(text).Trim().TrimStart('\'').ToLowerInvariant();
        if (Quoted().Match(rest) is { Success: true } quoted) rest = quoted.Groups[1].Value.Trim();
        if (TimeOfDay().Match(rest) is not { Success: true } clock) return Timed(Dated(rest), null, null);
        if (ClockOf(clock) is not { } time) return Wrong(WrittenDateProblem.NotUnderstood);
        var date = Dated(rest[..clock.Index].TrimEnd(' ', ','));
        // With AM or PM the month is first in America and second in Britain: »1/2/2026 3:00 PM« may be either.
        if (date.MayBeMonthFirst && clock.Groups["half"].Success && date.Problem == WrittenDateProblem.None)
            return Wrong(WrittenDateProblem.EitherDay);
        var zone = clock.Groups["zone"].Value.Trim();
        if (zone.Length == 0) return Timed(date, time, null);
        // »08:00-10:00« is a range of time, not a time with an offset.
        var isRange = zone[0] == '-' && !clock.Groups["s"].Success && rest[clock.Index] != 't';
        return !isRange && ZoneOf(zone) is { } offset ? Timed(date, time, offset) : Wrong(WrittenDateProblem.NotUnderstood);
    }

    private static WrittenDate Dated(string text)
    {
        var rest = Weekday().Replace(text, "").Trim();
        return Numbers(rest) ?? Names(rest) ?? Others(rest);
    }

    // The day is Copenhagen's: 23:30 UTC belongs to the next day.
    private static WrittenDate Timed(WrittenDate date, TimeSpan? clock, TimeSpan? offset)
    {
        if (date.Day is not { } day) return date;
        if (date.IsMonth) return clock is null || clock == TimeSpan.Zero ? date : Wrong(WrittenDateProblem.NotUnderstood);
        var ticks = day.ToDateTime(TimeOnly.MinValue).Ticks + (clock ?? TimeSpan.Zero).Ticks - (offset ?? TimeSpan.Zero).Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return Wrong(WrittenDateProblem.NotUnderstood);
        var at = offset is null ? DanishTime.FromLocal(new DateTime(ticks)) : new DateTimeOffset(ticks, TimeSpan.Zero);
        return date with { Day = offset is null ? day : DanishTime.DateOf(at), Clock = clock, At = at };
    }

    private static WrittenDate? Numbers(string text)
    {
        if (YearFirst().Match(text) is { Success: true } full) return Of(full.Groups[1], full.Groups[2], full.Groups[3]);
        if (DayFirst().Match(text) is { Success: true } danish)
        {
            var first = int.Parse(danish.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var second = int.Parse(danish.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            var either = first is >= 1 and <= 12 && second is >= 1 and <= 31 && first != second;
            return Of(danish.Groups[3], danish.Groups[2], danish.Groups[1]) with { MayBeMonthFirst = either };
        }

        if (YearAndMonth().Match(text) is { Success: true } year) return Of(year.Groups[1], year.Groups[2], null);
        if (MonthAndYear().Match(text) is { Success: true } month) return Of(month.Groups[2], month.Groups[1], null);
        if (Close().Match(text) is { Success: true } close)
            return Of(close.Groups[1], close.Groups[2], close.Groups[3].Success ? close.Groups[3] : null);
        return null;
    }

    private static WrittenDate? Names(string text)
    {
        foreach (var match in new[] { NamedMonth().Match(text), YearThenName().Match(text), NameThenDay().Match(text) })
        {
            if (!match.Success || MonthOf(match.Groups["m"].Value) is not { } month) continue;
            return Of(Year(match.Groups["y"].Value), month,
                match.Groups["d"].Success ? int.Parse(match.Groups["d"].Value, CultureInfo.InvariantCulture) : null);
        }

        return null;
    }

    private static WrittenDate Others(string text)
    {
        if (Period().IsMatch(text)) return Wrong(WrittenDateProblem.LongerPeriod);
        if (!Serial().IsMatch(text)) return Wrong(WrittenDateProblem.NotUnderstood);
        return new WrittenDate(
            null, false, WrittenDateProblem.SerialNumber, SerialStart.AddDays(int.Parse(text.AsSpan(0, 5), CultureInfo.InvariantCulture)));
    }

    private static TimeSpan? ClockOf(Match clock)
    {
        int Part(string name) => clock.Groups[name].Success ? int.Parse(clock.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second) = (Part("h"), Part("min"), Part("s"));
        var part = clock.Groups["f"].Success ? decimal.Parse($"0.{clock.Groups["f"].Value}", CultureInfo.InvariantCulture) : 0;
        var fraction = (long)(part * TimeSpan.TicksPerSecond);
        if (clock.Groups["half"] is { Success: true, Value: var half })
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (half[0] == 'p' ? 12 : 0);
        }

        if (minute > 59 || second > 59 || hour > 24 || (hour == 24 && (minute > 0 || second > 0 || fraction > 0))) return null;
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(fraction);
    }

    private static TimeSpan? ZoneOf(string zone)
    {
        if (zone[0] is not ('+' or '-')) return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var (hours, minutes) = Math.DivRem(int.Parse(digits, CultureInfo.InvariantCulture), 100);
        var offset = new TimeSpan(hours, minutes, 0);
        return minutes > 59 || offset > FarthestZone ? null : zone[0] == '-' ? -offset : offset;
    }

    private static WrittenDate Of(Group year, Group month, Group? day) =>
        Of(Year(year.Value), int.Parse(month.ValueSpan, CultureInfo.InvariantCulture),
            day is null ? null : int.Parse(day.ValueSpan, CultureInfo.InvariantCulture));

    private static WrittenDate Of(int year, int month, int? day)
    {
        var isDay = year is >= 1 and <= 9999 && month is >= 1 and <= 12
            && (day is null || (day >= 1 && day <= DateTime.DaysInMonth(year, month)));
        return isDay
            ? new WrittenDate(new DateOnly(year, month, day ?? 1), day is null, WrittenDateProblem.None)
            : Wrong(WrittenDateProblem.NoSuchDay);
    }

    private static int Year(string digits) =>
        int.Parse(digits, CultureInfo.InvariantCulture) is var year && digits.Length == 2 ? 2000 + year : year;

    // The first three letters or more of a name, in either language.
    private static int? MonthOf(string word) =>
        word.Length >= 3 && Array.FindIndex(Months, names => Array.Exists(
            names, n => n.StartsWith(word, StringComparison.Ordinal) || (word == "sept" && n == "september"))) is >= 0 and var at
            ? at + 1
            : null;

    private static WrittenDate Wrong(WrittenDateProblem problem) => new(null, false, problem);

    [GeneratedRegex("^=?\"(.*)\"\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    // The time of day after a day: »T12:21:40.5+01:00«, »kl. 12.21«, »kl. 14«, »2:15 PM«; of basic ISO 8601 »T101500«.
    [GeneratedRegex(
        @"(?:(?<=\d)t(?<h>\d{2})(?<min>\d{2})(?<s>\d{2})?"
        + @"|(?:(?<=\d)t|(?<=\d)(?:, "
        + @"*| +)(?:kl[.:]? ?)?)(?<h>\d{1,2})[:.](?<min>\d{2})(?:[:.](?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?(?: ?(?<half>[ap])\.?m\.?)?"
        + @"|(?<=\d),? +kl[.:]? ?(?<h>\d{1,2}))(?<zone> ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();

    // Some programs shorten Danish weekdays to two letters.
    [GeneratedRegex(
        @"^(?:(?:(?:man|tirs?|ons|tors?|fre|lør|søn)(?:dag)?|(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:ma|ti"
        + @"|on|to|fr|lø|sø)(?=[., ]))\.?,? *)?"
        + @"(?:den |d\. ?|d )?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Weekday();

    [GeneratedRegex(@"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(\d{1,2})(?: ?[-/.] ?| )(\d{1,2})(?: ?[-/.] ?| )(\d{4}|\d{2})\.?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(\d{4})(?:[-/. ]|[- ]?m)(\d{1,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearAndMonth();

    [GeneratedRegex(@"^m?(\d{1,2})[-/. ](\d{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(@"^((?:19|20)\d{2})(\d{2})(\d{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Close();

    [GeneratedRegex(@"^(?:(?<d>\d{1,2})(?:\.|(?:st|nd|rd|th)(?: of)?)?[-/ ]*)?(?<m>\p{L}{3,})\.?[-/ ,]*'?(?<y>\d{4}|\d{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex NamedMonth();

    [GeneratedRegex(@"^(?<y>\d{4})[-/., ]*(?<m>\p{L}{3,})\.?(?:[-/ ]+(?<d>\d{1,2})\.?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex YearThenName();

    [GeneratedRegex(@"^(?<m>\p{L}{3,})\.?[- ]+(?<d>\d{1,2})(?:st|nd|rd|th)?(?:-|,? +)(?<y>\d{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameThenDay();

    [GeneratedRegex(
        @"^(?:(?:k|q|kv|kvt|kvartal|quarter|h|halvår|uge|u|week|w|år)\.? ?\d{1,2}(?:[-/. "
        + @",]+'?\d{2,4})?|\d{1,2}\.? ?(?:kvartal|kvt|kv|k|q|quarter|halvår|h|uge)\.?(?:[-/. ,]*'?\d{2,4})?"
        + @"|\d{4}[-/. ]*(?:k|q|kv|kvt|h|uge|u|w)\.? ?\d{1,2}|\d{4}[-/. "
        + @",]+\d{1,2}\.? ?(?:kvartal|kvt|kv|halvår|uge)\.?|(?:år(?:et)? )?(?:19|20)\d{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Period();

    [GeneratedRegex(@"^[1-9]\d{4}(?:[.,]\d+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Serial();
}
