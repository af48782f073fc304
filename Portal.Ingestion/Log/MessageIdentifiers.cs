using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Log;

/// <summary>The roles of an identifier in a message; a value often has several.</summary>
[Flags]
public enum IdentifierRole
{
    None = 0,
    MessageUuid = 1,

    /// <summary>The ObjektId of the registration with the action, when it is not a person.</summary>
    EnvelopeObject = 2,

    TransmissionId = 4,
    MessageId = 8,
    ForsendelseIdentifikator = 16,
    AfsendelseIdentifikator = 32,
    CorrelationId = 64,

    /// <summary>The id of another object in the message: used for search, never for matching.</summary>
    Related = 128,
}

/// <summary>An identifier of a message: a UUID in lower case, anything else as written.</summary>
public readonly record struct MessageIdentifier(IdentifierRole Role, string Value);

/// <summary>
/// A message's identifiers as one narrow column: each value once with all its roles, UUIDs in 16 bytes. Format: role byte, length as 7-bit
/// integer (0: a UUID of 16 bytes follows), bytes.
/// </summary>
public static class MessageIdentifiers
{
    private const int UuidBytes = 16;

    // A length takes at most five groups of seven bits.
    private const int MaxShift = 28;

    // Rows are read by the thousand, and senders choose these texts. A letter's identifiers have at most 200 characters, so a longer one
    // finds none; what is left out stands in the content.
    private const int LongestValue = 1000;
    private const int MostCharacters = 64 * 1024;

