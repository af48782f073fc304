using System.Buffers.Binary;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// Cuts a TrueType font down to the glyphs that a document uses. Glyphs keep their numbers, so that the text of the pages, which is
/// written before the font, stays right; those not used are empty.
/// </summary>
internal static class TrueTypeSubset
{
    // All that a font in a PDF needs (ISO 32000-1, table 126); the PDF itself says which glyph is which character.
    private static readonly string[] Tables = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    /// <summary>The font file.</summary>
    /// <param name="font">The whole font.</param>
    /// <param name="used">The glyphs to keep; those that they are composed of are kept too.</param>
    public static byte[] Of(TrueTypeFont font, IReadOnlySet<ushort> used)
    {
        var kept = WithParts(font, used);
        var count = kept.Max + 1;
        var outlines = new MemoryStream();
        var places = new byte[4 * (count + 1)];
        for (var glyph = 0; glyph < count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(4 * glyph), (int)outlines.Length);
            if (!kept.Contains((ushort)glyph)) continue;
            outlines.Write(Outline(font, glyph));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }

        BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(4 * count), (int)outlines.Length);
        var tables = Tables.Where(name => !font.Bytes(name).IsEmpty).Select(name => (name, Bytes: name switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => places,
            "hmtx" => Metrics(font, kept, count),
            "head" => Changed(font.Bytes("head"), (8, 0), (10, 0), (50, 1)),
            "hhea" => Changed(font.Bytes("hhea"), (34, count)),
            "maxp" => Changed(font.Bytes("maxp"), (4, count)),
            _ => font.Bytes(name).ToArray(),
        })).ToArray();
        return Assemble(tables);
    }

    private static SortedSet<ushort> WithParts(TrueTypeFont font, IReadOnlySet<ushort> used)
    {
        // Glyph 0 is drawn for what a font lacks; every font must have it.
        var kept = new SortedSet<ushort> { 0 };
        var left = new Stack<ushort>(used);
        while (left.TryPop(out var glyph))
        {
            if (kept.Add(glyph)) Parts(Outline(font, glyph), left);
        }

        return kept;
    }

    // A glyph with a negative number of contours is composed of others.
    private static void Parts(ReadOnlySpan<byte> outline, Stack<ushort> parts)
    {
        const int words = 1, scale = 8, more = 32, twoScales = 64, matrix = 128;
        if (outline.IsEmpty || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return;
        for (int at = 10, flags = more; (flags & more) != 0;)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Push(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & words) != 0 ? 4 : 2)
                + ((flags & scale) != 0 ? 2 : (flags & twoScales) != 0 ? 4 : (flags & matrix) != 0 ? 8 : 0);
        }
    }

    private static ReadOnlySpan<byte> Outline(TrueTypeFont font, int glyph)
    {
        var places = font.Bytes("loca");
        var isLong = BinaryPrimitives.ReadInt16BigEndian(font.Bytes("head")[50..]) == 1;
        var (start, end) = isLong
            ? (BinaryPrimitives.ReadInt32BigEndian(places[(4 * glyph)..]), BinaryPrimitives.ReadInt32BigEndian(places[(4 * (glyph + 1))..]))
            : (2 * BinaryPrimitives.ReadUInt16BigEndian(places[(2 * glyph)..]),
                2 * BinaryPrimitives.ReadUInt16BigEndian(places[(2 * (glyph + 1))..]));
        return font.Bytes("glyf")[start..end];
    }

    // A width and the space at the left, for each glyph.
    private static byte[] Metrics(TrueTypeFont font, SortedSet<ushort> kept, int count)
    {
        var old = font.Bytes("hmtx");
        var full = BinaryPrimitives.ReadUInt16BigEndian(font.Bytes("hhea")[34..]);
        var metrics = new byte[4 * count];
        foreach (var glyph in kept)
        {
            var to = metrics.AsSpan(4 * glyph);
            if (glyph < full)
            {
                old.Slice(4 * glyph, 4).CopyTo(to);
                continue;
            }

            old.Slice(4 * (full - 1), 2).CopyTo(to);
            old.Slice((4 * full) + (2 * (glyph - full)), 2).CopyTo(to[2..]);
        }

        return metrics;
    }

    private static byte[] Changed(ReadOnlySpan<byte> table, params ReadOnlySpan<(int Offset, int Word)> changes)
    {
        var copy = table.ToArray();
        foreach (var (offset, word) in changes) BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(offset), (ushort)word);
        return copy;
    }

    private static byte[] Assemble((string Name, byte[] Bytes)[] tables)
    {
        var head = 12 + (16 * tables.Length);
        var file = new byte[head + tables.Sum(t => (t.Bytes.Length + 3) / 4 * 4)];
        var power = (int)Math.Log2(tables.Length);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        ReadOnlySpan<int> search = [tables.Length, 16 << power, power, (16 * tables.Length) - (16 << power)];
        for (var i = 0; i < search.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4 + (2 * i)), (ushort)search[i]);
        var (record, at, adjustment) = (12, head, 0);
        foreach (var (name, bytes) in tables)
        {
            Encoding.ASCII.GetBytes(name, file.AsSpan(record));
            bytes.CopyTo(file, at);
            if (name == "head") adjustment = at + 8;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(record + 4), Sum(file.AsSpan(at, (bytes.Length + 3) / 4 * 4)));
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(record + 8), at);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(record + 12), bytes.Length);
            record += 16;
            at += (bytes.Length + 3) / 4 * 4;
        }

        // The whole file's sum is to be this number.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(adjustment), unchecked(0xB1B0AFBA - Sum(file)));
        return file;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4) sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }
}
