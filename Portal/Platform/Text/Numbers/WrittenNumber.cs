using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Text.Numbers;

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

/// <summary>A text as a number.</summary>
/// <param name="Value">At most <see cref="Amount.Largest"/> either way; null when it is none, or can be read in two ways.</param>
/// <param name="Notation">How its digits are written; null for what is no number.</param>
/// <param name="Unit">What is with the number: <c>kr.</c>, <c>%</c>, <c>timer</c>; null for nothing.</param>
/// <param name="Problem">Why it is no number; null when it is one, and when it can be read in two ways.</param>
public sealed record NumberReading(decimal? Value, Notation? Notation, string? Unit, ProblemText? Problem);

/// <summary>
/// Reads numbers as people and spreadsheets write them, in Danish and English notation, and says when it is ambiguous. Thousands are
/// separated by points or commas, by spaces of any kind or by apostrophes; minus is any dash, before or behind, or parentheses; money,
/// percent and other units may be with it. A point or comma that cannot tell thousands apart (0.125, 1.5) is a decimal mark in every
/// notation. Pure.
/// </summary>
public static partial class WrittenNumber
{
    private const int MostCharacters = 100;

    /// <summary>Reads a number of a field, where Danish decides what can be read in two ways: 1.000 is a thousand there.</summary>
    public static NumberReading ReadField(string? text) =>
        Read(text) is { Notation: Notation.Either } ? Read(text, Notation.Danish) : Read(text);

    /// <summary>Reads a number.</summary>
    /// <param name="chosen">How it is written, when that is known: <see cref="Notation.Danish"/> or <see cref="Notation.English"/>; null
    /// when it is not.</param>
    public static NumberReading Read(string? text, Notation? chosen = null)
    {
        text ??= "";
        var words = Shown(text);
        NumberReading Wrong(string key, params object[] places) => new(null, null, null, NumberTexts.Of(key, places));
        if (text.Length > MostCharacters) return Wrong("NotANumber", words);
        var rest = Bare(PlainText.Of(text).Trim());
        if (rest.StartsWith('#')) return rest.Trim('#').Length == 0 ? Wrong("HiddenByWidth") : Wrong("SheetError", words);

        var (minus, signs, unit) = (false, 0, (string?)null);
        if (InParentheses().Match(rest) is { Success: true } negative)
        {
            (minus, signs, rest) = (true, 1, $"{negative.Groups[1].Value.Trim()} {negative.Groups[2].Value}".Trim());
        }

        Sign();
        if (Money().Match(rest) is { Success: true } money)
        {
            unit = money.Groups[1].Value;
            rest = rest[money.Length..].TrimStart();
            Sign();
            if (rest is ['(', .. var inner, ')'])
            {
                (minus, rest) = (true, inner.Trim());
                signs++;
            }
        }

        if (Core().Match(rest) is not { Success: true } core) return Wrong("NotANumber", words);
        rest = rest[core.Length..];
        var exponent = Exponent().Match(rest);
        rest = rest[exponent.Length..];
        var ore = Ore().Match(rest);
        rest = rest[ore.Length..].Trim();
        if (rest is ['-', ..])
        {
            minus = true;
            signs++;
            rest = rest[1..].Trim();
        }

        if (rest is [')', ..] || signs > 1) return Wrong("NotANumber", words);
        if (rest.Length > 0)
        {
            if (!UnitForm().IsMatch(rest)) return Wrong("NotANumber", words);
            if (Shortened().IsMatch(rest)) return Wrong("NumberShortened", words);
            if (unit is not null) return Wrong("NotANumber", words);
            unit = rest;
        }

        if (Digits(core.Value.TrimEnd(), exponent.Length > 0) is not var (digits, notation)) return Wrong("NotANumber", words);
        // »1.234,-« is Danish money.
        if (notation == Notation.Either && ore.Length > 0 && core.Value.Contains('.', StringComparison.Ordinal)) notation = Notation.Danish;
        if (notation == Notation.Either && chosen is null or Notation.Plain or Notation.Either)
            return new NumberReading(null, notation, unit, null);
        var read = notation == Notation.Either ? chosen!.Value : notation;
        if (chosen is not null && read is Notation.Danish or Notation.English && read != chosen && !IsPlainDecimal(core.Value))
            return new NumberReading(null, notation, unit, NumberTexts.Of("NotInNotation", words));
        var invariant = read == Notation.English
            ? digits.Replace(",", "", StringComparison.Ordinal)
            : digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        var parsed = decimal.TryParse(invariant + exponent.Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value);
        if (!parsed || !Amount.Fits(value))
            return new NumberReading(null, notation, unit, NumberTexts.Of("NumberTooLarge", Amount.Largest));
        return new NumberReading(minus ? -value : value, notation, unit, null);

        void Sign()
        {
            if (rest is not ['-' or '+', ..]) return;
            minus |= rest[0] == '-';
            signs++;
            rest = rest[1..].TrimStart();
        }
    }

