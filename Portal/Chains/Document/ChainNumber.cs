using System.Globalization;

namespace Portal.Chains.Document;

/// <summary>How numbers stand in values: invariant, at most three decimals.</summary>
public static class ChainNumber
{
    /// <summary>Largest number either way; beyond it a box would be lost and a figure absurd.</summary>
    public const double Largest = 1e12;

    /// <summary><c>12.5</c>.</summary>
    public static string Write(double number) => Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;
}
