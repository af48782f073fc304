using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Formulas;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Problems;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
using Portal.Platform.Ui;

namespace Portal.Features.Reports.Documents;

/// <summary>
/// The language of a report: its words, and numbers and dates in its notation, whatever the language of the page or the server is. English
/// when the culture is English, otherwise Danish.
/// </summary>
internal sealed class ReportLanguage(CultureInfo culture)
{
    /// <summary>The culture of numbers and dates.</summary>
    public CultureInfo Culture { get; } = LanguageFormat.Of(culture);

    /// <summary>True for English.</summary>
    public bool IsEnglish => LanguageFormat.IsEnglish(Culture);

    /// <summary>A text.</summary>
    public string this[string key] => TextResources.Find(typeof(ReportWords), key, Culture);

    /// <summary>A text with its places filled in; see <see cref="Say"/>.</summary>
    public string this[string key, params object[] places] => string.Format(Culture, this[key], [.. places.Select(Say)]);

    /// <summary>A text of another room, a date, a month or a count, in this language.</summary>
    public object Say(object? place) => place switch
    {
        ProblemText text =>
            string.Format(Culture, TextResources.Find(text.Texts, text.Key, Culture), [.. text.Places.Select(Say)]),
        JoinedText joined => string.Join("; ", joined.Parts.Select(Say)),
        ILocalizedText localized => localized.In(Culture),
        DateOnly day => Date(day),
        DateTimeOffset at => Date(DanishTime.DateOf(at)),
        Month month => MonthOf(month),
        int count => count.ToString("N0", Culture),
        long count => count.ToString("N0", Culture),
        null => "",
        _ => place,
    };

    /// <summary>A text of another room in this language.</summary>
    public string Text(ILocalizedText text) => (string)Say(text);

    /// <summary>A number with its unit: 925 t, 1.358 kr.; in English 925 h, 1,358 kr.</summary>
    public string Amount(decimal? value, string unit) => BenefitFormat.In(Culture, value, unit);

    /// <summary>A measured number of a figure with its unit, as exact as on its page.</summary>
    public string Measured(BenefitFigure figure, decimal? value) => BenefitFormat.Measured(Culture, figure, value);

    /// <summary>A baseline, a target or what is expected, with its unit, as exact as on its page.</summary>
    public string Agreed(IndicatorDefinition definition, decimal? value) => BenefitFormat.Agreed(Culture, definition, value);

    // »af 5«, a scale's end, is written in words.
    private string OfScale(string unit) => IsEnglish && unit.StartsWith("af ", StringComparison.Ordinal) ? "of " + unit[3..] : unit;

    /// <summary>A unit in words: timer/år is »timer om året«; in English hours a year.</summary>
    public string Unit(string unit)
    {
        if (UnitText.WithoutPeriod(OfScale(unit)) is not { Length: > 0 } word) return this["UnitNone"];
        var many = UnitWord.Of(word, "2", Culture);
        return UnitText.MonthsOf(unit) == TargetProgress.YearMonths ? this["AYear", many] : many;
    }

    /// <summary>A number without its unit, rounded as <see cref="Amount"/> rounds.</summary>
    public string Number(decimal value) => BenefitFormat.NumberIn(Culture, value);

    /// <summary>A count: 1.358; in English 1,358.</summary>
    public string Count(long count) => count.ToString("N0", Culture);

    /// <summary>3. november 2026; in English 3 November 2026.</summary>
    public string Date(DateOnly day) => day.ToString(IsEnglish ? "d MMMM yyyy" : "d. MMMM yyyy", Culture);

    /// <summary>3. november 2026 kl. 14.36; in English 3 November 2026 at 14:36. Danish time.</summary>
    public string Moment(DateTimeOffset at) =>
        this["At", Date(DanishTime.DateOf(at)), IsEnglish ? DanishFormat.ShortClock(at) : DanishFormat.ShortClock(at).Replace(':', '.')];

    /// <summary>april 2026; in English April 2026.</summary>
    public string MonthOf(Month month) => month.First.ToString("MMMM yyyy", Culture);

    /// <summary>The month without its year, when it lies in the year of the period's end.</summary>
    public string MonthOf(Month month, Period period) =>
        month.Year == period.Last.Year ? month.First.ToString("MMMM", Culture) : MonthOf(month);

    /// <summary>»2025«, »januar–marts 2025«, or »15. januar 2025–3. marts 2025«.</summary>
    public string Days(DateOnly from, DateOnly to)
    {
        var (first, last) = (Month.Of(from), Month.Of(to));
        if (first.First != from || last.Last != to) return $"{Date(from)}–{Date(to)}";
        if (first.OfYear == 1 && last == first + 11) return from.Year.ToString(CultureInfo.InvariantCulture);
        return first == last ? MonthOf(first)
            : first.Year == last.Year ? $"{first.First.ToString("MMMM", Culture)}–{MonthOf(last)}"
            : $"{MonthOf(first)}–{MonthOf(last)}";
    }

    /// <summary>A number in words up to ten, in digits from 11; one agrees with a neuter noun in Danish.</summary>
    public string InWords(int count, bool neuter = false) => count is < 0 or > 10 ? Count(count)
        : count == 1 && neuter ? this["NumberOneNeuter"]
        : this["Numbers"].Split(' ')[count];

    /// <summary>A list: »a, b og c«.</summary>
    public string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => this["ListEnd", string.Join(", ", items.Take(items.Count - 1)), items[^1]],
    };

    /// <summary>A name in the language's quotation marks, without a full stop of its own.</summary>
    public string Quoted(string name) => IsEnglish ? $"“{Punctuation.Bare(name)}”" : Punctuation.Quoted(name);

    /// <summary>Quoted names: »X« og »Y«; with more than two, »X« og to andre.</summary>
    public string Names(IReadOnlyList<string> names) => names.Count switch
    {
        <= 2 => List([.. names.Select(Quoted)]),
        _ => this["AndOthers", Quoted(names[0]), InWords(names.Count - 1)],
    };

    /// <summary>What a figure is called.</summary>
    public string NameOf(BenefitFigure figure) => new FigureName(figure).In(Culture);

    /// <summary>The sentence with a capital first letter.</summary>
    public string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], Culture) + sentence[1..];

    public static bool IsEnglishCulture(CultureInfo culture) => LanguageFormat.IsEnglish(culture);
}