    // The digits with the marks of their notation alone, and which notation that is; null when the marks are where no notation has them.
    private static (string Digits, Notation Notation)? Digits(string core, bool hasExponent)
    {
        if (core.IndexOfAny([' ', '\'']) >= 0)
        {
            if (!Spaced().IsMatch(core)) return null;
            var close = core.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
            return (close, close.Contains(',', StringComparison.Ordinal) ? Notation.Danish
                : close.Contains('.', StringComparison.Ordinal) ? Notation.English
                : Notation.Plain);
        }

        if (core.All(char.IsAsciiDigit)) return (core, Notation.Plain);
        if (!hasExponent && EitherForm().IsMatch(core)) return (core, Notation.Either);
        if (!hasExponent && DanishThousands().IsMatch(core)) return (core, Notation.Danish);
        if (!hasExponent && EnglishThousands().IsMatch(core)) return (core, Notation.English);
        return IsPlainDecimal(core) ? (core, core.Contains(',', StringComparison.Ordinal) ? Notation.Danish : Notation.English) : null;
    }

    // One mark, with decimals behind it.
    private static bool IsPlainDecimal(string core) => PlainDecimal().IsMatch(core.TrimEnd());

    // Without what keeps digits as text in a spreadsheet (="12", an apostrophe in front) and without quotation marks around it.
    private static string Bare(string text)
    {
        var kept = Kept().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : text;
        return kept.TrimStart('\'').Trim();
    }

    private static string Shown(string text) => TextCut.At(text.Trim(), 40, "…");

    [GeneratedRegex(@"^(d?kr\.?|dkk|€|\$|£|eur|usd)(?=[\s\d(+:-]|$):?\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"^([0-9]([0-9 .,']*[0-9])?|[.,][0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Core();

    [GeneratedRegex(@"^[eE][+-]?[0-9]{1,3}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();

    // »1.234,-«: no øre.
    [GeneratedRegex(@"^\s*[.,]\s*-+", RegexOptions.CultureInvariant)]
    private static partial Regex Ore();

    // Negative as accountants write it, with or without the unit inside.
    [GeneratedRegex(@"^\(([^()]*)\)\s*([^()]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex InParentheses();

    [GeneratedRegex("^=?\\s*\"(.*)\"$", RegexOptions.CultureInvariant)]
    private static partial Regex Kept();

    // A unit has no number of its own but m², m³ and CO2: »2 t 30 min«, »12 kr. 50 øre« and »1,5 E+03« are more than a number and a unit.
    [GeneratedRegex(
        @"^[\p{L}%‰€$£](?:[^0-9+=*]|(?:(?<=m)[23]|(?<=[Cc][Oo])2)(?![0-9]))*(?<![-,])$", RegexOptions.CultureInvariant)]
    private static partial Regex UnitForm();

    // »1,5 mio. kr.«, »250 t.kr.«, »2,5M«: thousands, millions and more, which no unit may hide.
    [GeneratedRegex(
        @"^(?:(?i:mio|mill|million(?:er)?|mia|mrd|milliard(?:er)?|tusind(?:e|er)?|tus|(?:t|k|m)\.?\s?(?:d?kr|dkk|kroner))(?!\p{L})|[kKM]$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}[.,][0-9]{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex EitherForm();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DanishThousands();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishThousands();

    [GeneratedRegex(@"^[0-9]*[.,][0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainDecimal();

    [GeneratedRegex(@"^[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?$|^[0-9]{1,3}('[0-9]{3})+([.,][0-9]+)?$|^[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();
}
