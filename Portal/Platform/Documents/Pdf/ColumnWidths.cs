using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>What a column's texts need, in points: on one line each, and for their longest part that is not broken.</summary>
internal readonly record struct ColumnNeed(double Whole, double Longest);

/// <summary>Shares the width of a table.</summary>
internal static class ColumnWidths
{
    /// <summary>
    /// The widths of the columns, in points: those that say how wide they are get that, the others share the rest by what their texts need.
    /// </summary>
    public static double[] Of(IReadOnlyList<TableColumn> columns, IReadOnlyList<ColumnNeed> needs, double width)
    {
        var given = columns.Select(c => c.Width is { } mm && mm > 0 ? PageSize.Mm(mm) : 0).ToArray();
        var free = Enumerable.Range(0, columns.Count).Where(i => given[i] == 0).ToArray();

        // Given widths that leave too little for the others, or fill no line alone, are shares.
        var (all, least) = (given.Sum(), free.Sum(i => Math.Min(needs[i].Longest, width / columns.Count)));
        if (all > 0 && (free.Length == 0 || all > width - least))
        {
            var scale = (width - least) / all;
            for (var i = 0; i < given.Length; i++) given[i] *= scale;
        }

        if (free.Length > 0) Share(given, free, needs, width - given.Sum());
        return given;
    }

    private static void Share(double[] widths, int[] free, IReadOnlyList<ColumnNeed> needs, double width)
    {
        var (whole, longest) = (free.Sum(i => needs[i].Whole), free.Sum(i => needs[i].Longest));
        var level = whole > width && longest < width ? Level([.. free.Select(i => needs[i])], width) : 0;
        foreach (var i in free)
        {
            widths[i] = whole <= width ? needs[i].Whole + ((width - whole) * Part(needs[i].Whole, whole))
                : longest >= width ? width * Part(needs[i].Longest, longest)
                : At(needs[i], level);
        }

        double Part(double part, double of) => of > 0 ? part / of : 1.0 / free.Length;
    }

    // The width that no column needs to exceed: short texts stay on one line, the long ones share what is left alike.
    private static double Level(ColumnNeed[] needs, double width)
    {
        var (low, high) = (0.0, needs.Max(n => n.Whole));
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            if (needs.Sum(n => At(n, middle)) > width) high = middle;
            else low = middle;
        }

        return low;
    }

    private static double At(ColumnNeed need, double level) => Math.Max(need.Longest, Math.Min(need.Whole, level));
}
