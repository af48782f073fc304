using System.Collections.Frozen;
using System.Globalization;
using Portal.Platform.Text;

namespace Portal.Platform.Ui;

/// <summary>
/// Singular and plural of common units in Danish and English, so that a page shows »1 tvist« but »2 tvister«. A unit that is not in the
/// table is shown as it was typed. Pure.
/// </summary>
public static class UnitWord
{
    private static readonly (string One, string Many, string OneEnglish, string ManyEnglish)[] Words =
    [
        ("brev", "breve", "letter", "letters"), ("besked", "beskeder", "message", "messages"), ("sag", "sager", "case", "cases"),
        ("tvist", "tvister", "dispute", "disputes"), ("klage", "klager", "complaint", "complaints"), ("henvendelse", "henvendelser",
            "enquiry", "enquiries"), ("opkald", "opkald", "call", "calls"), ("afgørelse", "afgørelser", "decision", "decisions"),
        ("opfølgning", "opfølgninger", "follow-up", "follow-ups"), ("fejl", "fejl", "error", "errors"),
        ("møde", "møder", "meeting", "meetings"), ("borger", "borgere", "citizen", "citizens"), ("person", "personer", "person", "persons"),
        ("medarbejder", "medarbejdere", "employee", "employees"), ("sagsbehandler", "sagsbehandlere", "caseworker", "caseworkers"),
        ("time", "timer", "hour", "hours"), ("minut", "minutter", "minute", "minutes"), ("krone", "kroner", "krone", "kroner"),
        ("linje", "linjer", "line", "lines"), ("måling", "målinger", "measurement", "measurements"), ("dag", "dage", "day", "days"),
        ("døgn", "døgn", "day", "days"), ("arbejdsdag", "arbejdsdage", "working day", "working days"), ("uge", "uger", "week", "weeks"),
        ("måned", "måneder", "month", "months"), ("år", "år", "year", "years"),
        ("årsværk", "årsværk", "full-time equivalent", "full-time equivalents"), ("gang", "gange", "time", "times"),
    ];

    private static readonly FrozenDictionary<string, int> Known =
        Words.SelectMany((w, n) => new[] { w.One, w.Many, w.OneEnglish, w.ManyEnglish }.Select(word => (word, n)))
            .DistinctBy(w => w.word, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(w => w.word, w => w.n, StringComparer.OrdinalIgnoreCase);

    /// <summary>The form of a unit that agrees with a number.</summary>
    /// <param name="word">The unit as it was typed, without its period.</param>
    /// <param name="shown">The number as it is shown: a number rounded to 1 takes the singular.</param>
    public static string Of(string word, string shown, CultureInfo language)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(language);
        if (!Known.TryGetValue(word, out var known)) return word;
        var one = IsOne(shown);
        var (danishOne, danishMany, englishOne, englishMany) = Words[known];
        return IsEnglish(language) ? one ? englishOne : englishMany : one ? danishOne : danishMany;
    }

    /// <summary>A unit with its period, in the language that it was typed in: <c>tvister/år</c> becomes <c>tvist/år</c> for 1.</summary>
    public static string Written(string unit, string shown)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var end = unit.AsSpan().IndexOfAny(" /");
        var word = end < 0 ? unit : unit[..end];
        if (!Known.TryGetValue(word, out var known)) return unit;
        var (one, many, oneEnglish, manyEnglish) = Words[known];
        var isDanish = word.Equals(one, StringComparison.OrdinalIgnoreCase) || word.Equals(many, StringComparison.OrdinalIgnoreCase);
        var right = IsOne(shown) ? isDanish ? one : oneEnglish : isDanish ? many : manyEnglish;
        return (char.IsUpper(word[0]) ? char.ToUpper(right[0], DanishFormat.Danish) + right[1..] : right) + unit[word.Length..];
    }

    /// <summary>True for the same unit in singular or plural, in either language: <c>tvist</c> and <c>tvister</c>.</summary>
    public static bool AreAlike(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || (Known.TryGetValue(one, out var first) && Known.TryGetValue(other, out var second) && first == second);
    }

    private static bool IsOne(string shown) => shown is "1" or "-1" or "−1";

    internal static bool IsEnglish(CultureInfo language) => language.TwoLetterISOLanguageName == "en";
}
