using System.Data.Common;

namespace Portal.Ingestion.Storage;

/// <summary>
/// Integers read from the database. SQLite stores 64 bits regardless of a column's declared type; a damaged number that exceeds 32 bits
/// must not fail the whole query, so it is read as <c>int.MinValue</c> or <c>int.MaxValue</c>, which the portal never stores.
/// </summary>
public static class StoredNumber
{
    /// <summary>The number, or the nearest that fits.</summary>
    public static int Of(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);

    /// <summary>True for a number that did not fit when it was read.</summary>
    public static bool IsUnreadable(int number) => number is int.MinValue or int.MaxValue;

    /// <summary>What an unreadable decimal is read as; beyond every stored amount.</summary>
    internal const decimal UnreadableDecimal = decimal.MinValue;

    /// <summary>True for a decimal that could not be read.</summary>
    public static bool IsUnreadable(decimal? number) => number == UnreadableDecimal;

    /// <summary>Adds one, without overflow.</summary>
    public static int Next(int number) => number == int.MaxValue ? number : number + 1;

    /// <summary>A 32-bit column of a data reader.</summary>
    internal static int GetNumber(this DbDataReader row, int column) => Of(row.GetInt64(column));
}
