using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Benefits.Formulas;

/// <summary>How a number is written.</summary>
public enum Notation
{
    /// <summary>Digits alone: the same in every language.</summary>
    Plain,

    /// <summary>1.234,5</summary>
    Danish,

    /// <summary>1,234.5</summary>
    English,

    /// <summary>1.234 or 1,234: a thousand in one language, a bit more than one in the other.</summary>
    Either,
}

/// <summary>Reads numbers in Danish and English notation, and says when it cannot be told which it is.</summary>
public static partial class WrittenNumber
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    /// <summary>The notation of a number; null for what is no number. White space within and a minus of any kind are taken.</summary>
    public static Notation? NotationOf(string text)
    {
        var number = Clean(text);
        if (PlainForm().IsMatch(number)) return Notation.Plain;
        if (EitherForm().IsMatch(number)) return Notation.Either;
        if (DanishForm().IsMatch(number)) return Notation.Danish;
        return EnglishForm().IsMatch(number) ? Notation.English : null;
    }

    /// <summary>The value of a number read in a notation; null for what is no number in it, or too large.</summary>
    public static decimal? Read(string text, Notation notation)
    {
        var number = Clean(text);
        if (NotationOf(text) is not { } written || (written != Notation.Plain && written != Notation.Either && written != notation)) return null;
        if (written == Notation.Either && notation is Notation.Either or Notation.Plain) return null;
        var invariant = notation == Notation.English
            ? number.Replace(",", "", StringComparison.Ordinal)
            : number.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return decimal.TryParse(invariant, Style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The value of a number that can be read in one way only; null otherwise.</summary>
    public static decimal? Read(string text) => NotationOf(text) is { } notation && notation != Notation.Either ? Read(text, notation) : null;

    private static string Clean(string text) => Space().Replace(text, "").Replace('−', '-').Replace('–', '-');

    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"^-?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainForm();

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}[.,][0-9]{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex EitherForm();

    [GeneratedRegex(@"^-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DanishForm();

    [GeneratedRegex(@"^-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishForm();
}
