using System.Collections.Immutable;
using System.Globalization;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>The end of a document whose fonts lack some of its characters.</summary>
internal static class MissingTextsNotice
{
    // A text's characters are given by number, so that it can be found again; more than these say nothing more.
    private const int MostCharacters = 40;

    /// <summary>What was not shown, and where; nothing when all was.</summary>
    public static ImmutableArray<Block> Of(MissingTexts missing)
    {
        var builder = new DocumentBuilder();
        var items = missing.Listed.Select(m => Line(m.Text, m.Pages)).ToList();
        if (items.Count == 0) return [];
        if (missing.Others > 0) items.Add(string.Create(CultureInfo.InvariantCulture, $"og {missing.Others} andre."));
        return builder.Heading(2, "Tegn, der ikke er vist")
            .Paragraph("Dokumentets skrifttyper har ikke alle tegn. Disse tekster er nævnt med ord, hvor de står; "
                + "her er tegnenes numre i Unicode.")
            .List(ordered: false, items).Blocks;
    }

    private static string Line(MissingText text, IEnumerable<int> pages)
    {
        var characters = text.Original.EnumerateRunes().Select(r => $"U+{r.Value:X4}").ToList();
        var more = characters.Count > MostCharacters ? " …" : "";
        var where = string.Join(", ", pages.Take(MostCharacters));
        return $"{text.Shown} på side {where}: {string.Join(' ', characters.Take(MostCharacters))}{more}";
    }
}
