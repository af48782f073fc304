using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Ingestion.Domain;

/// <summary>A person number found in a text: its place (UTF-16 index, end exclusive) and its ten ASCII digits.</summary>
internal readonly record struct CprHit(int Start, int End, string Digits);

/// <summary>
/// Finds person numbers in free text, in the ways that people and systems write them: digits of any alphabet, every kind of hyphen, space,
/// dot or slash after the sixth digit (there also brackets and quotation marks), after each pair or after every digit, invisible characters
/// in between, letters and underscores around, and all of it percent-encoded or as character references. Ten digits within a longer number
/// are not a person number, nor are ten that do not begin with a date; the surrounding text may show another kind of number
/// (<see cref="CprSurroundings"/>). Pure. <c>wwwroot/cprLike.js</c> is the same rule in the browser; one table of tests checks both.
/// </summary>
internal static partial class CprScan
{
    private const int Digits = 10;
    private const int LongestGap = 4;
    private const int DecodeRounds = 3;

    /// <summary>A decoded character (code point) and its place in the text.</summary>
    private readonly record struct Glyph(int Value, int Start, int End);

    /// <summary>The person numbers of a text in order of place; they do not overlap.</summary>
    public static IReadOnlyList<CprHit> Find(string text)
    {
        if (!MayHold(text)) return [];
        List<CprHit>? hits = null;
        var glyphs = Read(text);
        for (var round = 0; ; round++)
        {
            Scan(text, glyphs, ref hits);
            if (round == DecodeRounds || Unescape(glyphs) is not { } decoded) break;
            glyphs = decoded;
        }

        return hits is null ? [] : Merged(hits);
    }

    /// <summary>
    /// The ten digits when the whole text, apart from white space and invisible characters around it, is one person number; else null. The
    /// date is not checked.
    /// </summary>
    public static string? Whole(string text)
    {
        var glyphs = Read(text);
        glyphs.RemoveAll(g => IsInvisible(g.Value));
        while (glyphs.Count > 0 && IsSpace(glyphs[0].Value)) glyphs.RemoveAt(0);
        while (glyphs.Count > 0 && IsSpace(glyphs[^1].Value)) glyphs.RemoveAt(glyphs.Count - 1);
        return glyphs.Count > 0 && DigitOf(glyphs[0].Value) >= 0 && Number(glyphs, 0) is var (end, digits, _) && end == glyphs.Count
            ? digits
            : null;
    }

    // A quick test: even an encoded digit contains a digit. UUIDs come first because most texts scanned are UUIDs.
    private static bool MayHold(string text)
    {
        if (text.Length < Digits || (text.Length == 36 && Guid.TryParseExact(text, "D", out _))) return false;
        var count = 0;
        foreach (var character in text)
        {
            if ((char.IsDigit(character) || char.IsSurrogate(character)) && ++count == Digits) return true;
        }

        return false;
    }

    private static List<Glyph> Read(string text)
    {
        var glyphs = new List<Glyph>(text.Length);
        for (var n = 0; n < text.Length;)
        {
            var length = Rune.TryGetRuneAt(text, n, out var rune) ? rune.Utf16SequenceLength : 1;
            glyphs.Add(new Glyph(length == 1 && char.IsSurrogate(text[n]) ? 0xFFFD : rune.Value, n, n + length));
            n += length;
        }

        return glyphs;
    }

    private static void Scan(string text, List<Glyph> glyphs, ref List<CprHit>? hits)
    {
        var afterDigit = false;
        for (var n = 0; n < glyphs.Count; n++)
        {
            var value = glyphs[n].Value;
            if (DigitOf(value) < 0)
            {
                afterDigit &= IsInvisible(value);
                continue;
            }

            if (!afterDigit && Number(glyphs, n) is { } found)
            {
                var hit = new CprHit(glyphs[n].Start, glyphs[found.End - 1].End, found.Digits);
                if (CprSurroundings.Allow(text, hit, found.Form, IsDate(found.Digits))) (hits ??= []).Add(hit);
            }

            afterDigit = true;
        }
    }