    /// <summary>
    /// The packed column; null when there are no identifiers. Empty values are left out, one of more than a thousand characters is cut, and
    /// those after the first 64 K characters are left out.
    /// </summary>
    public static byte[]? Pack(params ReadOnlySpan<(IdentifierRole Role, string? Value)> identifiers)
    {
        var values = new List<(IdentifierRole Role, string Value)>(Math.Min(identifiers.Length, 16));
        var characters = 0;
        foreach (var (role, written) in identifiers)
        {
            if (string.IsNullOrWhiteSpace(written)) continue;
            var value = TextCut.At(written, LongestValue);
            var at = values.FindIndex(v => v.Value == value);
            if (at >= 0)
            {
                values[at] = (values[at].Role | role, value);
                continue;
            }

            if ((characters += value.Length) > MostCharacters) break;
            values.Add((role, value));
        }

        if (values.Count == 0) return null;
        using var bytes = new MemoryStream(values.Count * (UuidBytes + 2));
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var (role, value) in values)
        {
            writer.Write((byte)role);
            if (Uuid(value) is { } uuid)
            {
                writer.Write7BitEncodedInt(0);
                writer.Write(uuid.ToByteArray(bigEndian: true));
            }
            else
            {
                var text = Encoding.UTF8.GetBytes(value);
                writer.Write7BitEncodedInt(text.Length);
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The identifiers that <see cref="Pack"/> packed; of a damaged column those before the damage.</summary>
    public static IReadOnlyList<MessageIdentifier> Unpack(byte[]? packed) => Unpack(packed, out _);

    /// <summary>The identifiers that <see cref="Pack"/> packed.</summary>
    /// <param name="whole">False when the column is cut or damaged: then only the identifiers before the damage are returned.</param>
    public static IReadOnlyList<MessageIdentifier> Unpack(byte[]? packed, out bool whole)
    {
        var identifiers = new List<MessageIdentifier>();
        var rest = (ReadOnlySpan<byte>)packed;
        while (TryNext(ref rest, out var role, out var isUuid, out var value))
        {
            identifiers.Add(
                new MessageIdentifier(role, isUuid ? new Guid(value, bigEndian: true).ToString() : Encoding.UTF8.GetString(value)));
        }

        whole = rest.IsEmpty;
        return identifiers;
    }

    /// <summary>
    /// Calls <paramref name="found"/> with the key of each packed identifier: <see cref="KeyOf"/>, without allocating the texts of UUIDs.
    /// Of a damaged column those before the damage.
    /// </summary>
    public static void ForEachKey(byte[]? packed, Action<long> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var rest = (ReadOnlySpan<byte>)packed;
        while (TryNext(ref rest, out _, out var isUuid, out var value))
            found(isUuid ? BinaryPrimitives.ReadInt64BigEndian(value) : KeyOf(Encoding.UTF8.GetString(value)));
    }

    /// <summary>
    /// Reads the next identifier; false at the end, or when the rest is damaged, which then stays in <paramref name="rest"/>.
    /// </summary>
    private static bool TryNext(ref ReadOnlySpan<byte> rest, out IdentifierRole role, out bool isUuid, out ReadOnlySpan<byte> value)
    {
        role = IdentifierRole.None;
        isUuid = false;
        value = default;
        if (rest.Length < 2) return false;
        var (length, at, shift) = (0L, 1, 0);
        byte part;
        do
        {
            if (at == rest.Length || shift > MaxShift) return false;
            part = rest[at++];
            length |= (long)(part & 0x7F) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);
        isUuid = length == 0;
        if (isUuid) length = UuidBytes;
        if (length > rest.Length - at) return false;
        role = (IdentifierRole)rest[0];
        value = rest.Slice(at, (int)length);
        rest = rest[(at + (int)length)..];
        return true;
    }

    /// <summary>True when a packed identifier has a key from <paramref name="from"/> to <paramref name="to"/>, inclusive.</summary>
    public static bool HasKey(byte[]? packed, long from, long to)
    {
        var has = false;
        ForEachKey(packed, key => has |= key >= from && key <= to);
        return has;
    }

    /// <summary>The first value with a role, or null.</summary>
    public static string? Of(this IReadOnlyList<MessageIdentifier> identifiers, IdentifierRole role)
    {
        foreach (var identifier in identifiers)
        {
            if ((identifier.Role & role) != 0) return identifier.Value;
        }

        return null;
    }

    /// <summary>
    /// The key of <see cref="StoredIdentifier"/>: the first half of a UUID, so that it can be found by its beginning; of anything else, 64
    /// bits of the SHA-256 of its <see cref="IdentifierKey"/>.
    /// </summary>
    public static long KeyOf(string value) => IdentifierKey.Uuid(value) is { } uuid
        ? BinaryPrimitives.ReadInt64BigEndian(uuid.ToByteArray(bigEndian: true))
        : HashOf(IdentifierKey.Of(value));

    /// <summary>
    /// The other keys under which an earlier version stored a value: it recognised only a UUID with hyphens, and hashed every other text in
    /// lower case.
    /// </summary>
    public static IEnumerable<long> FormerKeysOf(string value) => IdentifierKey.Uuid(value) is { } uuid
        ? new[] { $"{uuid:N}", $"{uuid:B}", $"{uuid:P}", $"urn:uuid:{uuid:D}", $"uuid:{uuid:D}" }.Select(HashOf)
        : value.Trim().ToLowerInvariant() is var plain && plain != IdentifierKey.Of(value) ? [HashOf(plain)] : [];

    private static long HashOf(string text) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// The range of keys of all UUIDs that begin with <paramref name="text"/>; null unless it is the beginning of a UUID with hyphens, of
    /// at least eight digits.
    /// </summary>
    public static (long From, long To)? KeysOf(string text)
    {
        const string Form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
        if (text.Length is < 8 or > 36) return null;
        for (var n = 0; n < text.Length; n++)
        {
            if (Form[n] == '-' ? text[n] != '-' : !char.IsAsciiHexDigit(text[n])) return null;
        }

        var digits = text.Replace("-", "", StringComparison.Ordinal);
        digits = digits[..Math.Min(digits.Length, 16)];
        return (Convert.ToInt64(digits.PadRight(16, '0'), 16), Convert.ToInt64(digits.PadRight(16, 'f'), 16));
    }

    private static Guid? Uuid(string value) => value.Length == 36 && Guid.TryParseExact(value, "D", out var uuid) ? uuid : null;
}

/// <summary>
/// Index of messages by identifier. The rows of <see cref="BucketSize"/> messages are stored together, so that writing touches the same few
/// pages however large the log is; a search reads each bucket. Keys may collide, so candidates are compared in full.
/// </summary>
public sealed class StoredIdentifier
{
    /// <summary>Messages in a bucket.</summary>
    public const int BucketSize = 1 << 17;

    /// <summary>The sequence number divided by <see cref="BucketSize"/>.</summary>
    public int Bucket { get; set; }

    /// <summary>See <see cref="MessageIdentifiers.KeyOf"/>.</summary>
    public long Key { get; set; }

    public long Sequence { get; set; }

    /// <summary>The bucket of a message.</summary>
    public static int BucketOf(long sequence) => (int)(sequence / BucketSize);
}
