using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Portal.Features.Chains.Storage;

/// <summary>Where a page of a list of chains ended; opaque and URL-safe text in the interface.</summary>
internal sealed record ChainCursor(DateTimeOffset At, string Id)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Id}")));

    /// <summary>Reads a cursor; null for none.</summary>
    /// <exception cref="FormatException">The text is not a cursor of this list.</exception>
    public static ChainCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            ? new ChainCursor(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
            : throw new FormatException("The cursor is not one of ours.");
    }
}
