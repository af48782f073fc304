using Bunit;
using Portal.Platform.Documents.Model;
using Portal.Platform.Documents.Page;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Documents;

/// <summary>A document with texts too long for their places, as a browser shows it on a telephone and on a wide screen.</summary>
public sealed class DocumentInBrowserTests
{
    private static readonly string Word = new('W', 300);
    private static readonly string Title = string.Join(' ', Enumerable.Repeat("Sagsbehandlingsforløb", 90));

    private static readonly Drawing Wide = new(0, 0, 5000, 3000, [new WordsShape(10, 20, [Word], 12, 14, "#111111")]);

    private static Document Hostile() => new DocumentBuilder()
        .Title($"Rapport {Word}", $"{Title} {Word}", Word,
            new FigureBlock(new Drawing(0, 0, 96, 96, [new RectShape(0, 0, 96, 96, "#000000")]), "Kode", 25))
        .Heading(2, Word)
        .Paragraph(Word, BlockStyle.Lead)
        .Paragraph(l => l.Code(Word).Mark(Word, Tone.Bad).Link(Word, "https://portal.kommune.dk/").Text("مرحبا بالعالم 🎉"))
        .Facts(f => f.Add(Word, Word).Add("Kode", v => v.Code(Word)), ruled: true)
        .List(ordered: true, [Word])
        .Table(
            [new(Word) { IsRowHeader = true }, new("Tal", 18, Numeric: true), new("Status", 20), new("Udvikling", 28)],
            t =>
            {
                for (var n = 0; n < 100; n++)
                {
                    t.Row(c => c.Text(Word), c => c.Text("123.456.789.012.345.678.901.234.567.890 kr."), c => c.Mark(Word, Tone.Warn),
                        c => c.Figure(Wide, "stor", 25));
                }
            })
        .Table([new("Måned"), new("Tal", Numeric: true)], t => t.Row(Word, Word), compact: true)
        .Note(Tone.Ok, note => note.Paragraph(Word).Code(Word))
        .Landscape(page => page.Figure(Wide, "Kæden"))
        .Build("Titel", "Fod");

    [Theory]
    [InlineData(390)]
    [InlineData(760)]
    [InlineData(1440)]
    public async Task Nothing_is_wider_than_its_place(int width)
    {
        using var context = new BunitContext();
        var markup = context.Render<DocumentView>(p => p.Add(x => x.Document, Hostile())).Markup;
        var css = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "Portal", "wwwroot", "document.css"), Xunit.TestContext.Current.CancellationToken);
        await using var browser = await Browser.SignInAsync(new Uri("http://localhost"), null);
        await browser.Page.SetViewportSizeAsync(width, 900);
        await browser.Page.SetContentAsync(
            $"<!doctype html><html lang=da><title>Dokument</title><style>{css}</style><body style='margin:0'>"
                + $"<main class=paper-desk>{markup}</main>");
        var wide = await browser.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("html, h1, h2, p, dt, dd, li, td, tbody th, pre, .mark")]
              .filter(e => e.getClientRects().length && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
              .map(e => `${e.tagName}.${e.className}: ${e.scrollWidth} in ${e.clientWidth}`)
            """);
        Assert.Empty(wide.Distinct());
        Assert.Equal(100, await browser.Page.EvaluateAsync<int>("() => document.querySelector('table').tBodies[0].rows.length"));
        if (width == 390) await browser.IsAccessibleAsync("a hostile document on a telephone");
    }
}
