using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Ingestion.Domain;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The report as a PDF: it holds what the page shows, printed by a real browser and read with Poppler's tools.</summary>
public sealed partial class ReportDocumentTests : IAsyncDisposable
{
    private readonly ReportFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private ReportModel Report()
    {
        var disputes = new IndicatorDefinition
        {
            Key = "tvister", Name = "tvister i sagssystemet", Unit = "tvister", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
            Owner = "P. Madsen", Target = 0, Measurer = "Bo Berg", Assumptions = "Alle tvister registreres.", Baseline =
                new Baseline(550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "sagssystemet", Given.Now.AddYears(-1), "Freja"),
        };
        return _fixture.Build(Given.Chain(
            Given.Measured("g1", "Færre tvister om post", disputes, 30, 8, null, 3),
            Given.Benefit("Kommunen lever op til sin pligt som myndighed", BenefitState.Described, owner: null),
            Given.Benefit("Lederen oplever en omstændelig anskaffelse", BenefitState.Worse, 3.1m, 2.4m, negative: true)) with
        {
            Behaviours = [new BehaviourFigure(new ChainElement("b1", ChainKind.NewBehaviour, ChainGen.Values((ElementProperty.Text,
                "Arkitekten går ud fra forretningen"))), [Given.Note(NoteKind.Behaviour, "7 af 9 forløb", "b1", Occurrence.Yes)])],
            Unplanned = [Given.Note(NoteKind.Unplanned, "Færre opkald <b>til</b> hovednummeret")],
            Decisions = [Given.Note(NoteKind.Decision, "Skal fagsystemet sende igen efter fejl?")],
        });
    }

    [Fact]
    public async Task The_PDF_says_exactly_what_the_page_says()
    {
        await using var fixture = new PrintFixture();
        var document = await _fixture.Maker.DocumentAsync(Report(), Viewer.Nobody);
        var pdf = await fixture.Printer.PrintAsync(document, TestContext.Current.CancellationToken);
        var printed = Bare(PageFoot().Replace(await fixture.AskAsync(pdf, "pdftotext", "-raw"), ""));
        foreach (var piece in PiecesOf(document.Body).OrderByDescending(p => p.Length))
        {
            var at = printed.IndexOf(piece, StringComparison.Ordinal);
            Assert.True(at >= 0, $"The page says »{piece}«, the PDF does not: {printed}");
            printed = printed.Remove(at, piece.Length);
        }

        Assert.Equal("", printed);
    }

    [Fact]
    public async Task It_is_tagged_titled_Danish_numbered_with_fonts_within_and_no_picture_of_text()
    {
        await using var fixture = new PrintFixture();
        var pdf = await fixture.Printer.PrintAsync(
            await _fixture.Maker.DocumentAsync(Report() with { Number = 7 }, Viewer.Nobody), TestContext.Current.CancellationToken);
        var info = await fixture.AskAsync(pdf, "pdfinfo");
        Assert.Matches(@"Tagged:\s+yes", info);
        Assert.Matches(@"Title:\s+Gevinstrapport nr. 7: Bevis for digital post i huslejesager", info);
        var pages = int.Parse(Regex.Match(info, @"Pages:\s+(\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(pages, 3, 6);
        Assert.Contains("/Lang (da)", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        var text = await fixture.TextAsync(pdf);
        for (var page = 1; page <= pages; page++) Assert.Contains($"Side {page} af {pages}", text, StringComparison.Ordinal);
        Assert.Contains("Nulpunkt", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nullpunkt", text, StringComparison.OrdinalIgnoreCase);
        Assert.All((await fixture.AskAsync(pdf, "pdffonts")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2),
            f => Assert.Matches(@"IBMPlex(Sans|Mono)\S*\s+.*\s+yes yes yes\s", f));
        // The two heading lines of the tool and no image.
        Assert.Equal(2, (await fixture.AskAsync(pdf, "pdfimages", "-list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var structure = await fixture.AskAsync(pdf, "pdfinfo", "-struct-text");
        foreach (var tag in (string[])["H1", "H2", "Table", "TH", "Figure"]) Assert.Contains(tag, structure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_are_text()
    {
        var html = (await _fixture.Maker.DocumentAsync(
            _fixture.Build(Given.Chain(Given.Benefit("<script>alert(1)</script>", BenefitState.Reached, 3))), Viewer.Nobody)).Body;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_chains_share_one_document_with_an_overview()
    {
        var report = _fixture.Builder.BuildAll([Given.Chain("Post", [Given.Benefit("Et", BenefitState.Reached, 3)]),
            Given.Chain("Kontrol", [Given.Benefit("Toer", BenefitState.NoData, owner: null)])], "", Given.Year, null, null);
        var text = string.Join(' ', PiecesOf((await _fixture.Maker.DocumentAsync(report, Viewer.Nobody)).Body));
        Assert.Contains("Effektkæde Gevinster Nået Påvej Bagud Ingendata Udenejer Kontrol 1 0 0 0 1 1 Post 1 1 0 0 0 0", text,
            StringComparison.Ordinal);
        Assert.Contains("Portalensbevislogkunneikkegiveetcheckpoint", text, StringComparison.Ordinal);
    }

    // The visible texts of the HTML, one by one, without spaces; titles within pictures are left out, since they are for screen readers.
    private static IEnumerable<string> PiecesOf(string html)
    {
        var seen = Unseen().Replace(html, "");
        var listed = OrderedList().Replace(seen, list => ListItem().Replace(list.Value, new NumberedItem().Next));
        return Boundary().Split(listed).Select(p => Bare(WebUtility.HtmlDecode(Tag().Replace(p, "")))).Where(p => p.Length > 0);
    }

    private static string Bare(string text) => Space().Replace(text, "").Replace("•", "", StringComparison.Ordinal);

    private sealed class NumberedItem
    {
        private int _number;

        public string Next(Match item) => FormattableString.Invariant($"{item.Value}{++_number}.");
    }

    [GeneratedRegex(@"<(title|desc)\b[^>]*>.*?</\1>", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<ol.*?</ol>", RegexOptions.Singleline)]
    private static partial Regex OrderedList();

    [GeneratedRegex("<li>")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"</?(?:p|h[1-6]|li|td|th|dt|dd|tspan|text|pre|br|span|b)\b[^>]*>")]
    private static partial Regex Boundary();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s­]+")]
    private static partial Regex Space();

    [GeneratedRegex(@"Tallene er målt på [^\n]*\n?|Side \d+ af \d+")]
    private static partial Regex PageFoot();
}
