using System.Globalization;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>A period of whole months, first and last included.</summary>
public readonly record struct Period(Month First, Month Last)
{
    /// <summary>The twelve months that end with <paramref name="last"/>.</summary>
    public static Period YearUpTo(Month last) => new(last + -11, last);

    /// <summary>The number of months.</summary>
    public int Count => Last - First + 1;

    /// <summary>The months in order.</summary>
    public IEnumerable<Month> Months => Enumerable.Range(First.Number, Math.Max(0, Count)).Select(n => new Month(n));

    /// <summary>The period in Danish: »1. januar – 31. december 2026«.</summary>
    public override string ToString() => In(DanishFormat.Danish);

    /// <summary>The same in a language: 1 January – 31 December 2026.</summary>
    public string In(CultureInfo language) => Until(Last.Last, language);

    /// <summary>
    /// What is measured of the period: it ends today while it has not ended itself. So it is written wherever numbers are shown or signed.
    /// </summary>
    /// <param name="today">Today in Copenhagen; for an issued report the day of issue.</param>
    public string In(CultureInfo language, DateOnly today) =>
        Until(today < Last.Last && today >= First.First ? today : Last.Last, language);

    private string Until(DateOnly end, CultureInfo language)
    {
        var (day, notation) = (LanguageFormat.IsEnglish(language) ? "d MMMM" : "d. MMMM", LanguageFormat.Of(language));
        var first = First.First.ToString(First.Year == end.Year ? day : day + " yyyy", notation);
        return $"{first} – {end.ToString(day + " yyyy", notation)}";
    }
}

/// <summary>How many of how many: the counts behind a share.</summary>
public readonly record struct PartOfWhole(long Part, long Whole);

/// <summary>The value of a month. A month without data has no point: a gap stays a gap.</summary>
/// <param name="Counted">The counts behind a share; null for everything else.</param>
public sealed record SeriesPoint(Month Month, decimal Value, PartOfWhole? Counted = null);

/// <summary>The values of an indicator in a period.</summary>
/// <param name="Points">The months that have a value, in order.</param>
/// <param name="Value">The period's value; null when there is none (»ingen data«).</param>
/// <param name="Problem">Why there is no value; null when there is one or data is missing.</param>
/// <param name="Basis">The number of messages or letters it is counted from; null where that does not apply.</param>
public sealed record IndicatorSeries(IReadOnlyList<SeriesPoint> Points, decimal? Value, ProblemText? Problem, long? Basis)
{
    /// <summary>A series without values.</summary>
    public static IndicatorSeries Empty { get; } = new([], null, null, null);

    /// <summary>The counts behind the period's share; null for everything else.</summary>
    public PartOfWhole? Counted { get; init; }

    /// <summary>The number of months that have a value.</summary>
    public int Covered => Points.Count;

    /// <summary>The last month that has a value; null when none has.</summary>
    public Month? LastMonth => Points.Count == 0 ? null : Points[^1].Month;
}
