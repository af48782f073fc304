using System.Globalization;

namespace Portal.Features.Chains.Document;

/// <summary>
/// Formats the numbers of values: invariant culture, no exponent. Numbers that people enter are stored exactly or refused; only positions
/// on the canvas are rounded. Pure.
/// </summary>
public static class ChainNumber
{
    /// <summary>The largest absolute value.</summary>
    public const double Largest = 1e12;

    /// <summary>The most significant digits that a double keeps: a number with more would come back changed.</summary>
    public const int MostDigits = 15;

    /// <summary>
    /// A number exactly as written but without exponent, <c>0.0125</c> for <c>1.25e-2</c>; null for what is not a number, is beyond
    /// <see cref="Largest"/>, or has more than <see cref="MostDigits"/> digits.
    /// </summary>
    public static string? Exact(string? text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var near) || !double.IsFinite(near)) return null;
        if (Math.Abs(near) > Largest) return null;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
        return number == 0 && near != 0 ? null : Exact(number);
    }

    /// <summary>
    /// The number exactly; null when it is beyond <see cref="Largest"/> or has more than <see cref="MostDigits"/> digits.
    /// </summary>
    public static string? Exact(decimal number)
    {
        if (Math.Abs(number) > (decimal)Largest || (decimal)(double)number != number) return null;
        return number.ToString("0.############################", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
    }

    /// <summary>A position on the canvas, rounded to a thousandth of a pixel: <c>12.5</c>.</summary>
    public static string Write(double number) =>
        Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
