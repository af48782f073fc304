using System.Buffers;
using System.Text;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Checks whether a file ends like XML: with the end tag of its first element, followed only by white space, comments and processing
/// instructions. A file that is being copied may pause at any byte, also at the end of an inner tag, or may have its full length in zero
/// bytes from the start. Pure; reads ASCII-compatible encodings, UTF-16 and UTF-32, with or without a byte order mark.
/// </summary>
internal static class XmlEnding
{
    /// <summary>How much of the beginning and of the end is read, in bytes.</summary>
    public const int Window = 64 * 1024;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    /// <summary>True when the file ends like XML, judged by its first and last bytes.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="tail">The last bytes; the same as <paramref name="head"/> when the file is no longer than <see cref="Window"/>.</param>
    /// <param name="length">The file's length, bytes.</param>
    public static bool IsEnded(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long length)
    {
        if (length == 0) return false;
        var encoding = EncodingOf(head);
        var unit = encoding.IsSingleByte ? 1 : encoding is UnicodeEncoding ? 2 : 4;
        if (length % unit != 0) return false;

        // The window may begin in the middle of a character.
        var skip = (int)((length - tail.Length) % unit);
        var begin = Text(encoding, head[..(head.Length - (head.Length % unit))]);
        var end = WithoutMisc(Text(encoding, tail[(skip == 0 ? 0 : unit - skip)..]));
        if (!end.EndsWith('>')) return false;
        return RootOf(begin) switch
        {
            // No element within the window: this is not XML, so no end tag will follow.
            null => true,
            { Name: var name, IsEmptyElement: false } => EndsWithTag(end, name),
            { At: var at } => length <= Window && end.Length <= at + 1,
        };
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] or [(byte)'<', 0, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, (byte)'<', ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),

        // Names are compared byte for byte, so all ASCII-compatible encodings can be read as Latin-1.
        _ => Encoding.Latin1,
    };

    private static string Text(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.GetString(bytes);
        return text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text.TrimStart('\uFEFF');
    }

    /// <summary>The text without trailing white space, comments and processing instructions.</summary>
    private static string WithoutMisc(string text)
    {
        while (true)
        {
            text = text.TrimEnd(' ', '\t', '\r', '\n', '\uFEFF');
            var (open, close) = text.EndsWith("-->", StringComparison.Ordinal) ? ("<!--", "-->")
                : text.EndsWith("?>", StringComparison.Ordinal) ? ("<?", "?>")
                : ("", "");
            if (close.Length == 0) return text;
            var at = text.LastIndexOf(open, text.Length - close.Length, StringComparison.Ordinal);
            if (at < 0) return text;
            text = text[..at];
        }
    }

    /// <summary>
    /// The first element: its name as written, whether it is empty, and where its start tag ends. Null when there is none.
    /// </summary>
    private static (string Name, bool IsEmptyElement, int At)? RootOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            at = text.IndexOf('<', at);
            if (at < 0 || at + 1 >= text.Length) return null;
            var close = text[at + 1] switch
            {
                '?' => "?>",
                '!' when text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal) => "-->",
                '!' => ">",
                _ => null,
            };
            if (close is null)
            {
                var nameEnd = text.AsSpan(at + 1).IndexOfAny(NameEnds);
                if (nameEnd <= 0) return null;
                var tagEnd = TagEnd(text, at);
                return tagEnd < 0
                    ? (text[(at + 1)..(at + 1 + nameEnd)], false, text.Length)
                    : (text[(at + 1)..(at + 1 + nameEnd)], text[tagEnd - 1] == '/', tagEnd);
            }

            var end = text.IndexOf(close, at + 2, StringComparison.Ordinal);

            // The window ends before the first element. The empty name matches no end tag, so the file counts as not ended.
            if (end < 0) return ("", false, text.Length);
            at = end + close.Length;
        }

        return null;
    }

    /// <summary>Where the start tag ends; a <c>&gt;</c> within an attribute's value does not end it.</summary>
    private static int TagEnd(string text, int from)
    {
        var quote = '\0';
        for (var at = from; at < text.Length; at++)
        {
            if (quote != '\0') quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '"' or '\'') quote = text[at];
            else if (text[at] == '>') return at;
        }

        return -1;
    }

    private static bool EndsWithTag(string text, string name)
    {
        var tag = text.AsSpan()[..^1].TrimEnd(" \t\r\n");
        return tag.EndsWith(name, StringComparison.Ordinal) && tag[..^name.Length].EndsWith("</", StringComparison.Ordinal);
    }
}
