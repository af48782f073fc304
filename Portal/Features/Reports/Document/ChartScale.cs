using System.Globalization;

namespace Portal.Features.Reports.Document;

/// <summary>Scales a chart's months and levels to 0–1. Pure.</summary>
/// <param name="Low">The lowest level shown.</param>
/// <param name="High">The highest level shown.</param>
/// <param name="Runs">Runs of consecutive months with a value; a month without one ends a run.</param>
internal sealed record ChartScale(int Months, double Low, double High, IReadOnlyList<IReadOnlyList<(int Number, double Level)>> Runs)
{
    /// <summary>The scale of a row, which includes its baseline and target.</summary>
    /// <param name="fromZero">True to extend the scale to zero.</param>
    public static ChartScale Of(ReportRow row, bool fromZero)
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

    /// <summary>A coordinate in SVG's number format.</summary>
    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
