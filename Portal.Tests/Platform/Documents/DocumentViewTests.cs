using Bunit;
using CsCheck;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>Documents on the page.</summary>
public sealed class DocumentViewTests : BunitContext
{
    private static readonly Drawing Wide = new(0, 0, 680, 138, [new PathShape("M0 0L9 9", null, new Stroke("#000000"), Arrow: true)]);
    private static readonly Drawing Small = new(0, 0, 120, 34, [new CircleShape(1, 1, 2, "#000000")]);

    private IRenderedComponent<DocumentView> Show(Document document) => Render<DocumentView>(p => p.Add(x => x.Document, document)
        .Add(x => x.TestId, "benefit-report").Add(x => x.Number, "7").Add(x => x.Class, "evidence"));

    private IRenderedComponent<DocumentView> Show(Action<DocumentBuilder> blocks)
    {
        var builder = new DocumentBuilder();
        blocks(builder);
        return Show(builder.Build("Titel", "Fod"));
    }

    [Fact]
    public void The_page_says_what_the_document_says_and_its_texts_are_text() => DocumentGen.Document.Sample(
        document =>
        {
            Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(document))), DocumentWords.OnPage(document));
            using var context = new BunitContext();
            var page = context.Render<DocumentView>(p => p.Add(x => x.Document, document));
            Assert.Empty(page.FindAll("script, style, iframe, object, embed, link, meta, img, input, [href^='javascript:']"));
            Assert.All(page.FindAll("article *"),
                e => Assert.DoesNotContain(e.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        },
        iter: 300);

    [Fact]
    public void A_document_is_an_article_in_Danish_with_its_number()
    {
        var page = Show(d => d.Title("Gevinstrapport · maj", "Bevis for post", "Teknik")).Find("article");
        Assert.Equal(("paper evidence", "da", "benefit-report", "7"), (page.ClassName, page.GetAttribute("lang"),
            page.GetAttribute("data-testid"), page.GetAttribute("data-number")));
        Assert.Equal(("Gevinstrapport · maj", "Bevis for post"),
            (page.QuerySelector(".kicker")!.TextContent, page.QuerySelector("h1")!.TextContent));
    }

    [Fact]
    public void Every_cell_knows_its_column_and_heads_say_what_they_are_heads_of()
    {
        var page = Show(d => d.Table(
            [new("Gevinst") { IsRowHeader = true }, new("Nu", 20, Numeric: true), new("Ejer")], t => t.Row("Tid", "12 t"), compact: true));
        Assert.Equal(["Gevinst", "Nu", "Ejer"], page.FindAll("thead th[scope=col]").Select(h => h.TextContent));
        Assert.Equal([("TH", "row", "Gevinst", "Tid"), ("TD", null, "Nu", "12 t"), ("TD", null, "Ejer", "")],
            page.FindAll("tbody tr > *").Select(
                c => (c.TagName, c.GetAttribute("scope"), c.GetAttribute("data-label")!, c.TextContent)));
        Assert.Equal([null, "width:20mm", null], page.FindAll("col").Select(c => c.GetAttribute("style")));
        Assert.Equal("num", page.Find("td[data-label=Nu]").ClassName);
        Assert.Equal("compact lines", page.Find("table").ClassName); // the third cell would stand alone on a narrow screen
    }

    [Fact]
    public void Line_feeds_break_lines_and_test_ids_are_on_the_page()
    {
        var page = Show(d => d.Paragraph("første\nanden\ntredje", BlockStyle.Lead, "conclusion")
            .Facts(f => f.Add("Navn", "a\nb"), BlockStyle.Small, ruled: true));
        Assert.Equal("første<br>anden<br>tredje", page.Find("p.lead[data-testid=conclusion]").InnerHtml);
        Assert.Equal("a<br>b", page.Find("dl.facts.ruled.small dd").InnerHtml);
    }

    [Fact]
    public void Only_addresses_are_links()
    {
        var page = Show(d => d.Paragraph(l => l.Link("siden", "https://portal.kommune.dk/sager/1?a=b&c=d")
            .Link("ond", "javascript:alert(1)").Link("data", "data:text/html,x").Link("lokal", "/sager")));
        Assert.Equal(["https://portal.kommune.dk/sager/1?a=b&c=d"], page.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("sidenonddatalokal", page.Find("p").TextContent);
    }

    [Fact]
    public void A_wide_figure_is_scrolled_with_the_keyboard_and_a_small_one_is_not()
    {
        var page = Show(d => d.Figure(Wide, "Udvikling i maj").Figure(Small, "Kode", 25).Figure(Wide, "Udvikling i juni")
            .Table([new("Udvikling")], t => t.Row(c => c.Figure(Small, "1; 2", 25))));
        Assert.Equal(["Udvikling i maj", "Udvikling i juni"],
            page.FindAll("[role=region][tabindex='0']").Select(r => r.GetAttribute("aria-label")));
        Assert.Equal(["Udvikling i maj", "Kode", "Udvikling i juni", "1; 2"],
            page.FindAll("svg[role=img]").Select(s => s.GetAttribute("aria-label")));
        var ids = page.FindAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal((2, 2), (ids.Count, ids.Distinct().Count()));
    }

    [Fact]
    public void Another_document_takes_the_place_of_the_first()
    {
        var page = Show(d => d.Title("a", "Første", "").Table([new("Et")], t => t.Row("1")).Figure(Small, "en", 25));
        var second = new DocumentBuilder().Title("a", "Anden", "").Table([new("To")], t => t.Row("2")).Figure(Wide, "to").Build("t", "f");
        page.Render(p => p.Add(x => x.Document, second));
        Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(second))), DocumentWords.Bare(page.Find("article").TextContent));
        Assert.Equal("to", page.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void Sections_notes_and_marks_look_as_what_they_are()
    {
        var page = Show(d => d.Landscape(s => s.Heading(2, "Kæden")).Keep(k => k.Heading(3, "Bevislog").Code("a\n  b"))
            .Note(Tone.Warn, n => n.Paragraph(
                l => l.Mark("bagud", Tone.Bad).Strong("fed").Text("lille", TextStyle.Dim | TextStyle.Small))));
        Assert.Equal("Kæden", page.Find("section.new-page.landscape > h2").TextContent);
        Assert.Equal("a\n  b", page.Find("section.keep > pre.mono").TextContent);
        Assert.Equal("<span class=\"mark bad\">bagud</span><b>fed</b><span class=\"dim small\">lille</span>",
            page.Find(".note.warn > p").InnerHtml);
    }

    [Fact]
    public void A_document_that_was_stored_shows_the_same() => DocumentGen.Document.Sample(
        document => Assert.Equal(DocumentWords.OnPage(document), DocumentWords.OnPage(DocumentJson.Read(DocumentJson.Write(document)))),
        iter: 100);
}
