using System.Collections.Immutable;
using Portal.Features.Chains.Layout;
using Portal.Platform.Documents.Model;

namespace Portal.Features.Reports.Documents.Legacy;

/// <summary>
/// A chart of a benefit's months as reports had it that were issued before documents were
/// stored. Axis, numbers, baseline and target have texts; the table of values is right below it. It is as wide as
/// its texts need.
/// </summary>
internal static class LegacyChart
{
    private const double Left = 64, Right = 580, Top = 10, Bottom = 110, Height = 138, LeastWidth = 680, Gap = 8, Size = 10.5;
    private const int MostNames = 13;

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
        if (row.BaselineLevel is { } start)
        {
            shapes.Add(ChartScale.Across(Left, Right, Y(start), ChartColours.Baseline));
            shapes.Add(Text(
                Right + Gap, Y(start) + 4 + Apart(scale, start, row.LastTarget, -7), words["ChartBaseline", Written(start, words)]));
        }

        if (row.LastTarget is { } aim)
        {
            shapes.Add(ChartScale.Across(Left, Right, Y(aim), ChartColours.Target));
            shapes.Add(Text(Right + Gap, Y(aim) + 4 + Apart(scale, aim, row.BaselineLevel, 7), words["ChartTarget", Written(aim, words)],
                colour: ChartColours.TargetText));
        }

        foreach (var run in scale.Runs)
        {
            if (ChartScale.Line(run, (month, level) => (X(month), Y(level))) is { } line) shapes.Add(line);
            foreach (var (month, level) in run) shapes.Add(new CircleShape(X(month), Y(level), 2.6, ChartColours.Line));
        }

        var step = ((row.Months.Count - 1) / MostNames) + 1;
        for (var month = 0; month < row.Months.Count; month += step)
            shapes.Add(Text(X(month), Bottom + 16, ShortName(row.Months[month].Name), Anchor.Middle));
        return Around(shapes.ToImmutable());
    }

    /// <summary>What the chart shows, in words.</summary>
    public static string Describe(ChartSeries row, ReportLanguage words) => words["ChartAlternative", row.Title];

    // Long numbers make the drawing wider instead of being cut at its edges.
    private static Drawing Around(ImmutableArray<Shape> shapes)
    {
        var texts = shapes.OfType<WordsShape>().ToList();
        var left = Math.Min(0, texts.Where(t => t.Anchor == Anchor.End).Min(t => t.X - Width(t)));
        var right = texts.Where(t => t.Anchor == Anchor.Start).Select(t => t.X + Width(t)).Append(LeastWidth).Max();
        return new Drawing(Math.Floor(left), 0, Math.Ceiling(right) - Math.Floor(left), Height, shapes);
    }

    private static double Width(WordsShape text) => TextMeasure.Width(text.Lines[0], Size);

    private static WordsShape Text(
        double x, double y, string text, Anchor anchor = Anchor.Start, string colour = ChartColours.Text) =>
        new(x, y, [text], Size, Size, colour, Anchor: anchor);

    private static string Written(double level, ReportLanguage words) => words.Number(decimal.CreateSaturating(level));

    // Moves the labels of baseline and target away from each other when they would overlap.
    private static double Apart(ChartScale scale, double level, double? other, double whenEqual)
    {
        if (other is not { } near || Math.Abs(scale.Up(level) - scale.Up(near)) * (Bottom - Top) >= 13) return 0;
        return level > near ? -7 : level < near ? 7 : whenEqual;
    }

    // The month's name, with the year for January only.
    private static string ShortName(string name)
    {
        var parts = name.Split(' ');
        var month = parts[0].TrimEnd('.');
        return month.StartsWith("jan", StringComparison.OrdinalIgnoreCase) && parts.Length > 1 ? $"{month} {parts[^1]}" : month;
    }
}
