using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Features.Reports.Documents;
using Portal.Platform.Documents.Model;
using Portal.Tests.Features.Chains;
using Portal.Tests.Platform.Documents;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The report as a document: what page and PDF show.</summary>
public sealed class ReportDocumentTests : IAsyncDisposable
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

    private static string Words(Document document) => string.Join('|', DocumentWords.Of(document));

    private static IEnumerable<Block> Flat(IEnumerable<Block> blocks) => blocks.SelectMany(b => b switch
    {
        SectionBlock section => Flat(section.Blocks).Prepend(b),
        NoteBlock note => Flat(note.Blocks).Prepend(b),
        _ => [b],
    });

    [Fact]
    public void It_holds_every_text_of_the_report_in_the_order_in_which_a_director_reads()
    {
        var report = Report() with { Number = 7, Issued = "udstedt 24.11.2026" };
        var document = ReportDocumentBuilder.Build(report);
        Assert.Equal(("Gevinstrapport nr. 7: Bevis for digital post i huslejesager", report.Footer), (document.Title, document.Footer));
        var words = Words(document);
        var at = 0;
        foreach (var text in (string[])
        [
            $"Gevinstrapport nr. 7 · {report.Period}", report.Title, $"{report.Subtitle} · udstedt 24.11.2026", "Kort fortalt",
            report.Conclusion, "Gevinster mod nulpunkt og mål", "Færre tvister om post|", "|mangler|beskrevet|", "negativ| |Lederen",
            "Afvigelser og årsager", "Målt i tre af 12 måneder", "Ny adfærd – sker det?", "Arkitekten går ud fra forretningen", "|ja|",
            "7 af 9 forløb", "Gevinster, der kom af sig selv", "Færre opkald <b>til</b> hovednummeret", "Hvad der skal besluttes",
            "Skal fagsystemet sende igen efter fejl?", "Kæden|", "Tvist om", "Bilag: grundlag og formler", "Beskeder i perioden|61.402",
            "Færre tvister om post|Måles ved", "Alle tvister registreres.", "nulpunkt 45,8", "Måned|Tal|Måned|Tal|Måned|Tal|jan. 2026|30 ",
            "mar. 2026|ingen data", "Bevislog", "portal.local/beskeder\n1042",
        ])
        {
            var found = words.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"»{text}« is not in the rest: {words[at..]}");
            at = found;
        }
    }

    [Fact]
    public void The_page_says_exactly_what_the_document_says()
    {
        var document = ReportDocumentBuilder.Build(Report());
        Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(document))), DocumentWords.OnPage(document));
    }

    [Fact]
    public void Headings_skip_no_level_and_every_figure_is_described()
    {
        foreach (var report in (ReportModel[])[Report(), All()])
        {
            var (blocks, level) = (Flat(ReportDocumentBuilder.Build(report).Blocks).ToList(), 1);
            Assert.IsType<TitleBlock>(blocks[0]);
            foreach (var heading in blocks.OfType<HeadingBlock>())
            {
                Assert.InRange(heading.Level, 2, level + 1);
                level = heading.Level;
            }

            Assert.NotEmpty(blocks.OfType<FigureBlock>());
            Assert.All(blocks.OfType<FigureBlock>(), f => Assert.NotEqual("", f.Alternative));
            Assert.All(blocks.OfType<TableBlock>(), t => Assert.InRange(t.Columns.Sum(c => c.Width ?? 15), 1, 172));
        }
    }

    private ReportModel All() => _fixture.Builder.BuildAll([Given.Chain("Post", [Given.Benefit("Et", BenefitState.Reached, 3)]),
        Given.Chain("Kontrol", [Given.Benefit("Toer", BenefitState.NoData, owner: null)])], "", Given.Year, null, null);

    [Fact]
    public void Several_chains_share_one_document_with_an_overview()
    {
        var words = Words(ReportDocumentBuilder.Build(All()));
        Assert.Contains(
            "Effektkæde|Gevinster|Nået|På vej|Bagud|Ingen data|Uden ejer|Kontrol|1|0|0|0|1|1|Post|1|1|0|0|0|0|", words,
            StringComparison.Ordinal);
        Assert.Contains("Portalens bevislog kunne ikke give et checkpoint", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conclusion_written_by_hand_names_its_author_and_the_portals_own_is_in_the_appendix()
    {
        var report = Report() with { Conclusion = "Det går\ngodt.", Edit = new ReportEdit("Freja", "24.11.2026", "Portalens.") };
        var blocks = ReportDocumentBuilder.Build(report).Blocks;
        Assert.Equal(["conclusion", "conclusion-edited"], blocks.Select(b => b.TestId).OfType<string>());
        var words = Words(ReportDocumentBuilder.Build(All() with { Edit = report.Edit }));
        Assert.Contains("Konklusionen er redigeret af Freja den 24.11.2026.", words, StringComparison.Ordinal);
        Assert.Contains("Portalens egen konklusion|Portalens.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chain_is_on_a_page_of_its_own_that_is_wider_than_high()
    {
        var wide = Assert.Single(ReportDocumentBuilder.Build(Report()).Blocks.OfType<SectionBlock>(), s => s.Landscape);
        var figure = Assert.Single(wide.Blocks.OfType<FigureBlock>());
        Assert.StartsWith("Kæden Bevis for digital post i huslejesager: ", figure.Alternative, StringComparison.Ordinal);
        Assert.Contains(figure.Drawing.Shapes.OfType<GroupShape>(), g => g.Title.Contains("Tvist om", StringComparison.Ordinal));
    }
}
