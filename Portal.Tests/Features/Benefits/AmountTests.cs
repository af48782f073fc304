using CsCheck;
using Portal.Platform.Text.Numbers;
using Xunit;

namespace Portal.Tests.Features.Benefits;

public sealed class AmountTests
{
    // Decimals of every scale, at the limit of Amount, and far beyond it.
    private static Gen<decimal> Const(params decimal[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private static readonly Gen<decimal> Any = Gen.OneOf(
        Gen.Decimal, Const(0m, 1m, -1m, Amount.Largest, -Amount.Largest, Amount.Largest + 0.0001m, decimal.MaxValue, decimal.MinValue,
            0.0000000000000000000000000001m, 999_999_999_999.99999999m),
        Gen.Select(Gen.Long[-2_000_000_000_000, 2_000_000_000_000], Gen.Int[0, 12]).Select((n, scale) => n / (decimal)Math.Pow(10, scale)));

    [Fact]
    public void No_step_throws_and_none_gives_more_than_the_rule_allows() => Gen.Select(Any, Any).Sample((one, other) =>
    {
        foreach (var result in new[] { Amount.Of(one), Amount.Add(one, other), Amount.Subtract(one, other), Amount.Multiply(one, other),
            Amount.Divide(one, other), Amount.Sum([one, other]), Amount.Mean([one, other]) })
        {
            if (result is { } value && !Amount.Fits(value)) return false;
        }

        return true;
    });

    [Fact]
    public void What_fits_is_exactly_what_plain_arithmetic_gives() =>
        Gen.Select(Any, Any).Where(p => Amount.Fits(p.Item1) && Amount.Fits(p.Item2)).Sample((one, other) =>
            Amount.Add(one, other) == Kept(() => one + other) && Amount.Subtract(one, other) == Kept(() => one - other)
            && Amount.Multiply(one, other) == Kept(() => one * other)
            && (other == 0 ? Amount.Divide(one, other) is null : Amount.Divide(one, other) == Kept(() => one / other)));

    [Fact]
    public void Numbers_within_the_rule_always_have_a_mean_and_a_sum_stops_at_the_first_step_beyond()
    {
        Assert.Equal(Amount.Largest, Amount.Mean([.. Enumerable.Repeat(Amount.Largest, 120)]));
        Assert.Null(Amount.Sum([Amount.Largest, 1, -1]));
        Assert.Equal(0, Amount.Sum([]));
        Assert.Null(Amount.Mean([]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e28)]
    [InlineData(-1e300)]
    public void What_is_no_amount_gives_none(double value) => Assert.Null(Amount.Of(value));

    private static decimal? Kept(Func<decimal> work)
    {
        try
        {
            return Amount.Of(work());
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
