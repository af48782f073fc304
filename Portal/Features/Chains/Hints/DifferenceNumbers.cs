using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Features.Chains.Document;

namespace Portal.Features.Chains.Hints;

/// <summary>Checks the numbers in a difference against those of the problems, futures and results that lead to it.</summary>
internal static partial class DifferenceNumbers
{
    private const double Slack = 0.02;

    /// <summary>
    /// True when the text has a number that none of theirs explains (within 2 %). Boxes without numbers disagree with nothing.
    /// </summary>
    public static bool Disagree(ChainElement difference, Reachability reachability, IReadOnlyList<ChainElement> boxes)
    {
        var numbers = Numbers(difference.Text).Where(n => n > 1).ToList();
        if (numbers.Count == 0) return false;
        var sources = reachability.SourcesOf(difference.Id).Where(Counts).ToList();
        if (sources.Count == 0) sources = [.. boxes.Where(Counts)];
        var ranges = sources.Select(s => s.Volume).OfType<ChainVolume>().SelectMany(Ranges).ToList();
        ranges.AddRange(Gaps(sources));
        // A number in their texts counts too.
        ranges.AddRange(sources.SelectMany(s => Numbers($"{s.Text} {s.Consequence}")).Select(n => (n, n)));
        return ranges.Count > 0 && numbers.Exists(n => !ranges.Exists(r => n >= r.Low * (1 - Slack) && n <= r.High * (1 + Slack)));
    }

    private static bool Counts(ChainElement element) => element.Kind is ChainKind.Problem or ChainKind.Future or ChainKind.Result;

    private static IEnumerable<(double Low, double High)> Ranges(ChainVolume volume)
    {
        if (volume.Count is { } count)
        {
            var (low, high) = (volume.Low ?? count, volume.High ?? count);
            yield return (low, high);
            var year = volume.PerYear / count ?? 1;
            if (double.IsFinite(year)) yield return (low * year, high * year);
            // Volume × minutes ÷ 60: hours a year.
            if (volume.MinutesEach is { } minutes && double.IsFinite(year))
                yield return (low * year * minutes / 60, high * year * minutes / 60);
        }

        if (volume.MinutesEach is { } each) yield return (each, each);
        if (volume.Share is { } share) yield return (share * 100, share * 100);
    }

    private static IEnumerable<(double Low, double High)> Gaps(List<ChainElement> sources) =>
        from today in sources.Where(s => s.Kind == ChainKind.Problem).Select(s => s.Volume?.PerYear)
        from future in sources.Where(s => s.Kind == ChainKind.Future).Select(s => s.Volume?.PerYear)
        where today is not null && future is not null
        select (Math.Abs(today.Value - future.Value), Math.Abs(today.Value - future.Value));

    private static IEnumerable<double> Numbers(string text) => Number().Matches(text).Select(m => double.Parse(
        m.Value.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<![\p{L}\d.,])([1-9]\d{0,2}(\.\d{3})+|\d{1,9})(,\d{1,3})?(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
