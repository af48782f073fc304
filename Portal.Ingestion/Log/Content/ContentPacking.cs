using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Frozen;
using Portal.Ingestion.Envelopes;

namespace Portal.Ingestion.Log.Content;

/// <summary>
/// Packs content for compression, removing redundancy that a compressor cannot find: a Base64 payload (which repeats text around it, but
/// encoded) is decoded, and UUIDs of 36 characters become 16 bytes, stored before the text. Reversible to the byte: whatever could not be
/// restored exactly is left unchanged. Format: position and length of the Base64 text (four bytes each, little-endian), number of UUIDs and
/// of Base64 padding characters (a byte each), the UUIDs, then the text, in which byte 1 followed by an index stands for a UUID. Text that
/// contains byte 1 is not packed (length −1).
/// </summary>
internal static class ContentPacking
{
    private const int Head = 10;
    private const int CountAt = 8;
    private const int PaddingAt = 9;
    private const int UuidText = 36;
    private const int FirstHyphen = 8;
    private const int UuidBytes = 16;
    private const int MaxUuids = 255;
    private const int ShortestBase64 = 128;
    private const byte Mark = 1;
    private const int AsItIs = -1;

    // These UUIDs are in the dictionary as text, where they cost less than 16 bytes.
    private static readonly FrozenSet<Guid> Constants = KnownHandlinger.Names.Keys.Concat(KnownBeskedtyper.Names.Keys)
        .Concat(KnownSikkerhedsklassificeringer.Fortrolige)
        .Append(KnownSikkerhedsklassificeringer.IkkeFortrolig).Concat(KnownPostStatusIds.All).Select(Guid.Parse).ToFrozenSet();

