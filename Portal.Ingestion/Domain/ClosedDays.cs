using System.Globalization;

namespace Portal.Ingestion.Domain;

/// <summary>
/// Days on which a deadline of a case type does not end, besides those that are not working days everywhere: some authorities move a
/// deadline from the Friday after Kristi himmelfart. <c>Evidence:ExtraClosedDays</c>.
/// </summary>
public sealed record ClosedDays(ValueList<string> Names)
{
    /// <summary>The Friday after Kristi himmelfart.</summary>
    public const string FridayAfterAscension = "friday-after-ascension";

    private const int AscensionFriday = 40;

    /// <summary>None besides those that are not working days everywhere.</summary>
    public static ClosedDays None { get; } = new([]);

    /// <summary>True for a name of a day: <see cref="FridayAfterAscension"/>, or a day of the year as <c>MM-dd</c>.</summary>
    public static bool IsName(string? name) => name == FridayAfterAscension || DayOfYear(name) is not null;

    /// <summary>Why no deadline ends on <paramref name="day"/>, in Danish; null when one may.</summary>
    public string? WhyClosed(DateOnly day) => DanishCalendar.WhyNotWorkingDay(day)
        ?? (Names.Contains(FridayAfterAscension) && day == DanishCalendar.Easter(day.Year).AddDays(AscensionFriday)
            ? "fredag efter Kristi himmelfart"
            : Names.Any(n => DayOfYear(n) == (day.Month, day.Day)) ? "lukkedag" : null);

    /// <summary><paramref name="day"/> itself when a deadline may end on it, else the first such day after it.</summary>
    public DateOnly Next(DateOnly day)
    {
        while (WhyClosed(day) is not null) day = day.AddDays(1);
        return day;
    }

    // Held against a leap year, so that 02-29 is a day.
    private static (int Month, int Day)? DayOfYear(string? name) =>
        DateOnly.TryParseExact($"2000-{name}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (day.Month, day.Day)
            : null;
}
