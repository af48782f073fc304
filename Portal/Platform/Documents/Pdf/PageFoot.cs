using System.Globalization;
using System.Text;
using Portal.Ingestion.Domain;

namespace Portal.Platform.Documents.Pdf;

/// <summary>
/// The foot of every page: the running title and »Side n af m«. An artifact, so that it is not read aloud between two paragraphs.
/// </summary>
/// <param name="page">What a page is called: »Side«, or »Ark« of a poster.</param>
/// <param name="of">The word before the number of pages.</param>
internal sealed class PageFoot(DocumentFonts fonts, string running, int pages, string page = "Side", string of = "af")
{
    private static readonly double Gap = PageSize.Mm(6);
    private const string Upright = "1 0 0 1 ";
    private readonly Dictionary<double, Glyph[]> _running = [];

    /// <summary>The content of the foot of a page.</summary>
    /// <param name="number">Counted from 1.</param>
    public string Of(PageSize size, int number)
    {
        var type = Typefaces.Footer;
        var right = Shaper.Shape(string.Create(CultureInfo.InvariantCulture, $"{page} {number} {of} {pages}"), type).Glyphs;
        var width = right.Sum(g => g.Width);
        var baseLine = size.Bottom - PageSize.Mm(4) - type.Size;
        var to = new StringBuilder("/Artifact<</Type/Pagination/Subtype/Footer>>BDC ").Colour(type.Colour).Append("rg\n");
        var most = size.BodyWidth - Math.Ceiling(width) - Gap;
        if (!_running.TryGetValue(most, out var left)) _running[most] = left = Fitted(most);
        TextOperators.Append(to, fonts, left, Upright, size.Side, baseLine);
        TextOperators.Append(to, fonts, right, Upright, size.Width - size.Side - width, baseLine);
        return to.Append("EMC\n").ToString();
    }

    // One line: a running title that is too long is shortened.
    private Glyph[] Fitted(double width)
    {
        var text = TextLines.OneLine(running);
        for (var most = Math.Min(text.Length, 400); ; most = most * 9 / 10)
        {
            var glyphs = Shaper.Shape(TextCut.At(text, most, "…"), Typefaces.Footer).Glyphs.Where(g => g.Id != 0).ToArray();
            if (most == 0 || glyphs.Sum(g => g.Width) <= width) return glyphs;
        }
    }
}
