using System.Collections.Immutable;
using Portal.Features.Chains.Layout;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// A chart of a benefit's months, narrow enough for a phone. Axis, numbers and the last value have texts; what the lines of baseline and
/// target are stands below the months. The table of values is right below it. It is as wide as its texts need.
/// </summary>
internal static class ReportChart
{
    private const double Left = 44, Right = 348, Top = 20, Bottom = 112, LeastWidth = 360, Gap = 6, Size = 10.5, Line = 15, Sample = 22;
    private const int MostNames = 6;

    /// <summary>The drawing.</summary>
    public static Drawing Draw(ChartSeries row, ReportLanguage words)
    {
        var scale = ChartScale.Of(row, fromZero: true);
        double Y(double level) => Bottom - ((Bottom - Top) * scale.Up(level));
        double X(int month) => Left + 12 + ((Right - Left - 24) * scale.Across(month));
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        shapes.Add(ChartScale.Across(Left, Right, Bottom, ChartColours.Axis));
        shapes.Add(Text(Left - Gap, Bottom + 4, Written(scale.Low, words), Anchor.End));
        if (scale.High > scale.Low) shapes.Add(Text(Left - Gap, Top + 4, Written(scale.High, words), Anchor.End));
        if (row.BaselineLevel is { } start) shapes.Add(ChartScale.Across(Left, Right, Y(start), ChartColours.Baseline));
        shapes.AddRange(ChartScale.Steps(row.Targets, row.Months.Count, Left, Right, X, Y));

        // The last target is named below the months; an earlier one where it begins.
        foreach (var earlier in row.Targets.Where(t => t.Last < row.Months.Count - 1))
        {
            var beside = Y(earlier.Level) - Top > Size + Gap ? -4 : Size + 2;
            shapes.Add(Text(
                X(earlier.First) + 4, Y(earlier.Level) + beside, words["ChartTarget", Written(earlier.Level, words)],
                colour: ChartColours.TargetText));
        }

        foreach (var run in scale.Runs)
        {
            if (ChartScale.Line(run, (month, level) => (X(month), Y(level))) is { } line) shapes.Add(line);
            foreach (var (month, level) in run) shapes.Add(new CircleShape(X(month), Y(level), 2.6, ChartColours.Line));
        }

        if (scale.Runs.Count > 0) shapes.Add(Last(scale.Runs[^1][^1], X, Y, words));
        var y = Bottom + Line;
        var step = ((row.Months.Count - 1) / MostNames) + 1;
        for (var month = 0; month < row.Months.Count; month += step)
            shapes.Add(Text(X(month), y, ShortName(row.Months[month].Name), Anchor.Middle));
        if (row.BaselineLevel is { } from)
            AddKey(shapes, y += Line, ChartColours.Baseline, words["ChartBaseline", Written(from, words)], ChartColours.Text);
        if (row.LastTarget is { } to)
            AddKey(shapes, y += Line, ChartColours.Target, words["ChartTarget", Written(to, words)], ChartColours.TargetText);
        return Around(shapes.ToImmutable(), y + 6);
    }

    /// <summary>What the chart shows, in words.</summary>
    public static string Describe(ChartSeries row, ReportLanguage words) => row.TargetChanges.Length == 0
        ? words["ChartAlternative", row.Title]
        : words["ChartAlternativeTarget", row.Title, row.TargetChanges];

    // The last value above its point, and within the chart.
    private static WordsShape Last(
        (int Month, double Level) last, Func<int, double> x, Func<double, double> y, ReportLanguage words)
    {
        var text = Written(last.Level, words);
        var half = TextMeasure.Width(text, Size) / 2;
        return Text(Math.Min(x(last.Month), Right - half), y(last.Level) - Gap, text, Anchor.Middle, ChartColours.Line);
    }

    private static void AddKey(ImmutableArray<Shape>.Builder shapes, double y, Stroke stroke, string text, string colour)
    {
        shapes.Add(ChartScale.Across(Left, Left + Sample, y - 4, stroke));
        shapes.Add(Text(Left + Sample + Gap, y, text, colour: colour));
    }

    // Long numbers make the drawing wider instead of being cut at its edges.
    private static Drawing Around(ImmutableArray<Shape> shapes, double height)
    {
        var texts = shapes.OfType<WordsShape>().ToList();
        var left = Math.Min(0, texts.Min(t => t.X - (Width(t) * PartLeft(t.Anchor))));
        var right = texts.Select(t => t.X + (Width(t) * (1 - PartLeft(t.Anchor)))).Append(LeastWidth).Max();
        return new Drawing(Math.Floor(left), 0, Math.Ceiling(right) - Math.Floor(left), height, shapes);
    }

    // The part of a text that is left of its place.
    private static double PartLeft(Anchor anchor) => anchor switch { Anchor.End => 1, Anchor.Middle => 0.5, _ => 0 };

    private static double Width(WordsShape text) => TextMeasure.Width(text.Lines[0], Size);

    private static WordsShape Text(
        double x, double y, string text, Anchor anchor = Anchor.Start, string colour = ChartColours.Text) =>
        new(x, y, [text], Size, Size, colour, Anchor: anchor);

    private static string Written(double level, ReportLanguage words) => words.Number(decimal.CreateSaturating(level));

    // The month's name, with the year for January only.
    private static string ShortName(string name)
    {
        var parts = name.Split(' ');
        var month = parts[0].TrimEnd('.');
        return month.StartsWith("jan", StringComparison.OrdinalIgnoreCase) && parts.Length > 1 ? $"{month} {parts[^1]}" : month;
    }
}
