using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>What a chart draws.</summary>
/// <param name="Months">Every month of the period.</param>
/// <param name="BaselineLevel">The baseline per month; null without one.</param>
/// <param name="Targets">The targets that held, in order; a target that was changed is a line with a step. Empty without one.</param>
internal sealed record ChartSeries(
    string Title, IReadOnlyList<ReportMonth> Months, double? BaselineLevel, IReadOnlyList<ChartTarget> Targets)
{
    /// <summary>How the target was changed, in words; empty when it was not.</summary>
    public string TargetChanges { get; init; } = "";

    /// <summary>The target of the last month; null without one.</summary>
    public double? LastTarget => Targets is [.., var last] && last.Last == Months.Count - 1 ? last.Level : null;
}

/// <summary>Months in a row with the same target.</summary>
/// <param name="First">The number of the first month, from 0.</param>
/// <param name="Last">The number of the last month.</param>
/// <param name="Level">The target per month.</param>
internal sealed record ChartTarget(int First, int Last, double Level)
{
    /// <summary>One target for all months; none for null.</summary>
    public static IReadOnlyList<ChartTarget> Throughout(int months, double? level) =>
        level is { } known && months > 0 ? [new(0, months - 1, known)] : [];
}

/// <summary>A month of the period. Without data <paramref name="Level"/> is null, and <paramref name="Text"/> says so.</summary>
public sealed record ReportMonth(string Name, double? Level, string Text);

/// <summary>Scales a chart's months and levels to 0–1. Pure.</summary>
/// <param name="Low">The lowest level shown.</param>
/// <param name="High">The highest level shown.</param>
/// <param name="Runs">Runs of consecutive months with a value; a month without one ends a run.</param>
internal sealed record ChartScale(int Months, double Low, double High, IReadOnlyList<IReadOnlyList<(int Number, double Level)>> Runs)
{
    /// <summary>The scale of a row, which includes its baseline and target.</summary>
    /// <param name="fromZero">True to extend the scale to zero.</param>
    public static ChartScale Of(ChartSeries row, bool fromZero)
    {
        var runs = new List<IReadOnlyList<(int, double)>>();
        List<(int, double)>? run = null;
        for (var n = 0; n < row.Months.Count; n++)
        {
            if (row.Months[n].Level is not { } level)
            {
                run = null;
                continue;
            }

            if (run is null) runs.Add(run = []);
            run.Add((n, level));
        }

        var levels = row.Months.Select(m => m.Level).Append(row.BaselineLevel).Concat(row.Targets.Select(t => (double?)t.Level))
            .OfType<double>().ToList();
        var (low, high) = levels.Count == 0 ? (0, 0) : (levels.Min(), levels.Max());
        return new ChartScale(row.Months.Count, fromZero && low > 0 ? 0 : low, fromZero && high < 0 ? 0 : high, runs);
    }

    /// <summary>The position of a month, 0 at the left.</summary>
    public double Across(int month) => Months < 2 ? 0.5 : (double)month / (Months - 1);

    /// <summary>The position of a level, 0 at the bottom; 0.5 when all are equal.</summary>
    public double Up(double level) => High <= Low ? 0.5 : (level - Low) / (High - Low);

    /// <summary>A run as a line; null for a run of one month.</summary>
    /// <param name="at">The place of a month and its level.</param>
    public static PathShape? Line(IReadOnlyList<(int Number, double Level)> run, Func<int, double, (double X, double Y)> at) =>
        run.Count < 2 ? null : new PathShape(
            string.Concat(run.Select((point, n) => $"{(n == 0 ? 'M' : 'L')}{Written(at(point.Number, point.Level))}")), null,
            new Stroke(ChartColours.Line, 2));

    /// <summary>A line across the chart, in the style of the baseline, the target or the axis.</summary>
    public static PathShape Across(double left, double right, double y, Stroke stroke) =>
        new($"M{Written((left, y))}H{Written(right)}", null, stroke);

    /// <summary>
    /// The targets as lines: a step half-way between the months where one takes over from another, a gap where there is none.
    /// </summary>
    /// <param name="x">The place of a month.</param>
    /// <param name="y">The place of a level.</param>
    public static IEnumerable<PathShape> Steps(
        IReadOnlyList<ChartTarget> targets, int months, double left, double right, Func<int, double> x, Func<double, double> y)
    {
        double From(int month) => month == 0 ? left : (x(month - 1) + x(month)) / 2;
        double To(int month) => month == months - 1 ? right : (x(month) + x(month + 1)) / 2;
        for (var n = 0; n < targets.Count; n++)
        {
            var first = targets[n];
            var path = $"M{Written((From(first.First), y(first.Level)))}H{Written(To(first.Last))}";
            for (; n + 1 < targets.Count && targets[n + 1].First == targets[n].Last + 1; n++)
            {
                var next = targets[n + 1];
                path += $"V{Written(y(next.Level))}H{Written(To(next.Last))}";
            }

            yield return new PathShape(path, null, ChartColours.Target);
        }
    }

    private static string Written(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Written((double X, double Y) at) => string.Create(CultureInfo.InvariantCulture, $"{at.X:0.#} {at.Y:0.#}");
}

/// <summary>The colours of charts and sparklines; on white each has a contrast of 3:1, and text of 4.5:1.</summary>
internal static class ChartColours
{
    public const string Line = "#0b5566", Text = "#566573", TargetText = "#176b35";

    public static Stroke Axis { get; } = new("#8497a3");

    public static Stroke Baseline { get; } = new("#566573", 1, [1.5, 3]);

    public static Stroke Target { get; } = new("#176b35", 1, [6, 3]);
}
