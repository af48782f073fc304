using System.Text;

namespace Portal.Ingestion.Ledger;

/// <summary>
/// A checkpoint, a proof or a key as the portal wrote it, out of a file that an editor, a mail program or a web page may have saved again: with a byte order mark,
/// in UTF-16, with other line breaks, with spaces or empty lines more, with the dash as a character reference. Pure.
/// </summary>
public static class ResavedText
{
    private const int Windows = 1252;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static ResavedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Said of a file that cannot be put back.</summary>
    public const string GetAgain = "filen er gemt om af et program; hent den igen";

    /// <summary>The text as it was written, and whether the file differs from it. What cannot be put back comes as it is.</summary>
    public static (string Text, bool Resaved) Restore(ReadOnlySpan<byte> bytes)
    {
        var decoded = Decode(bytes);
        var text = decoded.Replace("\uFEFF", "", StringComparison.Ordinal).Replace("\u200B", "", StringComparison.Ordinal).Replace('\u00A0', ' ')
            .Replace("&mdash;", "—", StringComparison.OrdinalIgnoreCase).Replace("&#8212;", "—", StringComparison.Ordinal).Replace("&#x2014;", "—", StringComparison.OrdinalIgnoreCase)
            .Replace("&nbsp;", " ", StringComparison.OrdinalIgnoreCase).Replace("&#43;", "+", StringComparison.Ordinal).Replace("&plus;", "+", StringComparison.Ordinal)
            .Replace("&#x2B;", "+", StringComparison.OrdinalIgnoreCase).Replace("â€”", "—", StringComparison.Ordinal)
            .Replace("\r\r\n", "\n", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lines = text.Split('\n').Select(l => l.Trim()).Select(Dashed).ToList();
        while (lines.Count > 0 && lines[0].Length == 0) lines.RemoveAt(0);
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        for (var n = lines.Count - 1; n > 0; n--)
        {
            if (lines[n].Length == 0 && lines[n - 1].Length == 0) lines.RemoveAt(n);
        }

        var restored = string.Join('\n', lines) + "\n";
        return (restored, !Encoding.UTF8.GetBytes(restored).AsSpan().SequenceEqual(bytes));
    }

    // A signature's line begins with an em dash, which programs like to make another of.
    private static string Dashed(string line) => line.StartsWith("– ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal) ? $"— {line[2..]}"
        : line.StartsWith("-- ", StringComparison.Ordinal) ? $"— {line[3..]}" : line;

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes is [not 0, 0, ..]) return Encoding.Unicode.GetString(bytes);
        if (bytes is [0, not 0, ..]) return Encoding.BigEndianUnicode.GetString(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(Windows).GetString(bytes);
        }
    }
}
