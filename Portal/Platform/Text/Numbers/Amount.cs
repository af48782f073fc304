namespace Portal.Platform.Text.Numbers;

/// <summary>
/// The one rule for numbers: an amount is at most 10^12 either way, after every step. All arithmetic on benefits goes through here; each
/// call gives null where its result, or what goes into it, is beyond the rule. Nothing here overflows or throws: whether a product or a
/// quotient fits is estimated before it is made.
/// </summary>
public static class Amount
{
    /// <summary>Largest amount either way.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    // A little above the rule: what passes is made exactly and then held against the rule itself.
    private const double Estimate = 1.0001e12;

    /// <summary>Keeps to the rule.</summary>
    public static bool Fits(decimal value) => value is <= Largest and >= -Largest;

    /// <summary>The amount; null when it is beyond the rule.</summary>
    public static decimal? Of(decimal value) => Fits(value) ? value : null;

    /// <summary>The amount of a number as chains store them; null when it is beyond the rule or no number.</summary>
    public static decimal? Of(double value) => double.IsFinite(value) && Math.Abs(value) < Estimate ? Of((decimal)value) : null;

    /// <summary>The sum of two.</summary>
    public static decimal? Add(decimal one, decimal other) => Fits(one) && Fits(other) ? Of(one + other) : null;

    /// <summary>What is left of one when the other is taken away.</summary>
    public static decimal? Subtract(decimal one, decimal other) => Fits(one) && Fits(other) ? Of(one - other) : null;

    /// <summary>The product.</summary>
    public static decimal? Multiply(decimal one, decimal other) =>
        Fits(one) && Fits(other) && Math.Abs((double)one * (double)other) < Estimate ? Of(one * other) : null;

    /// <summary>The quotient; null for a division by zero too.</summary>
    public static decimal? Divide(decimal one, decimal other) =>
        Fits(one) && Fits(other) && other != 0 && Math.Abs((double)one / (double)other) < Estimate ? Of(one / other) : null;

    /// <summary>The sum of many, each step of it within the rule; 0 for none.</summary>
    public static decimal? Sum(IEnumerable<decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        decimal? sum = 0;
        foreach (var value in values)
        {
            sum = Add(sum.Value, value);
            if (sum is null) return null;
        }

        return sum;
    }

    /// <summary>
    /// The mean; null when one of them is beyond the rule, or there is none. Amounts within the rule always have a mean within it.
    /// </summary>
    public static decimal? Mean(IReadOnlyCollection<decimal> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sum = 0m;
        foreach (var value in values)
        {
            if (!Fits(value)) return null;
            sum += value;
        }

        return values.Count == 0 ? null : Of(sum / values.Count);
    }
}
