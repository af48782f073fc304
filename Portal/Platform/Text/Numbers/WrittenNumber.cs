using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Text.Numbers;

/// <summary>How a number is written.</summary>
public enum Notation
{
    /// <summary>Digits only: the same in every language.</summary>
    Plain,

    /// <summary>1.234,5</summary>
    Danish,

    /// <summary>1,234.5</summary>
    English,

    /// <summary>Ambiguous: 1.234 or 1,234, about a thousand in one language and about 1.2 in the other.</summary>
    Either,
}

/// <summary>The result of reading a number from text.</summary>
/// <param name="Value">Within <see cref="Amount.Largest"/>; null when the text is not a number, or is ambiguous.</param>
/// <param name="Notation">How its digits are written; null when the text is not a number.</param>
/// <param name="Unit">The unit in the text: <c>kr.</c>, <c>%</c>, <c>timer</c>; null when there is none.</param>
/// <param name="Problem">Why the text is not a number; null when it is one or is ambiguous.</param>
public sealed record NumberReading(decimal? Value, Notation? Notation, string? Unit, ProblemText? Problem);

/// <summary>
/// Reads numbers as people and spreadsheets write them, in Danish and English notation, and says when it is ambiguous. Thousands are
/// separated by points or commas, by spaces of any kind or by apostrophes; minus is any dash, before or after, or parentheses; a currency,
/// percent sign or other unit is allowed. A point or comma that cannot be a thousands separator (0.125, 1.5) is a decimal mark in every
/// notation. Pure.
/// </summary>
public static partial class WrittenNumber
{
    private const int MostCharacters = 100;

    /// <summary>Reads a number from a form field, where an ambiguous text is read as Danish: 1.000 is a thousand.</summary>
    public static NumberReading ReadField(string? text) =>
        Read(text) is { Notation: Notation.Either } ? Read(text, Notation.Danish) : Read(text);

    /// <summary>Reads a number.</summary>
    /// <param name="chosen">The notation, when it is known: <see cref="Notation.Danish"/> or <see cref="Notation.English"/>; null
    /// otherwise.</param>
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
        // »1.234,-« is a Danish amount in kroner.
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

    // The digits with their separators but without spaces and apostrophes, and the notation; null when the separators fit no notation.
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

    // One point or comma, followed by decimals.
    private static bool IsPlainDecimal(string core) => PlainDecimal().IsMatch(core.TrimEnd());

    // Removes the marks that make a spreadsheet keep digits as text (="12", a leading apostrophe), and surrounding quotation marks.
    private static string Bare(string text)
    {
        var kept = Kept().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : text;
        return kept.TrimStart('\'').Trim();
    }

    private static string Shown(string text) => TextCut.At(text.Trim(), 40, "…");

    [GeneratedRegex(@"^(d?kr\.?|dkk|€|\$|£|eur|usd)(?=[\s\d(+:-]|\z):?\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"^([0-9]([0-9 .,']*[0-9])?|[.,][0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Core();

    [GeneratedRegex(@"^[eE][+-]?[0-9]{1,3}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();

    // »1.234,-«: no øre.
    [GeneratedRegex(@"^\s*[.,]\s*-+", RegexOptions.CultureInvariant)]
    private static partial Regex Ore();

    // Negative as accountants write it, with or without the unit inside.
    [GeneratedRegex(@"^\(([^()]*)\)\s*([^()]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex InParentheses();

    [GeneratedRegex("^=?\\s*\"(.*)\"\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kept();

    // A unit holds no digits except in m², m³ and CO2: »2 t 30 min«, »12 kr. 50 øre« and »1,5 E+03« are not a number and a unit.
    [GeneratedRegex(
        @"^[\p{L}%‰€$£](?:[^0-9+=*]|(?:(?<=m)[23]|(?<=[Cc][Oo])2)(?![0-9]))*(?<![-,])\z", RegexOptions.CultureInvariant)]
    private static partial Regex UnitForm();

    // »1,5 mio. kr.«, »250 t.kr.«, »2,5M«: abbreviated thousands and millions, refused because the number alone would be wrong.
    [GeneratedRegex(
        @"^(?:(?i:mio|mill|million(?:er)?|mia|mrd|milliard(?:er)?|tusind(?:e|er)?|tus|(?:t|k|m)\.?\s?(?:d?kr|dkk|kroner))(?!\p{L})"
        + @"|[kKM]\z)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}[.,][0-9]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EitherForm();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DanishThousands();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex EnglishThousands();

    [GeneratedRegex(@"^[0-9]*[.,][0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainDecimal();

    [GeneratedRegex(
        @"^[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?\z|^[0-9]{1,3}('[0-9]{3})+([.,][0-9]+)?\z|^[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();
}
