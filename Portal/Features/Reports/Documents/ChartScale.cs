using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>What a chart draws.</summary>
/// <param name="Months">Every month of the period.</param>
/// <param name="BaselineLevel">The baseline per month; null without one.</param>
/// <param name="TargetLevel">The target per month; null without one.</param>
internal sealed record ChartSeries(string Title, IReadOnlyList<ReportMonth> Months, double? BaselineLevel, double? TargetLevel);

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

        var levels = row.Months.Select(m => m.Level).Append(row.BaselineLevel).Append(row.TargetLevel).OfType<double>().ToList();
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
        new($"M{Written((left, y))}H{right.ToString("0.#", CultureInfo.InvariantCulture)}", null, stroke);

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
