using System.Data.Common;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Whole numbers as the database keeps them. SQLite's columns take 64 bits regardless of their declared type; a damaged number that our 32
/// do not hold must not fail the query of all rows that are around it, so it is read as the nearest that they hold, which no row of ours
/// ever has.
/// </summary>
public static class StoredNumber
{
    /// <summary>The number, or the nearest that fits.</summary>
    public static int Of(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    /// <summary>True for a number of the database that did not fit.</summary>
    public static bool IsUnreadable(int number) => number is int.MinValue or int.MaxValue;

    /// <summary>Stands for a decimal that cannot be read; beyond every amount that is ever stored.</summary>
    internal const decimal UnreadableDecimal = decimal.MinValue;

    /// <summary>True for a decimal of the database that was none.</summary>
    public static bool IsUnreadable(decimal? number) => number == UnreadableDecimal;

    /// <summary>Adds one, at most the largest number.</summary>
    public static int Next(int number) => number == int.MaxValue ? number : number + 1;

    /// <summary>A column of a row that is read by hand.</summary>
    internal static int GetNumber(this DbDataReader row, int column) => Of(row.GetInt64(column));
}
