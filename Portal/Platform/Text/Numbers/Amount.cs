namespace Portal.Platform.Text.Numbers;

/// <summary>
/// Bounded decimal arithmetic: an amount is between -10^12 and 10^12, after every step. All arithmetic on benefits uses it; each method
/// returns null when an operand or the result is out of range. Nothing here overflows: whether a product or quotient fits is estimated
/// before it is computed.
/// </summary>
public static class Amount
{
    /// <summary>The largest amount; <c>-Largest</c> is the smallest.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    // Twelfths and thirds leave an error in the last of 28 digits; twelve of them, multiplied up, stay far below half a unit of this one.
    private const int SettledDecimals = 12;

    // A little above Largest: a result that passes the estimate is computed exactly and then compared with Largest.
    private const double Estimate = 1.0001e12;

    /// <summary>True when the value is in range.</summary>
    public static bool Fits(decimal value) => value is <= Largest and >= -Largest;

    /// <summary>The amount; null when it is out of range.</summary>
    public static decimal? Of(decimal value) => Fits(value) ? value : null;

    /// <summary>
    /// The value without what repeated division has left of it: twelve twelfths of 348,5 are 348,5 and are then rounded to 349, as the
    /// same sum is when it is calculated by hand. For results alone: a settled value is not to be calculated on with.
    /// </summary>
    public static decimal Settle(decimal value) => Math.Round(value, SettledDecimals, MidpointRounding.AwayFromZero);

    /// <summary>The amount of a <c>double</c>, which chains store; null when it is out of range or not finite.</summary>
    public static decimal? Of(double value) => double.IsFinite(value) && Math.Abs(value) < Estimate ? Of((decimal)value) : null;

    /// <summary>The sum; null when out of range.</summary>
    public static decimal? Add(decimal one, decimal other) => Fits(one) && Fits(other) ? Of(one + other) : null;

    /// <summary><paramref name="one"/> minus <paramref name="other"/>; null when out of range.</summary>
    public static decimal? Subtract(decimal one, decimal other) => Fits(one) && Fits(other) ? Of(one - other) : null;

    /// <summary>The product; null when out of range.</summary>
    public static decimal? Multiply(decimal one, decimal other) =>
        Fits(one) && Fits(other) && Math.Abs((double)one * (double)other) < Estimate ? Of(one * other) : null;

    /// <summary>The quotient; null when out of range or divided by zero.</summary>
    public static decimal? Divide(decimal one, decimal other) =>
        Fits(one) && Fits(other) && other != 0 && Math.Abs((double)one / (double)other) < Estimate ? Of(one / other) : null;

    /// <summary>The sum; 0 for no values, null when any partial sum is out of range.</summary>
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
    /// The mean; null when a value is out of range, or there are none. Partial sums may exceed the range, since the mean of values in range
    /// is in range.
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
