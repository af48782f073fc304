using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Http;

/// <summary>
/// Converts a JSON body to UTF-8: from UTF-8 and UTF-16 with or without a byte order mark, UTF-32 with one, else from the charset that the
/// call names, else from Windows-1252 (a superset of Latin-1's letters). The bytes decide: valid UTF-8 is UTF-8, whatever charset the call
/// names. Bytes that make more sense in another character set (<see cref="SingleByteText"/>) are refused rather than guessed. Pure.
/// </summary>
internal static class JsonText
{
    /// <summary>The body as UTF-8 without a byte order mark, or what is wrong with its characters, in Danish.</summary>
    /// <param name="body">As received.</param>
    /// <param name="charset">As the call names it; null when it does not.</param>
    public static (ReadOnlyMemory<byte> Utf8, string? Error) ToUtf8(ReadOnlyMemory<byte> body, string? charset)
    {
        var bytes = body.Span;
        if (bytes.StartsWith(Encoding.UTF8.GetPreamble())) body = body[3..];
        else if (bytes is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
            return Recoded(body[4..], new UTF32Encoding(bytes[0] == 0, false, true));
        else if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return Recoded(body[2..], new UnicodeEncoding(bytes[0] == 0xFE, false, true));
        else if (bytes is [0, not 0, 0, not 0, ..] or [not 0, 0, not 0, 0, ..] or [_, 0] or [0, _])
            return Recoded(body, new UnicodeEncoding(bytes[0] == 0, false, true));

        // Some systems send trailing NULs, the unused end of their buffer.
        body = body[..body.Span.TrimEnd((byte)0).Length];
        if (body.Span.IndexOf((byte)0) is >= 0 and var zero)
        {
            return (default,
                string.Create(CultureInfo.InvariantCulture, $"Indholdet har en nul-byte (byte {zero + 1}) og kan ikke læses som JSON."));
        }
        if (System.Text.Unicode.Utf8.IsValid(body.Span)) return (body, null);
        var encoding = SingleByteText.Windows1252;
        if (!string.IsNullOrWhiteSpace(charset) && !IsUtf8(charset))
        {
            try
            {
                encoding =
                    Encoding.GetEncoding(charset.Trim('"', ' '), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            }
            catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
            {
                return (default, "Kaldet angiver et tegnsæt, som ikke kendes. Send UTF-8.");
            }

            // A body declared as Latin-1 is Windows-1252 in practice, and JSON without a NUL byte is not UTF-16 or UTF-32.
            if (encoding.CodePage == Encoding.Latin1.CodePage || encoding is UnicodeEncoding or UTF32Encoding)
                encoding = SingleByteText.Windows1252;
        }

        var recoded = Recoded(body, encoding);
        return recoded.Error is null && encoding.IsSingleByte && !SingleByteText.MakesSense(body.Span, encoding)
            ? (default,
                $"Indholdet er hverken UTF-8 eller {encoding.WebName}; det ligner {SingleByteText.Detect(body.Span).Name}. Send UTF-8.")
            : recoded;
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"', ' ').Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase);

    private static (ReadOnlyMemory<byte> Utf8, string? Error) Recoded(ReadOnlyMemory<byte> body, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(body.Span).TrimEnd('\0');
            return encoding.IsSingleByte && text.Any(c => c is >= '\u0080' and < '\u00A0')
                ? (default, $"Indholdets tegnsæt er hverken UTF-8, UTF-16 eller Windows-1252 ({encoding.WebName}). Send UTF-8.")
                : (Encoding.UTF8.GetBytes(text), null);
        }
        catch (Exception wrong) when (wrong is DecoderFallbackException or ArgumentException)
        {
            return (default, $"Indholdet er ikke skrevet i det tegnsæt, som det angiver ({encoding.WebName}). Send UTF-8.");
        }
    }
}