    // The end (exclusive) of ten digits from a start, their ASCII form, and how they are split; null when there are not exactly ten or they
    // are split where nobody splits a person number.
    private static (int End, string Digits, CprForm Form)? Number(List<Glyph> glyphs, int start)
    {
        Span<char> digits = stackalloc char[Digits];
        Span<(int At, int Length, int First, bool Loose)> gaps = stackalloc (int, int, int, bool)[Digits - 1];
        var (count, gapCount, at) = (0, 0, start);
        while (count < Digits)
        {
            if (at == glyphs.Count) return null;
            var value = glyphs[at].Value;
            if (DigitOf(value) is >= 0 and var digit)
            {
                digits[count++] = (char)('0' + digit);
                at++;
            }
            else if (IsInvisible(value))
            {
                at++;
            }
            else
            {
                if (count == 0 || Gap(glyphs, ref at, count == 6) is not var (length, loose)) return null;
                gaps[gapCount++] = (count, length, value, loose);
            }
        }

        var next = at;
        while (next < glyphs.Count && IsInvisible(glyphs[next].Value)) next++;
        if (next < glyphs.Count && DigitOf(glyphs[next].Value) >= 0) return null;
        var written = gaps[..gapCount];
        var known = gapCount switch
        {
            0 => true,
            1 => written[0].At == 6,
            2 when !IsOneSpace(written[1]) => false,
            2 => written[1].At == 6 ? written[0].At is 2 or 4 && IsOneSpace(written[0]) : written[1].At == 8 && written[0].At == 6,
            3 => written is [(2, _, _, false), (4, _, _, false), (6, _, _, _)],
            4 or Digits - 1 =>
                IsEven(written) && !(Gap(glyphs, ref next, false) is not null && next < glyphs.Count && DigitOf(glyphs[next].Value) >= 0)
                && !IsWithinRow(glyphs, start, written[0].First),
            _ => false,
        };
        var form = gapCount == 0 ? CprForm.Bare : gapCount == 1 && written[0].First is '.' or ',' ? CprForm.Dotted : CprForm.Split;
        return known ? (at, new string(digits), form) : null;
    }

    private static bool IsOneSpace((int At, int Length, int First, bool Loose) gap) => gap.Length == 1 && IsSpace(gap.First);

    // In pairs, or digit by digit, with the same separator each time.
    private static bool IsEven(ReadOnlySpan<(int At, int Length, int First, bool Loose)> gaps)
    {
        var step = Digits / (gaps.Length + 1);
        for (var n = 0; n < gaps.Length; n++)
        {
            if (gaps[n].At != (n + 1) * step || gaps[n].Length != 1 || gaps[n].First != gaps[0].First || gaps[n].Loose) return false;
        }

        return true;
    }

    // The row of pairs or digits began earlier, so it is longer than ten digits.
    private static bool IsWithinRow(List<Glyph> glyphs, int start, int separator)
    {
        var at = start - 1;
        while (at >= 0 && IsInvisible(glyphs[at].Value)) at--;
        if (at < 0 || glyphs[at].Value != separator) return false;
        do at--;
        while (at >= 0 && IsInvisible(glyphs[at].Value));
        return at >= 0 && DigitOf(glyphs[at].Value) >= 0;
    }

    // What is between two digits: up to four separators. "Loose": one of them is allowed only after the sixth digit.
    private static (int Length, bool Loose)? Gap(List<Glyph> glyphs, ref int at, bool afterSixth)
    {
        var (length, loose, tight, n) = (0, false, false, at);
        for (; n < glyphs.Count; n++)
        {
            var value = glyphs[n].Value;
            if (IsInvisible(value)) continue;
            if (DigitOf(value) >= 0) break;
            tight |= IsTight(value);
            if (IsLoose(value)) loose = true;
            else if (!IsSeparator(value)) return null;
            if (++length > LongestGap) return null;
        }

        if (n == glyphs.Count || length == 0 || (loose && !afterSixth) || (tight && length > 1)) return null;
        at = n;
        return (length, loose);
    }

