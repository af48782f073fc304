using System.Text;

namespace Portal.Registering;

/// <summary>
/// The text of a file whatever program saved it: UTF-8 and UTF-16 with or without a mark in front, else Windows-1252, code page 850 or Macintosh, told apart by
/// where the Danish letters stand. Pure.
/// </summary>
internal static class FileText
{
    private const int Mac = 10000;
    private const int Dos = 850;
    private const int Windows = 1252;

    // æ ø å Æ Ø Å. What is a quotation mark or a dash in Windows-1252 is left out.
    private static readonly (int CodePage, string Name, byte[] Letters)[] SingleByte =
    [
        (Windows, "Windows-1252", [0xE6, 0xF8, 0xE5, 0xC6, 0xD8, 0xC5]),
        (Dos, "tegnsæt 850 (MS-DOS)", [0x9B, 0x86, 0x9D, 0x8F]),
        (Mac, "Macintosh", [0xBE, 0xBF, 0x8C, 0xAE, 0xAF]),
    ];

    static FileText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text, and the name of what it was read as.</summary>
    public static (string Text, string ReadAs) Of(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.GetPreamble())) return (Encoding.UTF8.GetString(bytes.AsSpan(3)), "UTF-8");
        if (bytes is [0xFF, 0xFE, ..]) return (Encoding.Unicode.GetString(bytes.AsSpan(2)), "UTF-16");
        if (bytes is [0xFE, 0xFF, ..]) return (Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)), "UTF-16");
        if (HalfIsZero(bytes, 1)) return (Encoding.Unicode.GetString(bytes), "UTF-16");
        if (HalfIsZero(bytes, 0)) return (Encoding.BigEndianUnicode.GetString(bytes), "UTF-16");
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            var best = SingleByte.MaxBy(s => bytes.Count(b => s.Letters.Contains(b)));
            return (Encoding.GetEncoding(best.CodePage).GetString(bytes), best.Name);
        }
    }

    // UTF-16 without a mark: Latin letters leave every second byte zero.
    private static bool HalfIsZero(byte[] bytes, int from)
    {
        var (zero, other, all) = (0, 0, 0);
        for (var n = 0; n + 1 < Math.Min(bytes.Length, 4096); n += 2)
        {
            all++;
            if (bytes[n + from] == 0) zero++;
            if (bytes[n + 1 - from] == 0) other++;
        }

        return all > 4 && other == 0 && zero * 10 >= all * 9;
    }
}
