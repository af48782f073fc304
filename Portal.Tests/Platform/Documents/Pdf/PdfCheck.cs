using System.Text;
using System.Xml.Linq;
using Portal.Platform.Documents.Model;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace Portal.Tests.Platform.Documents.Pdf;

/// <summary>
/// Reads a PDF back, and asserts what PDF/UA-1 (ISO 14289-1) demands and a program can see, and that it says what its document says.
/// </summary>
internal static class PdfCheck
{
    private static readonly HashSet<string> Types =
    [
        "Document", "Sect", "Div", "P", "H1", "H2", "H3", "H4", "Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody",
        "Figure", "Code", "Link", "Span",
    ];

    private static readonly Dictionary<string, string[]> Parents = new()
    {
        ["THead"] = ["Table"], ["TBody"] = ["Table"], ["TR"] = ["THead", "TBody"], ["TH"] = ["TR"], ["TD"] = ["TR"], ["LI"] = ["L"],
        ["Lbl"] = ["LI"], ["LBody"] = ["LI"],
    };

    private static readonly HashSet<string> Painting =
        ["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Tj", "TJ", "'", "\"", "Do", "sh", "BI", "INLINE"];

    /// <summary>Asserts what holds for every PDF of the portal.</summary>
    public static void Accessible(byte[] pdf, string title, string language = Document.Danish)
    {
        using var reading = new PdfReading(pdf);
        Whole(reading, title, language);
        foreach (var page in reading.Pages) PageIsMarked(reading, page);
        Structure(reading);
        FontsAreEmbedded(reading);
        Bookmarks(reading);
    }

    /// <summary>Asserts that the PDF says what the document says, block by block, and nothing more.</summary>
    public static void Says(byte[] pdf, Document document)
    {
        using var reading = new PdfReading(pdf);
        var heard = reading.Document.All.Where(e => DocumentTexts.IsText(e.Type)).Select(Line).ToList();
        var expected = DocumentTexts.Of(document).ToList();
        var notice = heard.FindIndex(l => l == "H: Tegn, der ikke er vist");
        Assert.Equal(expected, notice < 0 ? heard : heard[..notice]);
    }

    private static string Line(PdfElement element) => element.Type == "Figure"
        ? $"Figure: {DocumentTexts.Normal(element.Alternative ?? "")}"
        : $"{DocumentTexts.Kind(element.Type)}: {DocumentTexts.Normal(element.Heard)}";

    private static void Whole(PdfReading reading, string title, string language)
    {
        Assert.Equal(language, reading.Get<StringToken>(reading.Catalog, "Lang").Data);
        Assert.True(reading.Get<BooleanToken>(reading.Get<DictionaryToken>(reading.Catalog, "MarkInfo"), "Marked").Data);
        Assert.True(
            reading.Get<BooleanToken>(reading.Get<DictionaryToken>(reading.Catalog, "ViewerPreferences"), "DisplayDocTitle").Data);
        Assert.True(reading.Catalog.Data.ContainsKey("PageLabels"));
        Assert.True(reading.Pdf.TryGetXmpMetadata(out var metadata));
        var xmp = XDocument.Parse(Encoding.UTF8.GetString(metadata!.GetXmlBytes()).Trim('\uFEFF', '\0'));
        Assert.Equal("1", xmp.Descendants(XName.Get("part", "http://www.aiim.org/pdfua/ns/id/")).Single().Value);
        var shown = xmp.Descendants(XName.Get("title", "http://purl.org/dc/elements/1.1/")).Single().Value;
        Assert.NotEqual("", shown.Trim());
        Assert.Equal(DocumentTexts.Normal(title), DocumentTexts.Normal(shown));
        Assert.Equal(DocumentTexts.Normal(title), DocumentTexts.Normal(reading.Pdf.Information.Title ?? ""));
    }

    // Everything that is painted is inside a marked content, and each marked content is the structure's or an artifact.
    private static void PageIsMarked(PdfReading reading, Page page)
    {
        var depth = 0;
        var seen = new HashSet<int>();
        foreach (var operation in page.Operations)
        {
            switch (operation.Operator)
            {
                case "BDC" or "BMC":
                    Assert.Equal(0, depth++);
                    break;
                case "EMC":
                    Assert.Equal(1, depth--);
                    break;
                case var painting when Painting.Contains(painting):
                    Assert.True(depth == 1, $"{operation} on page {page.Number} is in no marked content.");
                    break;
            }
        }

        Assert.Equal(0, depth);
        foreach (var content in page.GetMarkedContents())
        {
            Assert.True(content.IsArtifact != content.MarkedContentIdentifier >= 0, $"{content.Tag} on page {page.Number}");
            if (!content.IsArtifact) Assert.True(seen.Add(content.MarkedContentIdentifier));
        }

        Assert.Equal(0, page.NumberOfImages);
        Assert.Equal("S", ((NameToken)page.Dictionary.Data["Tabs"]).Data);
    }