    private static int DigitOf(int value) => value switch
    {
        >= '0' and <= '9' => value - '0',
        < 128 => -1,
        _ => Rune.IsDigit(new Rune(value)) ? (int)Rune.GetNumericValue(new Rune(value)) : -1,
    };

    private static bool IsSpace(int value) => value < 128 ? value is ' ' or (>= 9 and <= 13) : Rune.IsWhiteSpace(new Rune(value));

    private static bool IsInvisible(int value) => value < 128
        ? value is < 9 or (> 13 and < 32) or 127
        : value is 0x115F or 0x1160 or 0x3164 or 0xFFA0
            || (!IsSpace(value) && Rune.GetUnicodeCategory(new Rune(value))
                is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    private static bool IsSeparator(int value) => value switch
    {
        '-' or ' ' or '.' or '/' or '\\' or '_' => true,
        < 128 => value is >= 9 and <= 13,
        0x2212 or 0x00B7 or 0x2022 or 0x2024 or 0x2027 or 0x2044 or 0x2215 or 0x02D7 or 0x2043 or 0x2800 or 0x00AF or 0xFF0E or 0xFF0F
            or 0x3002 => true,
        _ => IsSpace(value)
            || Rune.GetUnicodeCategory(new Rune(value)) is UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation,
    };

    // Allowed only after the sixth digit: between pairs these belong to times and sums.
    private static bool IsLoose(int value) => value is ':' or '+' or '*' or '~' or '#' or '=' or '|'
        or '\'' or '"' or '(' or ')' or '[' or ']' or '{' or '}'
        or '!' or '?' or 0xB4 or '`' or (>= 0x2018 and <= 0x201F) or 0xAB or 0xBB or 0x2026 || IsTight(value);

    // Followed by a space they separate a date from other text: »010170, 2100 København«.
    private static bool IsTight(int value) => value is ',' or ';' or 0x3001;

    // Begins with a calendar date, or with a day to which 60 is added (administrative person numbers); this rules out most other numbers of
    // ten digits. The century is unknown, so every fourth year has 29 February.
    private static bool IsDate(string digits)
    {
        var (day, month, year) = (Pair(digits, 0), Pair(digits, 2), Pair(digits, 4));
        if (day > 60) day -= 60;
        return day >= 1 && month is >= 1 and <= 12 && day <= (month == 2 && year % 4 != 0 ? 28 : DateTime.DaysInMonth(2000, month));
    }

    private static int Pair(string digits, int at) => ((digits[at] - '0') * 10) + (digits[at + 1] - '0');

    private static List<CprHit> Merged(List<CprHit> hits)
    {
        hits.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var merged = new List<CprHit>(hits.Count);
        foreach (var hit in hits)
        {
            if (merged.Count == 0 || hit.Start >= merged[^1].End) merged.Add(hit);
            else if (hit.End > merged[^1].End) merged[^1] = merged[^1] with { End = hit.End };
        }

        return merged;
    }

    /// <summary>
    /// The characters with one layer of percent-encoding, character references and escapes decoded; null when there is none.
    /// </summary>
    private static List<Glyph>? Unescape(List<Glyph> glyphs)
    {
        if (!glyphs.Exists(g => g.Value is '%' or '&' or '\\')) return null;
        var decoded = new List<Glyph>(glyphs.Count);
        var changed = false;
        for (var n = 0; n < glyphs.Count;)
        {
            var (value, length) = glyphs[n].Value switch
            {
                '%' => Percent(glyphs, n),
                '&' => Reference(glyphs, n),
                '\\' => Escape(glyphs, n),
                _ => default,
            };
            if (length == 0)
            {
                decoded.Add(glyphs[n++]);
                continue;
            }

            decoded.Add(new Glyph(value, glyphs[n].Start, glyphs[n + length - 1].End));
            n += length;
            changed = true;
        }

        return changed ? decoded : null;
    }

    private static (int Value, int Length) Percent(List<Glyph> glyphs, int at)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        for (var n = at; count < 4 && n + 2 < glyphs.Count && glyphs[n].Value == '%' && Hex(glyphs, n + 1, 2) is { } part; n += 3)
            bytes[count++] = (byte)part;
        if (count == 0) return default;
        var whole = Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) == System.Buffers.OperationStatus.Done;
        var (value, length) = whole ? (rune.Value, used * 3) : (bytes[0], 3);

