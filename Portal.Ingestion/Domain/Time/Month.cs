using System.Globalization;

namespace Portal.Ingestion.Domain.Time;

/// <summary>A calendar month in Copenhagen, by which benefits are counted. <paramref name="Number"/> counts months since year 0.</summary>
public readonly record struct Month(int Number) : IComparable<Month>
{
    /// <summary>The month of a year; 1 is January.</summary>
    public static Month Of(int year, int month) => new((year * 12) + month - 1);

    /// <summary>The month that a date lies in.</summary>
    public static Month Of(DateOnly date) => Of(date.Year, date.Month);

    /// <summary>The month that a moment lies in, in Copenhagen.</summary>
    public static Month Of(DateTimeOffset at) => Of(DanishTime.DateOf(at));

    // A number from the database may be damaged: it is shown as the nearest month that has days before and after it.
    private const int Earliest = 13;
    private const int Latest = (9999 * 12) + 10;

    public int Year => Real / 12;

    /// <summary>1–12.</summary>
    public int OfYear => (Real % 12) + 1;

    private int Real => Math.Clamp(Number, Earliest, Latest);

    /// <summary>Its first day.</summary>
    public DateOnly First => new(Year, OfYear, 1);

    /// <summary>Its last day.</summary>
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>When it begins, UTC.</summary>
    public DateTimeOffset Begins => DanishTime.FromLocal(First.ToDateTime(TimeOnly.MinValue));

    /// <summary>When it ends and the next begins, UTC.</summary>
    public DateTimeOffset Ends => DanishTime.EndOf(Last);

    public static Month operator +(Month month, int months) => new(month.Number + months);

    public static int operator -(Month one, Month other) => one.Number - other.Number;

    public static bool operator <(Month one, Month other) => one.Number < other.Number;

    public static bool operator >(Month one, Month other) => one.Number > other.Number;

    public static bool operator <=(Month one, Month other) => one.Number <= other.Number;

    public static bool operator >=(Month one, Month other) => one.Number >= other.Number;

    /// <summary>The same as <c>+</c>.</summary>
    public static Month Add(Month month, int months) => month + months;

    /// <summary>The same as <c>-</c>.</summary>
    public static int Subtract(Month one, Month other) => one - other;

    /// <inheritdoc />
    public int CompareTo(Month other) => Number.CompareTo(other.Number);

    /// <summary><c>2026-11</c>, as in addresses.</summary>
    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Reads <c>2026-11</c>; null for anything else.</summary>
    public static Month? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        && first.Year is >= 1900 and <= 2200 ? Of(first) : null;
}
