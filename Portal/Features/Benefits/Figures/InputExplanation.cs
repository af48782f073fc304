using System.Globalization;
using Portal.Features.Benefits.Inputs;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;

namespace Portal.Features.Benefits.Figures;

/// <summary>What is said of a number where it is calculated with: its value, since when it holds, and where it comes from. Pure.</summary>
public static class InputExplanation
{
    /// <summary>
    /// A line for each number: »minutter for hver: 120 min, gælder fra 01.07.2026; før 109 min; kilde: tidsstudie«; numbers that never were
    /// others and have the same source share one. Those that neither are agreed nor stand in a box are left out.
    /// </summary>
    public static IReadOnlyList<ILocalizedText> Lines(IEnumerable<InputKey> keys, InputBook book)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(book);
        var known = keys.Distinct().Where(key => ValueOf(key, book) is not null).ToList();
        var isOneBox = known.Select(k => k.ElementId).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Count() < 2;
        return
        [
            .. known.GroupBy(key => IsChanged(key, book) ? (key.ElementId, key.Part, "") : ("", default(InputPart), $"{Source(key, book)}"))
                .Select(same => Line([.. same], known.Count, book, isOneBox)),
        ];
    }

    private static ProblemText Line(IReadOnlyList<InputKey> same, int of, InputBook book, bool isOneBox)
    {
        var source = Source(same[0], book);
        if (same.Count == 1) return FigureTexts.Of("InputTold", NameOf(same[0], book, isOneBox), Shown(same[0], book), source);
        if (same.Count == of) return FigureTexts.Of("InputsTold", FigureTexts.Of("AllNumbers"), source);
        return FigureTexts.Of("InputsTold", new NameList([.. same.Select(key => NameOf(key, book, isOneBox))]), source);
    }

    private static bool IsChanged(InputKey key, InputBook book) => book.Find(key) is { } fact && Since(fact) is not null;

    private sealed record NameList(IReadOnlyList<ILocalizedText> Names) : ILocalizedText
    {
        public string In(CultureInfo language) => string.Join(", ", Names.Select(n => n.In(language)));
    }

    /// <summary>»gælder fra 01.07.2026; før 109 min«: for a number that counts from a day; null when it was the same before.</summary>
    public static ILocalizedText? Since(InputFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (fact.Latest.From is not { } from) return null;
        var before = fact.ValueIn(Month.Of(from) + -1);
        if (before == fact.Latest.Value) return null;
        return before is null
            ? FigureTexts.Of("InputSinceFirst", from)
            : FigureTexts.Of("InputSince", from, Deviations.Shown(fact.Key.Part, before));
    }

    /// <summary>»kilde: tidsstudie«, or that nobody has written one.</summary>
    public static ILocalizedText Source(InputKey key, InputBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var fact = book.Find(key);
        return fact?.Latest.Source.Trim() is { Length: > 0 } source ? FigureTexts.Of("InputSource", source)
            : key.ElementId.Length > 0 && fact is null or { Versions.Count: 1 } ? FigureTexts.Of("InputFromChain")
            : FigureTexts.Of("InputWithoutSource");
    }

    /// <summary>The name of a number; without its box where all numbers are of one.</summary>
    public static ILocalizedText NameOf(InputKey key, InputBook book, bool isOneBox) =>
        isOneBox ? FigureTexts.Of($"Input{key.Part}") : Deviations.NameOf(key, book);

    private static ILocalizedText Shown(InputKey key, InputBook book)
    {
        var value = Deviations.Shown(key.Part, ValueOf(key, book));
        return book.Find(key) is { } fact && Since(fact) is { } since ? FigureTexts.Of("InputValueSince", value, since) : value;
    }

    private static decimal? ValueOf(InputKey key, InputBook book) => book.Find(key) is { } fact ? fact.Latest.Value : book.Drawn(key);
}
