using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Features.Registering;

/// <summary>
/// Decodes a text file: UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252, code page 850 or Macintosh, which
/// <see cref="SingleByteText"/> detects. Pure.
/// </summary>
internal static class FileText
{
    /// <summary>The text, and the name of the encoding.</summary>
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
            var (encoding, name) = SingleByteText.Detect(bytes);
            return (encoding.GetString(bytes), name);
        }
    }

    // UTF-16 without a byte order mark: in Latin text every second byte is zero.
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
