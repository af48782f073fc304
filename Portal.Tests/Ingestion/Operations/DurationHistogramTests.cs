using CsCheck;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class DurationHistogramTests
{
    private static readonly Gen<double[]> Milliseconds = Gen.Double[1, 5e8].Array[1, 200];

    private static DurationHistogram Of(IEnumerable<double> milliseconds)
    {
        var histogram = new DurationHistogram();
        foreach (var value in milliseconds) histogram.Add(TimeSpan.FromMilliseconds(value));
        return histogram;
    }

    [Fact]
    public void A_percentile_is_never_too_small_and_at_most_a_step_too_large() =>
        Gen.Select(Milliseconds, Gen.Double[0, 1]).Sample((values, share) =>
        {
            var exact = values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(share * values.Length), 1, values.Length) - 1);
            var value = Of(values).Percentile(share)!.Value.TotalMilliseconds;
            return value >= exact - 0.001 && value <= (exact * DurationHistogram.Step) + 0.001;
        });

    [Fact]
    public void Merged_histograms_equal_one_of_all_values() =>
        Gen.Select(Milliseconds, Milliseconds, Gen.Double[0, 1]).Sample((one, other, share) =>
        {
            var together = Of(one);
            together.Add(Of(other));
            return together.Percentile(share) == Of(one.Concat(other)).Percentile(share) && together.Count == one.Length + other.Length;
        });

    [Fact]
    public void An_empty_histogram_has_no_quantile_and_a_clock_that_is_ahead_does_no_harm()
    {
        var histogram = new DurationHistogram();
        Assert.Null(histogram.Percentile(0.5));
        histogram.Add(TimeSpan.FromSeconds(-5));
        Assert.Equal(TimeSpan.FromMilliseconds(1), histogram.Percentile(0.5));
        histogram.Clear();
        Assert.Null(histogram.Percentile(0.95));
    }
}
