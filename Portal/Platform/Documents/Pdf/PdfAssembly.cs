using System.Globalization;
using System.Text;
using Portal.Platform.Documents.Model;

namespace Portal.Platform.Documents.Pdf;

/// <summary>What every PDF of the portal has besides its content: structure, fonts, outline, metadata, the tree of pages.</summary>
internal sealed class PdfAssembly : IDisposable
{
    /// <summary>Begins a PDF.</summary>
    public PdfAssembly(Stream output)
    {
        File = new PdfFile(output);
        Structure = new StructureTree(File);
        Fonts = new DocumentFonts(File);
    }

    /// <summary>The file.</summary>
    public PdfFile File { get; }

    /// <summary>The structure.</summary>
    public StructureTree Structure { get; }

    /// <summary>The fonts.</summary>
    public DocumentFonts Fonts { get; }

    /// <summary>Writes what comes after the content.</summary>
    /// <param name="foot">The foot of a page by its index, as a content stream; empty for none.</param>
    /// <param name="language">BCP 47.</param>
    public void Finish(
        string title, IReadOnlyList<DrawnPage> pages, IReadOnlyList<(Bookmark Bookmark, int Page, double Top)> bookmarks,
        Func<int, string> foot, string language = Document.Danish)
    {
        var tree = File.Reserve();
        for (var i = 0; i < pages.Count; i++) WritePage(pages[i], tree, foot(i));
        var kids = string.Concat(pages.Select(p => PdfSyntax.Reference(p.Object) + " "));
        File.Write(tree, string.Create(CultureInfo.InvariantCulture, $"<</Type/Pages/Count {pages.Count}/Kids[{kids}]>>"));
        Fonts.Finish();
        var structure = Structure.Finish();
        var outline = Outline.Write(File, bookmarks, pages);
        var shown = IsSeen(title) ? title : "Dokument";
        var metadata = File.AddPlainStream("/Type/Metadata/Subtype/XML", Metadata.Of(shown, language));
        var information = File.Add($"<</Title{PdfSyntax.Text(shown)}>>");
        var catalog = new StringBuilder("<</Type/Catalog/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>")
            .Append("/PageLabels<</Nums[0<</S/D>>]>>")
            .Append(CultureInfo.InvariantCulture, $"/Lang({language})/Pages {tree} 0 R/StructTreeRoot {structure} 0 R")
            .Append(CultureInfo.InvariantCulture, $"/Metadata {metadata} 0 R");
        if (outline is { } root) catalog.Append(CultureInfo.InvariantCulture, $"/Outlines {root} 0 R");
        File.Finish(File.Add(catalog.Append(">>").ToString()), information);
    }

    /// <inheritdoc />
    public void Dispose() => File.Dispose();

    // A title of controls, directions or spaces alone is none.
    private static bool IsSeen(string? title) => (title ?? "").EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator));

    // Without annotations there is no order of tabs to say, but readers expect it to be said.
    private void WritePage(DrawnPage page, int tree, string foot)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 ").Numbers(page.Size.Width)
            .Number(page.Size.Height)
            .Append(CultureInfo.InvariantCulture, $"]/Resources {Fonts.Resources} 0 R/Contents[{page.Content} 0 R");
        if (foot.Length > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $" {File.AddStream("", Encoding.ASCII.GetBytes(foot))} 0 R");
        }

        body.Append(CultureInfo.InvariantCulture, $"]/StructParents {page.Key}/Tabs/S");
        if (page.Annotations.Length > 0)
        {
            body.Append("/Annots[").AppendJoin(' ', page.Annotations.Select(PdfSyntax.Reference)).Append(']');
        }

        File.Write(page.Object, body.Append(">>").ToString());
    }
}
