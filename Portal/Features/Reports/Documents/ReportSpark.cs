using System.Collections.Immutable;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// A small line chart of a benefit's months with baseline and target; the appendix has all values. A month without data breaks the line.
/// </summary>
internal static class ReportSpark
{
    private const double Width = 120, Height = 34;

    /// <summary>The drawing. Any month must have a value.</summary>
    public static Drawing Draw(ChartSeries row)
    {
        var scale = ChartScale.Of(row, fromZero: false);
        double Y(double level) => 31 - (28 * scale.Up(level));
        (double X, double Y) At(int month, double level) => (2 + (116 * scale.Across(month)), Y(level));
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        if (row.BaselineLevel is { } start) shapes.Add(ChartScale.Across(0, Width, Y(start), ChartColours.Baseline));
        shapes.AddRange(ChartScale.Steps(row.Targets, row.Months.Count, 0, Width, month => At(month, 0).X, Y));
        foreach (var run in scale.Runs)
        {
            var (x, y) = At(run[0].Number, run[0].Level);
            shapes.Add(ChartScale.Line(run, At) ?? (Shape)new CircleShape(x, y, 2, ChartColours.Line));
        }

        return new Drawing(0, 0, Width, Height, shapes.ToImmutable());
    }

    /// <summary>Its first and last value and the changes of the target, in words.</summary>
    public static string Describe(ChartSeries row)
    {
        var known = row.Months.Where(m => m.Level is not null).ToList();
        var values = known.Count == 1
            ? $"{known[0].Name}: {known[0].Text}"
            : $"{known[0].Name}: {known[0].Text}; {known[^1].Name}: {known[^1].Text}";
        return row.TargetChanges.Length == 0 ? values : $"{values}; {row.TargetChanges}";
    }
}
