using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// The fonts of one PDF: remembers which glyphs its pages use, and embeds those alone at the end, with the character of each, so that text
/// can be searched, copied and read aloud.
/// </summary>
internal sealed class DocumentFonts
{
    // Most entries of one block of a CMap (Adobe Technical Note 5014).
    private const int EntriesInBlock = 100;
    private readonly PdfFile _file;
    private readonly HashSet<ushort>[] _used = [[], [], []];
    private readonly int[] _objects;

    /// <summary>Begins with no glyph used.</summary>
    public DocumentFonts(PdfFile file)
    {
        _file = file;
        _objects = [.. _used.Select(_ => file.Reserve())];
        Resources = file.Add("<</Font<<" + string.Concat(_objects.Select((o, i) => $"/F{i} {o} 0 R")) + ">>>>");
    }

    /// <summary>The number of the resources that all pages share.</summary>
    public int Resources { get; }

    /// <summary>Notes that a page uses a glyph.</summary>
    public void Use(Face face, ushort glyph) => _used[(int)face].Add(glyph);

    /// <summary>Writes the fonts.</summary>
    public void Finish()
    {
        foreach (var face in Enum.GetValues<Face>()) Write(Fonts.Of(face), _used[(int)face], _objects[(int)face]);
    }

    private void Write(TrueTypeFont font, HashSet<ushort> used, int number)
    {
        var glyphs = used.Order().ToArray();
        var name = $"{Prefix(glyphs)}+{font.Name}";
        var bytes = TrueTypeSubset.Of(font, used);
        var file = _file.AddStream(string.Create(CultureInfo.InvariantCulture, $"/Length1 {bytes.Length}"), bytes);
        var (left, bottom, right, top) = font.Box;

        // 4: its characters are not those of the standard Latin set alone. StemV is not in the font; readers use it for substitutes only.
        var descriptor = _file.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {bottom} {right} {top}]/ItalicAngle 0/Ascent {font.Ascent}"
            + $"/Descent {font.Descent}/CapHeight {font.CapHeight}/StemV 80/FontFile2 {file} 0 R>>"));
        var widths = string.Concat(glyphs.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g}[{font.Width(g)}]")));
        var descendant = _file.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[{widths}]>>");
        var unicode = _file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode(font, glyphs)));
        _file.Write(
            number,
            $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    // Six capitals that tell this subset from others of the same font (ISO 32000-1, 9.6.4).
    private static string Prefix(ushort[] glyphs)
    {
        var hash = SHA256.HashData(glyphs.SelectMany(BitConverter.GetBytes).ToArray());
        return string.Concat(Enumerable.Range(0, 6).Select(i => (char)('A' + (hash[i] % 26))));
    }

    private static string ToUnicode(TrueTypeFont font, ushort[] glyphs)
    {
        var characters = font.Characters();
        var map = new StringBuilder(
            "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
            + "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
        foreach (var block in glyphs.Where(characters.ContainsKey).Chunk(EntriesInBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var glyph in block) map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}><{characters[glyph]:X4}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n").ToString();
    }
}
