using System.Globalization;

namespace Portal.Features.Chains.Document;

/// <summary>
/// How numbers are in values: invariant, without exponent. What people count is as they wrote it, or is refused; only places on the
/// canvas are rounded. Pure.
/// </summary>
public static class ChainNumber
{
    /// <summary>Largest number either way; beyond it a box would be lost and a figure absurd.</summary>
    public const double Largest = 1e12;

    /// <summary>Most digits of a number that all who read it keep: beyond them it would come back as another.</summary>
    public const int MostDigits = 15;

    /// <summary>
    /// A number exactly as it was written, <c>0.0125</c> for <c>1.25e-2</c>; null for what is no number, and for one of more than
    /// <see cref="MostDigits"/> digits.
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

    /// <summary>A place on the canvas, to a thousandth: <c>12.5</c>.</summary>
    public static string Write(double number) =>
        Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
