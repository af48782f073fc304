namespace Portal.Ingestion.Domain;

/// <summary>
/// Danish working days: not Saturdays, Sundays, public holidays, 5 June, 24 and 31 December. The movable holidays are derived from Easter;
/// Store bededag counts through 2023 and is abolished from 2024.
/// </summary>
public static class DanishCalendar
{
    /// <summary>The reason of a Saturday that is nothing else.</summary>
    public const string Saturday = "lørdag";

    /// <summary>The reason of a Sunday that is nothing else.</summary>
    public const string Sunday = "søndag";

    private const int LastYearOfStoreBededag = 2023;

    /// <summary>Easter Sunday of a Gregorian year (Meeus, Jones and Butcher's algorithm).</summary>
    public static DateOnly Easter(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    /// <summary>The public holidays of a year with their Danish names, in date order.</summary>
    public static IReadOnlyList<(DateOnly Day, string Name)> Holidays(int year)
    {
        var easter = Easter(year);
        List<(DateOnly Day, string Name)> days =
        [
            (new(year, 1, 1), "nytårsdag"),
            (easter.AddDays(-3), "skærtorsdag"),
            (easter.AddDays(-2), "langfredag"),
            (easter, "1. påskedag"),
            (easter.AddDays(1), "2. påskedag"),
            (easter.AddDays(39), "Kristi himmelfartsdag"),
            (easter.AddDays(49), "1. pinsedag"),
            (easter.AddDays(50), "2. pinsedag"),
            (new(year, 12, 25), "1. juledag"),
            (new(year, 12, 26), "2. juledag"),
        ];
        if (year <= LastYearOfStoreBededag) days.Add((easter.AddDays(26), "store bededag"));
        return [.. days.OrderBy(d => d.Day)];
    }

    /// <summary>Why <paramref name="day"/> is not a working day, in Danish; null when it is one.</summary>
    public static string? WhyNotWorkingDay(DateOnly day)
    {
        foreach (var (holiday, name) in Holidays(day.Year))
        {
            if (holiday == day) return name;
        }

        return (day.Month, day.Day, day.DayOfWeek) switch
        {
            (6, 5, _) => "grundlovsdag",
            (12, 24, _) => "juleaftensdag",
            (12, 31, _) => "nytårsaftensdag",
            (_, _, DayOfWeek.Saturday) => Saturday,
            (_, _, DayOfWeek.Sunday) => Sunday,
            _ => null,
        };
    }

    /// <summary>True for a working day, on which a period may end.</summary>
    public static bool IsWorkingDay(DateOnly day) => WhyNotWorkingDay(day) is null;

    /// <summary><paramref name="day"/> itself when it is a working day, else the first one after it.</summary>
    public static DateOnly NextWorkingDay(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }
}
