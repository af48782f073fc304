using System.Buffers.Binary;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// What layout needs of a TrueType font (ISO/IEC 14496-22): the glyph of each character and how wide it is. Reads only the portal's own
/// fonts, so a damaged file is a programming error. Immutable.
/// </summary>
internal sealed class TrueTypeFont
{
    private const int UnitsPerEm = 1000;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly ushort[] _glyphs = new ushort[0x10000];
    private readonly ushort[] _widths;
    private readonly Lazy<TrueTypeKerning> _kerning;

    /// <summary>Reads a font.</summary>
    public TrueTypeFont(string name, byte[] file)
    {
        (Name, File) = (name, file);
        for (int i = 0, record = 12; i < Word(4); i++, record += 16)
        {
            _tables[Encoding.ASCII.GetString(file, record, 4)] = (Long(record + 8), Long(record + 12));
        }

        if (Word(Table("head") + 18) != UnitsPerEm) throw new InvalidDataException($"{name} is not drawn in thousandths.");
        _widths = ReadWidths();
        ReadCharacters();
        _kerning = new Lazy<TrueTypeKerning>(() => new TrueTypeKerning(Bytes("GPOS"), GlyphCount));
    }

    /// <summary>PostScript name.</summary>
    public string Name { get; }

    /// <summary>The whole file; not to be changed.</summary>
    public byte[] File { get; }

    /// <summary>How many glyphs it has.</summary>
    public int GlyphCount => Word(Table("maxp") + 4);

    /// <summary>Above the base line, in thousandths of the size.</summary>
    public int Ascent => Signed("hhea", 4);

    /// <summary>Below the base line, negative, in thousandths of the size.</summary>
    public int Descent => Signed("hhea", 6);

    /// <summary>The height of capitals, in thousandths of the size.</summary>
    public int CapHeight => Signed("OS/2", 88);

    /// <summary>The box that holds every glyph.</summary>
    public (int Left, int Bottom, int Right, int Top) Box =>
        (Signed("head", 36), Signed("head", 38), Signed("head", 40), Signed("head", 42));

    /// <summary>The glyph of a character; 0 when the font has none.</summary>
    public ushort Glyph(int character) => (uint)character < 0x10000 ? _glyphs[character] : (ushort)0;

    /// <summary>In thousandths of the size.</summary>
    public int Width(int glyph) => _widths[glyph];

    /// <summary>See <see cref="TrueTypeKerning.Of(ushort, ushort)"/>.</summary>
    public int Kerning(ushort first, ushort second) => _kerning.Value.Of(first, second);

    /// <summary>The character of each glyph that has one; in these fonts no two characters share a glyph.</summary>
    public Dictionary<ushort, int> Characters()
    {
        var all = new Dictionary<ushort, int>();
        for (var i = 0; i < _glyphs.Length; i++)
        {
            if (_glyphs[i] != 0) all.TryAdd(_glyphs[i], i);
        }

        return all;
    }

    /// <summary>The bytes of a table; empty when the font has none.</summary>
    public ReadOnlySpan<byte> Bytes(string table) =>
        _tables.TryGetValue(table, out var at) ? File.AsSpan(at.Offset, at.Length) : [];

    private int Table(string name) => _tables[name].Offset;

    private int Word(int offset) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(offset));

    private int Signed(string table, int offset) => (short)Word(Table(table) + offset);

    private int Long(int offset) => BinaryPrimitives.ReadInt32BigEndian(File.AsSpan(offset));

    private ushort[] ReadWidths()
    {
        var (count, metrics) = (Word(Table("hhea") + 34), Table("hmtx"));
        var widths = new ushort[GlyphCount];
        for (var i = 0; i < widths.Length; i++) widths[i] = (ushort)Word(metrics + (4 * Math.Min(i, count - 1)));
        return widths;
    }

    // The subtable for Unicode's first plane (platform 3, encoding 1), in format 4: segments of characters.
    private void ReadCharacters()
    {
        var map = Table("cmap");
        var record = Enumerable.Range(0, Word(map + 2)).Select(i => map + 4 + (8 * i)).First(r => (Word(r), Word(r + 2)) == (3, 1));
        var at = map + Long(record + 4);
        var size = Word(at + 6);
        for (var end = at + 14; end < at + 14 + size; end += 2)
        {
            var (start, delta, range) = (end + size + 2, end + (2 * size) + 2, end + (3 * size) + 2);
            for (var character = Word(start); character <= Word(end) && character < 0xFFFF; character++)
            {
                var glyph = Word(range) == 0 ? character : Word(range + Word(range) + (2 * (character - Word(start))));
                _glyphs[character] = glyph == 0 ? (ushort)0 : (ushort)(glyph + Word(delta));
            }
        }
    }
}
