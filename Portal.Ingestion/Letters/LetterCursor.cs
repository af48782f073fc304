using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Portal.Ingestion.Letters;

/// <summary>
/// Where a page of a list ended: a time (UTC ticks), and a rank and key that order equal times. Opaque and URL-safe on the wire.
/// </summary>
internal sealed record LetterCursor(long Ticks, int Rank, string Key)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Ticks}|{Rank}|{Key}")));

    /// <summary>Reads a cursor; null for an empty text.</summary>
    /// <exception cref="FormatException">The text is not a cursor.</exception>
    public static LetterCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 3);
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0
            && ticks <= DateTime.MaxValue.Ticks
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            ? new LetterCursor(ticks, rank, parts[2])
            : throw new FormatException("The cursor is not one of ours.");
    }

    public DateTimeOffset At => new(Ticks, TimeSpan.Zero);

    public long NumericKey => long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
        ? key
        : throw new FormatException("The cursor is not one of ours.");
}