        // "50%01..." is not an escape.
        return value < 32 && value is not (>= 9 and <= 13) ? default : (value, length);
    }

    private static (int Value, int Length) Reference(List<Glyph> glyphs, int at)
    {
        var text = new StringBuilder(12);
        for (var n = at; n < glyphs.Count && n < at + 20 && glyphs[n].Value < 128; n++)
        {
            text.Append((char)glyphs[n].Value);
            if (glyphs[n].Value == ';') break;
        }

        var match = CharacterReference().Match(text.ToString());
        if (!match.Success) return default;
        var value = match.Groups["hex"] is { Success: true } hex ? Number(hex.Value, NumberStyles.AllowHexSpecifier)
            : match.Groups["number"] is { Success: true } number ? Number(number.Value, NumberStyles.None)
            : Named(match.Groups["name"].Value);
        return value is { } rune && Rune.IsValid(rune) ? (rune, match.Length) : default;
    }

    private static int? Number(string digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? Named(string name) => name.ToLowerInvariant() switch
    {
        "hyphen" or "dash" or "horbar" or "nbhyph" => '-',
        "lowbar" or "underbar" => '_',
        "period" => '.',
        "sol" => '/',
        "bsol" => '\\',
        "colon" => ':',
        "plus" => '+',
        "num" => '#',
        "percnt" => '%',
        "tab" or "newline" or "numsp" or "puncsp" or "hairsp" or "nonbreakingspace" or "emsp13" or "emsp14" => ' ',
        "zerowidthspace" or "nobreak" => 0x200B,
        _ => System.Net.WebUtility.HtmlDecode($"&{name};") is var text
            && Rune.DecodeFromUtf16(text, out var rune, out var used) == System.Buffers.OperationStatus.Done
            && used == text.Length ? rune.Value : null,
    };

    private static (int Value, int Length) Escape(List<Glyph> glyphs, int at)
    {
        if (at + 1 == glyphs.Count) return default;
        var (digits, value) = glyphs[at + 1].Value switch { 'u' => (4, Hex(glyphs, at + 2, 4)), 'x' => (2, Hex(glyphs, at + 2, 2)), _ =>
            (0, null) };
        return value is { } code && Rune.IsValid(code) ? (code, digits + 2) : default;
    }

    private static int? Hex(List<Glyph> glyphs, int at, int count)
    {
        if (at + count > glyphs.Count) return null;
        var value = 0;
        for (var n = at; n < at + count; n++)
        {
            if (glyphs[n].Value >= 128 || !char.IsAsciiHexDigit((char)glyphs[n].Value)) return null;
            value = (value << 4) + Convert.ToInt32(((char)glyphs[n].Value).ToString(), 16);
        }

        return value;
    }

    [GeneratedRegex(@"^&(?:#[xX](?<hex>[0-9a-fA-F]{1,6});?|#(?<number>[0-9]{1,7});?|(?<name>[A-Za-z][A-Za-z0-9]{1,17});)",
        RegexOptions.CultureInvariant)]
    private static partial Regex CharacterReference();
}
