using System.Numerics;
using System.Text;

namespace Portal.Ingestion.Envelopes;

/// <summary>
/// Finds an element with more attributes than any real one has, before an <see cref="System.Xml.XmlReader"/> reads the document: the reader
/// holds an element's attributes all at once and compares them with each other, so that ten megabytes of them in one element take it tens
/// of seconds. This takes one pass that compares nothing. Pure.
/// </summary>
public static class XmlAttributeLimit
{
    /// <summary>
    /// The most attributes of one element, declarations of namespaces included. Real ones have a dozen; so many are read in a fraction of a
    /// second.
    /// </summary>
    public const int Most = 25_000;

    // In bytes or characters: a smaller document cannot have enough of them to matter.
    private const int Harmless = 64 * 1024;

    /// <summary>True when an element has more than <see cref="Most"/>; false for what is not XML.</summary>
    public static bool IsExceeded(ReadOnlySpan<byte> document)
    {
        if (document.Length <= Harmless) return false;
        return WideEncoding(document) is { } wide ? Scan<char>(wide.GetString(document)) : Scan(document);
    }

    /// <summary>The same for text.</summary>
    public static bool IsExceeded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > Harmless && Scan<char>(text);
    }

    // All other encodings of XML write the signs that count here as ASCII does.
    private static Encoding? WideEncoding(ReadOnlySpan<byte> document) => document switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [(byte)'<', 0, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, (byte)'<', ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static bool Scan<TSign>(ReadOnlySpan<TSign> rest)
        where TSign : unmanaged, IBinaryInteger<TSign>
    {
        var start = TSign.CreateTruncating('<');
        var (cdata, cdataEnd) = (Signs<TSign>("![CDATA["), Signs<TSign>("]]>"));
        var (comment, commentEnd) = (Signs<TSign>("!--"), Signs<TSign>("-->"));
        var (instruction, instructionEnd) = (Signs<TSign>("?"), Signs<TSign>("?>"));
        while (rest.IndexOf(start) is >= 0 and var at)
        {
            rest = rest[(at + 1)..];
            if (rest.StartsWith(cdata)) rest = After(rest, cdataEnd);
            else if (rest.StartsWith(comment)) rest = After(rest, commentEnd);
            else if (rest.StartsWith(instruction)) rest = After(rest, instructionEnd);
            else if (HasTooMany(ref rest)) return true;
        }

        return false;
    }

    // Counts the quoted values up to the tag's end, which may itself stand in quotes.
    private static bool HasTooMany<TSign>(ref ReadOnlySpan<TSign> rest)
        where TSign : unmanaged, IBinaryInteger<TSign>
    {
        var end = TSign.CreateTruncating('>');
        var (quote, apostrophe) = (TSign.CreateTruncating('"'), TSign.CreateTruncating('\''));
        for (var values = 0; values <= Most; values++)
        {
            var at = rest.IndexOfAny(quote, apostrophe, end);
            var sign = at < 0 ? end : rest[at];
            rest = at < 0 ? [] : rest[(at + 1)..];
            if (sign == end) return false;
            rest = After(rest, [sign]);
        }

        return true;
    }

    private static ReadOnlySpan<TSign> After<TSign>(ReadOnlySpan<TSign> rest, scoped ReadOnlySpan<TSign> end)
        where TSign : unmanaged, IBinaryInteger<TSign> =>
        rest.IndexOf(end) is >= 0 and var at ? rest[(at + end.Length)..] : [];

    private static TSign[] Signs<TSign>(string ascii)
        where TSign : unmanaged, IBinaryInteger<TSign> => [.. ascii.Select(c => TSign.CreateTruncating(c))];
}