    private static void Structure(PdfReading reading)
    {
        Assert.Equal("Document", reading.Document.Type);
        var owners = Numbers(reading);
        var contents = new Dictionary<(int, int), long>();
        var level = 0;
        foreach (var element in reading.Document.All)
        {
            Assert.Contains(element.Type, Types);
            foreach (var child in element.Children)
            {
                Assert.Equal(element.Number, ((IndirectReferenceToken)child.Dictionary.Data["P"]).Data.ObjectNumber);
                if (Parents.TryGetValue(child.Type, out var parents)) Assert.Contains(element.Type, parents);
                if (element.Type is "Table" or "THead" or "TBody" or "TR" or "L" or "LI") Assert.True(Parents.ContainsKey(child.Type));
            }

            foreach (var part in element.Contents.Where(p => p.Content is not null)) contents.Add(part.Content!.Value, element.Number);
            switch (element.Type)
            {
                case "H1" or "H2" or "H3" or "H4":
                    var own = element.Type[1] - '0';
                    Assert.True(own <= level + 1, $"{element.Type} after H{level}: {element.Heard}");
                    level = own;
                    break;
                case "Figure":
                    Assert.False(string.IsNullOrWhiteSpace(element.Alternative));
                    Assert.Equal(4, reading.Get<ArrayToken>(Attributes(reading, element), "BBox").Length);
                    break;
                case "TH":
                    Assert.Contains(((NameToken)Attributes(reading, element).Data["Scope"]).Data, (string[])["Column", "Row"]);
                    break;
                case "Link":
                    LinkIsWhole(reading, element, owners);
                    break;
            }
        }

        Assert.Equal(reading.Contents.Order(), contents.Keys.Order());
        foreach (var page in reading.Pages)
        {
            var byContent = reading.Get<ArrayToken>(owners[((NumericToken)page.Dictionary.Data["StructParents"]).Int]);
            Assert.Equal(reading.Contents.Count(c => c.Page == page.Number), byContent.Length);
            for (var i = 0; i < byContent.Length; i++)
            {
                Assert.Equal(((IndirectReferenceToken)byContent[i]).Data.ObjectNumber, contents[(page.Number, i)]);
            }
        }
    }

    private static Dictionary<int, IToken> Numbers(PdfReading reading)
    {
        var pairs = reading.Get<ArrayToken>(reading.Get<DictionaryToken>(reading.Root, "ParentTree"), "Nums").Data;
        return Enumerable.Range(0, pairs.Count / 2).ToDictionary(i => ((NumericToken)pairs[2 * i]).Int, i => pairs[(2 * i) + 1]);
    }

    private static DictionaryToken Attributes(PdfReading reading, PdfElement element) =>
        reading.Get<DictionaryToken>(element.Dictionary, "A");

    private static void LinkIsWhole(PdfReading reading, PdfElement link, Dictionary<int, IToken> owners)
    {
        var annotations = link.Contents.Where(p => p.Annotation is not null).ToList();
        Assert.NotEmpty(annotations);
        foreach (var annotation in annotations.Select(a => reading.Object(a.Annotation!.Value)))
        {
            Assert.True(annotation.Data.ContainsKey("Contents"));
            var owner = owners[((NumericToken)annotation.Data["StructParent"]).Int];
            Assert.Equal(link.Number, ((IndirectReferenceToken)owner).Data.ObjectNumber);
        }
    }

    private static void FontsAreEmbedded(PdfReading reading)
    {
        foreach (var page in reading.Pages)
        {
            var resources = reading.Get<DictionaryToken>(page.Dictionary, "Resources");
            Assert.False(resources.Data.ContainsKey("XObject"));
            foreach (var token in reading.Get<DictionaryToken>(resources, "Font").Data.Values)
            {
                var font = reading.Get<DictionaryToken>(token);
                Assert.True(font.Data.ContainsKey("ToUnicode"));
                var descendant = reading.Get<DictionaryToken>(reading.Get<ArrayToken>(font, "DescendantFonts")[0]);
                Assert.True(reading.Get<DictionaryToken>(descendant, "FontDescriptor").Data.ContainsKey("FontFile2"));
            }
        }
    }

    private static void Bookmarks(PdfReading reading)
    {
        var headings = reading.Document.All.Count(e => e.Type.Length == 2 && e.Type[0] == 'H' && char.IsDigit(e.Type[1]));
        var bookmarks = reading.Pdf.TryGetBookmarks(out var found) ? found!.GetNodes().Count() : 0;
        Assert.Equal(headings, bookmarks);
    }
}
