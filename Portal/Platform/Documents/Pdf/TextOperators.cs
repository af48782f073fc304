using System.Globalization;
using System.Text;

namespace Portal.Platform.Documents.Pdf;

/// <summary>Writes glyphs into a content stream (ISO 32000-1, 9.4).</summary>
internal static class TextOperators
{
    /// <summary>Appends glyphs of one look and one face. Those that draw nothing are not allowed.</summary>
    /// <param name="matrix">The first four numbers of the text's matrix: upright, or upside down in a drawing.</param>
    /// <param name="x">Where the first glyph begins.</param>
    /// <param name="y">Of the base line.</param>
    public static void Append(StringBuilder to, DocumentFonts fonts, ReadOnlySpan<Glyph> glyphs, string matrix, double x, double y)
    {
        if (glyphs.IsEmpty) return;
        var (face, look) = (glyphs[0].Face, glyphs[0].Look);
        to.Append("BT/F").Append((int)face).Append(' ').Number(look.Size).Append(" Tf ");
        if (look.Spacing != 0) to.Number(look.Spacing).Append(" Tc ");
        to.Append(matrix).Numbers(x, y).Append("Tm[<");
        for (var i = 0; i < glyphs.Length; i++)
        {
            fonts.Use(face, glyphs[i].Id);
            to.Append(glyphs[i].Id.ToString("X4", CultureInfo.InvariantCulture));
            if (i + 1 == glyphs.Length || glyphs[i].Kerning == 0) continue;
            to.Append('>').Append(-glyphs[i].Kerning).Append('<');
        }

        to.Append(look.Spacing != 0 ? ">]TJ 0 Tc ET\n" : ">]TJ ET\n");
    }
}
