using Portal.Features.Benefits.Inputs;
using Portal.Features.Chains.Document;
using Portal.Platform.Text.Numbers;

namespace Portal.Features.Benefits.Arithmetic;

/// <summary>The low, likely and high estimate of a number.</summary>
public sealed record Spread(decimal? Low, decimal Likely, decimal? High);

/// <summary>The yearly figures calculated from a box's numbers.</summary>
/// <param name="PerYear">Count per year.</param>
/// <param name="Minutes">Minutes for each one counted; null when not given.</param>
/// <param name="Share">The share that they are of all, 0–1; null when not given.</param>
/// <param name="Hours">Volume × minutes ÷ 60; null without minutes.</param>
public sealed record BoxArithmetic(ChainElement Box, Spread PerYear, decimal? Minutes, decimal? Share, Spread? Hours)
{
    /// <summary>The count of all per year, when the box's count is a share of them.</summary>
    public decimal? All => Share is > 0 and var share ? Amount.Divide(PerYear.Likely, share) : null;

    /// <summary>
    /// True when a number of the box, or a result, is beyond <see cref="Amount.Largest"/>: nothing is calculated from it.
    /// </summary>
    public bool TooLarge { get; init; }

    /// <summary>The name of the hours in a formula, which then follows the box: <c>d1.timer</c>.</summary>
    public string Formula => InputBook.NameOf(Box.Id, "timer");
}

/// <summary>A problem's numbers compared with a future's.</summary>
/// <param name="PerYear">Today minus future.</param>
/// <param name="Formula">The formula of the difference in hours; null without minutes.</param>
public sealed record BeforeAndAfter(BoxArithmetic Today, BoxArithmetic Future, decimal PerYear, string? Formula);

/// <summary>The workshop's arithmetic: volume × minutes ÷ 60, volume ÷ share, today minus future. Pure.</summary>
public static class WorkshopArithmetic
{
    /// <summary>
    /// Calculates a box's numbers; null when it has no volume, or when some of its text is withheld from the reader, since part of the
    /// numbers would give another result.
    /// </summary>
    public static BoxArithmetic? Of(ChainElement box)
    {
        ArgumentNullException.ThrowIfNull(box);
        if (box.Withheld || box.Volume is not { PerYear: not null } volume) return null;
        decimal? Year(double? count) =>
            (volume with { Low = count, Likely = count, High = count }).PerYear is { } year ? Amount.Of(year) : null;
        if (Year(volume.Count) is not { } likely) return TooLargeOf(box);
        var perYear = new Spread(Year(volume.Low), likely, Year(volume.High));
        var share = volume.Share is { } part ? Amount.Of(part) : null;
        if (volume.MinutesEach is not { } given) return new BoxArithmetic(box, perYear, null, share, null);
        if (Amount.Of(given) is not { } each || Hours(likely, each) is not { } hours) return TooLargeOf(box);
        decimal? HoursOf(decimal? count) => count is { } some ? Hours(some, each) : null;
        return new BoxArithmetic(box, perYear, each, share, new Spread(HoursOf(perYear.Low), hours, HoursOf(perYear.High)));
    }

    private static BoxArithmetic TooLargeOf(ChainElement box) => new(box, new Spread(null, 0, null), null, null, null) { TooLarge = true };

    private static decimal? Hours(decimal count, decimal minutesEach) =>
        Amount.Multiply(count, minutesEach) is { } minutes ? Amount.Divide(minutes, 60) : null;

    /// <summary>
    /// The calculations of the box itself and of the boxes that lead to it over any number of links, in that order, then by kind.
    /// </summary>
    public static IReadOnlyList<BoxArithmetic> LeadingTo(ChainDocument document, string id)
    {
        ArgumentNullException.ThrowIfNull(document);
        var from = document.PresentLinks.ToLookup(l => l.To, l => l.From);
        var (seen, waiting, found) =
            (new HashSet<string>(StringComparer.Ordinal) { id }, new Queue<string>([id]), new List<ChainElement>());
        while (waiting.TryDequeue(out var here))
        {
            if (document.Find(here) is { } box) found.Add(box);
            foreach (var before in from[here].Where(seen.Add)) waiting.Enqueue(before);
        }

        return [.. found.Select(Of).OfType<BoxArithmetic>().OrderBy(a => a.Box.Id != id).ThenBy(a => a.Box.Kind)
            .ThenBy(a => a.Box.Id, StringComparer.Ordinal)];
    }

    /// <summary>Compares each problem among the sources with each future.</summary>
    public static IReadOnlyList<BeforeAndAfter> Differences(IReadOnlyList<BoxArithmetic> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return
        [
            .. from today in sources.Where(s => s.Box.Kind == ChainKind.Problem && !s.TooLarge)
               from future in sources.Where(s => s.Box.Kind == ChainKind.Future && !s.TooLarge)
               select new BeforeAndAfter(today, future, today.PerYear.Likely - future.PerYear.Likely,
                   today.Hours is null || future.Hours is null ? null : $"{today.Formula} − {future.Formula}"),
        ];
    }
}
