using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Ingestion.Log;

/// <summary>
/// A BeskedId as the database stores it: a UUID as 16 bytes, since the index over all BeskedIds is the largest; any other text as UTF-8
/// followed by a zero byte (by two when one would make 16 bytes).
/// </summary>
public static class BeskedIdBytes
{
    private const int UuidBytes = 16;
    private const int UuidText = 36;

    /// <summary>The bytes of a normalised BeskedId.</summary>
    public static byte[] Of(string beskedId)
    {
        ArgumentNullException.ThrowIfNull(beskedId);
        if (beskedId.Length == UuidText && Guid.TryParseExact(beskedId, "D", out var uuid)) return uuid.ToByteArray(bigEndian: true);
        var length = Encoding.UTF8.GetByteCount(beskedId);
        var bytes = new byte[length + (length == UuidBytes - 1 ? 2 : 1)];
        Encoding.UTF8.GetBytes(beskedId, bytes);
        return bytes;
    }

    /// <summary>The BeskedId of bytes made by <see cref="Of"/>.</summary>
    public static string From(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length == UuidBytes
            ? new Guid(bytes, bigEndian: true).ToString()
            : Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0));
    }

    /// <summary>Bounds (from, to; half-open) of all BeskedIds that begin with <paramref name="text"/>; null for an empty text.</summary>
    public static (byte[] From, byte[] To)? Beginning(string text)
    {
        if (MessageIdentifiers.KeysOf(text) is not null)
        {
            var digits = text.Replace("-", "", StringComparison.Ordinal);
            var from = Convert.FromHexString(digits.PadRight(UuidBytes * 2, '0'));
            var last = Convert.FromHexString(digits.PadRight(UuidBytes * 2, 'f'));
            return (from, [.. last, 0]);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0 ? null : (bytes, [.. bytes, 0xFF]);
    }

    /// <summary>The value converter for the EF model.</summary>
    public sealed class Converter() : ValueConverter<string, byte[]>(id => Of(id), bytes => From(bytes));
}
