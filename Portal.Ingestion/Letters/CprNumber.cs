using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Letters;

/// <summary>
/// A Danish person number. Prints masked (<c>010101-xxxx</c>) wherever it is formatted, logged or serialised by accident; the digits
/// come out only through <see cref="Reveal"/>.
/// </summary>
public readonly partial struct CprNumber : IEquatable<CprNumber>
{
    private readonly string _digits;

    private CprNumber(string digits) => _digits = digits;

    /// <summary>The ten digits. Call only where showing them was asked for and is logged, or to hash them.</summary>
    public string Reveal() => _digits;

    /// <summary>Date part, then x's.</summary>
    public override string ToString() => _digits is null ? "" : $"{_digits.AsSpan(0, 6)}-xxxx";

    /// <summary>Ten digits, with or without a hyphen or space after the sixth. No check of date or modulus: test persons and numbers since 2007 fail those.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CprNumber number)
    {
        number = default;
        if (text is null) return false;
        var match = Exact().Match(text.Trim());
        if (!match.Success) return false;
        number = new CprNumber(match.Groups[1].Value + match.Groups[2].Value);
        return true;
    }

    /// <summary>Masks everything in <paramref name="text"/> that looks like a person number: <c>ddmmyy-xxxx</c>.</summary>
    public static string MaskIn(string text) => MayHold(text) ? Anywhere().Replace(text, "$1-xxxx") : text;

    /// <summary>True when <paramref name="text"/> holds something that looks like a person number.</summary>
    public static bool IsIn(string text) => MayHold(text) && Anywhere().IsMatch(text);

    // Most texts are words, UUIDs and times; a run of six digits that no letter or hyphen goes before is rare in them, and cheap to rule out.
    private static bool MayHold(string text)
    {
        if (text.Length < 10) return false;
        var run = 0;
        for (var n = 0; n < text.Length; n++)
        {
            run = char.IsAsciiDigit(text[n]) ? run + 1 : 0;
            if (run == 6 && (n == 5 || (!char.IsAsciiLetterOrDigit(text[n - 6]) && text[n - 6] != '-'))) return true;
        }

        return false;
    }

    /// <inheritdoc />
    public bool Equals(CprNumber other) => _digits == other._digits;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CprNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _digits?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>Equal digits.</summary>
    public static bool operator ==(CprNumber left, CprNumber right) => left.Equals(right);

    /// <summary>Other digits.</summary>
    public static bool operator !=(CprNumber left, CprNumber right) => !left.Equals(right);

    [GeneratedRegex(@"^(\d{6})[- ]?(\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Exact();

    // A day 01–31 (or 61–91 for administrative numbers) and a month 01–12, so that other ten-digit numbers mostly pass;
    // no letter, digit or hyphen around it, so that parts of UUIDs pass.
    [GeneratedRegex(@"(?<![0-9A-Za-z-])((?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d\d)[- ]?\d{4}(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();
}