    private static readonly SearchValues<byte> Base64Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>The packed bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains(Mark)) return Whole(bytes);
        var (position, length) = FindBase64(bytes);
        var text = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes[..position].CopyTo(text);
            var decoded = 0;
            if (length > 0
                && (Base64.DecodeFromUtf8(bytes.Slice(position, length), text.AsSpan(position), out _, out decoded) != OperationStatus.Done
                    || !ComesBack(text.AsSpan(position, decoded), bytes.Slice(position, length))))
            {
                (length, decoded) = (0, 0);
            }

            bytes[(position + length)..].CopyTo(text.AsSpan(position + decoded));
            return PullUuids(text.AsSpan(0, bytes.Length - length + decoded), position, length, decoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    /// <summary>Where the text begins in packed bytes: the UUIDs before it are random and not worth compressing.</summary>
    public static int TextStart(ReadOnlySpan<byte> packed) => Head + (packed[CountAt] * UuidBytes);

    /// <summary>The original bytes of a packed head and text.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var position = BinaryPrimitives.ReadInt32LittleEndian(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if (length == AsItIs) return body.ToArray();
        var text = PutUuids(body, head[Head..]);
        if (length == 0) return text;
        var decoded = Base64.GetMaxDecodedFromUtf8Length(length) - head[PaddingAt];
        if (position < 0 || decoded < 0 || position > text.Length - decoded) throw new FormatException("The folded text is damaged.");
        var bytes = new byte[text.Length - decoded + length];
        text.AsSpan(0, position).CopyTo(bytes);
        Base64.EncodeToUtf8(text.AsSpan(position, decoded), bytes.AsSpan(position), out _, out _);
        text.AsSpan(position + decoded).CopyTo(bytes.AsSpan(position + length));
        return bytes;
    }

    private static byte[] Whole(ReadOnlySpan<byte> bytes)
    {
        var packed = new byte[Head + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(4), AsItIs);
        bytes.CopyTo(packed.AsSpan(Head));
        return packed;
    }

    /// <summary>The longest unbroken run of Base64 characters, when it is long enough to be a payload.</summary>
    private static (int Position, int Length) FindBase64(ReadOnlySpan<byte> bytes)
    {
        var (best, length) = (0, 0);
        var at = 0;
        while (at < bytes.Length - ShortestBase64)
        {
            // Any run that is long enough covers this byte, so most of the text is not examined.
            var probe = at + ShortestBase64 - 1;
            if (!Base64Alphabet.Contains(bytes[probe]))
            {
                at = probe + 1;
                continue;
            }

            var start = at + bytes[at..probe].LastIndexOfAnyExcept(Base64Alphabet) + 1;
            var end = bytes[probe..].IndexOfAnyExcept(Base64Alphabet);
            end = end < 0 ? bytes.Length : probe + end;
            if (end - start > length) (best, length) = (start, end - start);
            at = end;
        }

        return length >= ShortestBase64 && length % 4 == 0 ? (best, length) : (0, 0);
    }

    private static bool ComesBack(ReadOnlySpan<byte> decoded, ReadOnlySpan<byte> text)
    {
        if (decoded.Contains(Mark)) return false;
        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(decoded.Length));
        try
        {
            return Base64.EncodeToUtf8(decoded, encoded, out _, out var written) == OperationStatus.Done
                && encoded.AsSpan(0, written).SequenceEqual(text);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    private static byte[] PullUuids(ReadOnlySpan<byte> text, int position, int length, int decoded)
    {
        Span<Guid> uuids = stackalloc Guid[MaxUuids];
        var count = 0;
        var body = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var (at, written) = (0, 0);
            while (NextUuid(text, at) is var start && start >= 0)
            {
                var known = -1;
                if (TryUuid(text.Slice(start, UuidText), out var uuid) && !Constants.Contains(uuid))
                {
                    known = uuids[..count].IndexOf(uuid);
                    if (known < 0 && count < MaxUuids) uuids[known = count++] = uuid;
                }

                var end = known < 0 ? start + FirstHyphen + 1 : start;
                text[at..end].CopyTo(body.AsSpan(written));
                written += end - at;
                at = end;
                if (known < 0) continue;
                body[written++] = Mark;
                body[written++] = (byte)known;
                at += UuidText;
            }

            text[at..].CopyTo(body.AsSpan(written));
            written += text.Length - at;
            var packed = new byte[Head + (count * UuidBytes) + written];
            BinaryPrimitives.WriteInt32LittleEndian(packed, position);
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(4), length);
            packed[CountAt] = (byte)count;
            packed[PaddingAt] = length == 0 ? (byte)0 : (byte)(Base64.GetMaxDecodedFromUtf8Length(length) - decoded);
            for (var n = 0; n < count; n++) uuids[n].TryWriteBytes(packed.AsSpan(Head + (n * UuidBytes)), bigEndian: true, out _);
            body.AsSpan(0, written).CopyTo(packed.AsSpan(Head + (count * UuidBytes)));
            return packed;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    /// <summary>Where the next text with a UUID's hyphens begins, from <paramref name="at"/> on; −1 when there is none.</summary>
    private static int NextUuid(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            var hyphen = text[at..].IndexOf((byte)'-');
            if (hyphen < 0) return -1;
            var start = at + hyphen - FirstHyphen;
            if (start >= at && start + UuidText <= text.Length && text[start + 13] == '-' && text[start + 18] == '-'
                && text[start + 23] == '-')
            {
                return start;
            }
            at += hyphen + 1;
        }
    }

    // Lower case only: upper case would not be restored.
    private static bool TryUuid(ReadOnlySpan<byte> text, out Guid uuid)
    {
        uuid = default;
        foreach (var c in text)
        {
            if (c is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (byte)'-')) return false;
        }

        return Utf8Parser.TryParse(text, out uuid, out var used, 'D') && used == UuidText;
    }

    private static byte[] PutUuids(ReadOnlySpan<byte> body, ReadOnlySpan<byte> uuids)
    {
        var marks = body.Count(Mark);
        var text = new ArrayBufferWriter<byte>(body.Length + (marks * UuidText) + 1);
        while (true)
        {
            var mark = body.IndexOf(Mark);
            if (mark < 0)
            {
                text.Write(body);
                return text.WrittenSpan.ToArray();
            }

            text.Write(body[..mark]);
            Utf8Formatter.TryFormat(new Guid(uuids.Slice(body[mark + 1] * UuidBytes, UuidBytes), bigEndian: true), text.GetSpan(UuidText),
                out var written, 'D');
            text.Advance(written);
            body = body[(mark + 2)..];
        }
    }
}
