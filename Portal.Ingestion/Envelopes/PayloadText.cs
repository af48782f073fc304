using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// The text of a Base64 payload. The charset is given by a byte order mark, else the XML declaration, else the element's <c>encoding</c>,
/// else it is UTF-8. When the bytes do not fit it: UTF-8 if they are valid, else the likeliest single-byte charset
/// (<see cref="SingleByteText"/>), which accepts any bytes. So a wrong label never loses status, time or identifiers.
/// </summary>
internal static partial class PayloadText
{
    private const int Windows = 1252;
    private const int DeclarationLength = 200;
    private const int LongestDetected = 256 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    static PayloadText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// The bytes of a Base64 text, also in the URL-safe alphabet, with white space of any kind, and without padding; null when the text is
    /// not Base64.
    /// </summary>
    public static byte[]? FromBase64(string base64)
    {
        var buffer = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64, buffer, out var length)) return buffer[..length];
        var plain = new StringBuilder(base64.Length + 3);
        foreach (var character in base64)
        {
            if (char.IsWhiteSpace(character) || character is '=' or '\u200B' or '\uFEFF' or '\u00AD') continue;
            plain.Append(character switch { '-' => '+', '_' => '/', _ => character });
        }

        plain.Append('=', (4 - (plain.Length % 4)) % 4);
        return Convert.TryFromBase64String(plain.ToString(), buffer = new byte[plain.Length], out length) ? buffer[..length] : null;
    }

    /// <summary>
    /// The text without its byte order mark, a Danish sentence when the charset's label was wrong (else null), and the encoding used.
    /// </summary>
    public static (string Text, string? Error, Encoding Encoding) Decode(ReadOnlySpan<byte> bytes, string? label)
    {
        if (Marked(bytes) is var (marked, skip)) return (marked.GetString(bytes[skip..]), null, marked);
        if (bytes is [(byte)'<', 0, not 0, 0, ..]) return (Encoding.Unicode.GetString(bytes), null, Encoding.Unicode);
        if (bytes is [0, (byte)'<', 0, not 0, ..]) return (Encoding.BigEndianUnicode.GetString(bytes), null, Encoding.BigEndianUnicode);
        var declared = Declared(bytes);
        var (declaredEncoding, known) = declared is not null && Find(declared) is { } own ? (own, true)
            : string.IsNullOrWhiteSpace(label) ? (StrictUtf8, true)
            : (Find(label), Find(label) is not null);

        // Any bytes can be decoded as a single-byte charset, but bytes with letters of one are hardly ever valid UTF-8 by chance.
        var isMislabelled = declaredEncoding?.IsSingleByte == true && bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF)
            && System.Text.Unicode.Utf8.IsValid(bytes);
        if (declaredEncoding is not null && !isMislabelled && TryDecode(bytes, declaredEncoding) is { } text)
            return (text, null, declaredEncoding);
        var (read, name) = System.Text.Unicode.Utf8.IsValid(bytes) ? (Encoding.UTF8, "utf-8") : Detected(bytes);

        var named =
            declared is not null && Find(declared) is not null ? declared : string.IsNullOrWhiteSpace(label) ? "utf-8" : label.Trim();

        // A UTF-8 byte order mark before bytes that are not UTF-8.
        var guessed = read.GetString(bytes);
        return (guessed.StartsWith("ï»¿", StringComparison.Ordinal) ? guessed[3..] : guessed, known
            ? $"Beskeddata er ikke skrevet i det tegnsæt, som den angiver ({named}); den er læst som {name}."
            : $"Beskeddata angiver et tegnsæt, som ikke kendes; den er læst som {name}.", read);
    }

    /// <summary>
    /// A Danish remark that an envelope which declares UTF-8, or nothing, is not UTF-8, and which charset it resembles; empty when it is
    /// UTF-8 or names another charset. An envelope is never read in another charset than it declares: whoever verifies its bytes must read
    /// the same message.
    /// </summary>
    public static string NotUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Marked(bytes) is not null || System.Text.Unicode.Utf8.IsValid(bytes) || bytes.IndexOf((byte)0) >= 0) return "";
        if (Declared(bytes) is { } declared && !declared.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return "";
        var (_, name) = SingleByteText.Detect(bytes.Slice(0, Math.Min(bytes.Length, LongestDetected)));
        return $": kuverten er ikke skrevet i UTF-8, men ligner {name}";
    }

    /// <summary>The text without the characters and character references that XML 1.0 forbids; the same text when it has none.</summary>
    public static string WithoutForbidden(string text)
    {
        var cleaned = ForbiddenReference().Replace(text, match => IsAllowedReference(match) ? match.Value : "");
        if (!HasForbidden(cleaned)) return cleaned;
        var allowed = new StringBuilder(cleaned.Length);
        for (var n = 0; n < cleaned.Length; n++)
        {
            if (n + 1 < cleaned.Length && XmlConvert.IsXmlSurrogatePair(cleaned[n + 1], cleaned[n]))
            {
                allowed.Append(cleaned[n]).Append(cleaned[++n]);
            }
            else if (XmlConvert.IsXmlChar(cleaned[n]))
            {
                allowed.Append(cleaned[n]);
            }
        }

        return allowed.ToString();
    }

    private static bool HasForbidden(string text)
    {
        for (var n = 0; n < text.Length; n++)
        {
            if (XmlConvert.IsXmlChar(text[n])) continue;
            if (n + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[n + 1], text[n])) n++;
            else return true;
        }

        return false;
    }

    private static bool IsAllowedReference(Match match)
    {
        var (digits, style) = match.Groups["hex"] is { Success: true } hex
            ? (hex.Value, System.Globalization.NumberStyles.AllowHexSpecifier)
            : (match.Groups["number"].Value, System.Globalization.NumberStyles.None);
        return int.TryParse(digits, style, System.Globalization.CultureInfo.InvariantCulture, out var value)
            && Rune.IsValid(value) && (value > char.MaxValue || XmlConvert.IsXmlChar((char)value));
    }

    private static (Encoding Encoding, int Skip)? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] when System.Text.Unicode.Utf8.IsValid(bytes) => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private static (Encoding Encoding, string Name) Detected(ReadOnlySpan<byte> bytes)
    {
        var (encoding, name) = SingleByteText.Detect(bytes.Slice(0, Math.Min(bytes.Length, LongestDetected)));
        return (encoding, encoding.CodePage == Windows ? "windows-1252" : name);
    }

    // The declaration is readable as ASCII, so the bytes are not UTF-16 or UTF-32 even if it says so.
    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationLength)])
            .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        return Declaration().Match(start) is { Success: true } match
            && !match.Groups[1].Value.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            && !match.Groups[1].Value.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) ? match.Groups[1].Value : null;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            var found = Encoding.GetEncoding(name.Trim(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

            // What is labelled Latin-1 is Windows-1252 in practice, which has dashes and quotation marks where Latin-1 has control
            // characters.
            return found.CodePage == Encoding.Latin1.CodePage ? Encoding.GetEncoding(Windows) : found;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // NotSupported: .NET refuses utf-7, which is unsafe.
            return null;
        }
    }

    private static string? TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(bytes);

            // Labelled UTF-16 but single bytes: read as UTF-16 they give letters of other alphabets and no '<' at all.
            if (!encoding.IsSingleByte && encoding.CodePage != Encoding.UTF8.CodePage && bytes is [(byte)'<', not 0, ..]
                && !text.Contains('<', StringComparison.Ordinal))
            {
                return null;
            }
            return text is ['\uFEFF', ..] ? text[1..] : text;
        }
        catch (Exception wrong) when (wrong is DecoderFallbackException or ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex("&#(?:x(?<hex>[0-9A-Fa-f]+)|(?<number>[0-9]+));", RegexOptions.CultureInvariant)]
    private static partial Regex ForbiddenReference();
}
