using System.Buffers.Binary;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// How much closer two letters are set than their widths say (the feature <c>kern</c> of the table GPOS, ISO/IEC 14496-22, 6.3.3). Reads
/// what the portal's fonts have: pairs, and classes of pairs, that change the first glyph's width. Immutable.
/// </summary>
internal sealed class TrueTypeKerning
{
    private const int PairAdjustment = 2;
    private readonly byte[] _table;
    private readonly int _glyphs;

    // A lookup each, of which at most one subtable applies to a pair.
    private readonly List<List<Subtable>> _lookups = [];

    /// <summary>Reads the table.</summary>
    /// <param name="table">GPOS; empty for a font without it.</param>
    public TrueTypeKerning(ReadOnlySpan<byte> table, int glyphs)
    {
        (_table, _glyphs) = (table.ToArray(), glyphs);
        if (table.IsEmpty) return;
        var (features, lookups) = (Word(6), Word(8));
        var indices = Enumerable.Range(0, Word(features)).Select(i => features + 2 + (6 * i))
            .Where(at => _table.AsSpan(at, 4).SequenceEqual("kern"u8)).Select(at => features + Word(at + 4))
            .SelectMany(at => Enumerable.Range(0, Word(at + 2)).Select(i => Word(at + 4 + (2 * i)))).Distinct();
        foreach (var lookup in indices.Select(i => lookups + Word(lookups + 2 + (2 * i))).Where(at => Word(at) == PairAdjustment))
        {
            var subtables = Enumerable.Range(0, Word(lookup + 4)).Select(i => lookup + Word(lookup + 6 + (2 * i)));
            _lookups.Add([.. subtables.Where(at => (Word(at + 4), Word(at + 6)) == (4, 0)).Select(Read)]);
        }
    }

    // Covered: the index of each glyph that the subtable is for, -1 for others. Pairs by that index, or values by two classes.
    private sealed record Subtable(short[] Covered, Dictionary<ushort, short>[]? Pairs, byte[] First, byte[] Second, short[][] Values);

    /// <summary>What is added to the first glyph's width, in thousandths of the size.</summary>
    public int Of(ushort first, ushort second)
    {
        var sum = 0;
        foreach (var subtables in _lookups) sum += Of(subtables, first, second);
        return sum;
    }

    private static int Of(List<Subtable> subtables, ushort first, ushort second)
    {
        foreach (var subtable in subtables)
        {
            if (subtable.Covered[first] is not (>= 0 and var index)) continue;
            if (subtable.Pairs is null) return subtable.Values[subtable.First[first]][subtable.Second[second]];
            if (subtable.Pairs[index].TryGetValue(second, out var value)) return value;
        }

        return 0;
    }

    private Subtable Read(int at)
    {
        var covered = Coverage(at + Word(at + 2));
        if (Word(at) == 1)
        {
            var sets = Enumerable.Range(0, Word(at + 8)).Select(i => at + Word(at + 10 + (2 * i)));
            return new Subtable(covered, [.. sets.Select(Pairs)], [], [], []);
        }

        var (rows, columns) = (Word(at + 12), Word(at + 14));
        var values = Enumerable.Range(0, rows).Select(row =>
            Enumerable.Range(0, columns).Select(column => (short)Word(at + 16 + (2 * ((row * columns) + column)))).ToArray()).ToArray();
        return new Subtable(covered, null, Classes(at + Word(at + 8)), Classes(at + Word(at + 10)), values);
    }

    private Dictionary<ushort, short> Pairs(int at) =>
        Enumerable.Range(0, Word(at)).Select(i => at + 2 + (4 * i)).ToDictionary(p => (ushort)Word(p), p => (short)Word(p + 2));

    private short[] Coverage(int at)
    {
        var covered = new short[_glyphs];
        Array.Fill(covered, (short)-1);
        for (var i = 0; i < Word(at + 2); i++)
        {
            var entry = at + 4 + ((Word(at) == 1 ? 2 : 6) * i);
            if (Word(at) == 1)
            {
                covered[Word(entry)] = (short)i;
                continue;
            }

            var (first, index) = (Word(entry), Word(entry + 4));
            for (var glyph = first; glyph <= Word(entry + 2); glyph++) covered[glyph] = (short)(index + glyph - first);
        }

        return covered;
    }

    private byte[] Classes(int at)
    {
        var classes = new byte[_glyphs];
        if (Word(at) == 1)
        {
            for (var i = 0; i < Word(at + 4); i++) classes[Word(at + 2) + i] = (byte)Word(at + 6 + (2 * i));
            return classes;
        }

        for (var i = 0; i < Word(at + 2); i++)
        {
            var range = at + 4 + (6 * i);
            for (var glyph = Word(range); glyph <= Word(range + 2); glyph++) classes[glyph] = (byte)Word(range + 4);
        }

        return classes;
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(_table.AsSpan(at));
}
