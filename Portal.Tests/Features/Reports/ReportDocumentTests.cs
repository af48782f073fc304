using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
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

    private static Document Build(ReportModel report, string language = "da") =>
        ReportDocumentBuilder.Build(report, CultureInfo.GetCultureInfo(language));

    [Fact]
    public void It_holds_every_text_of_the_report_in_the_order_in_which_a_director_reads()
    {
        var report = Report() with { Number = 7, Issued = new ReportIssued(Given.Now, "Freja") };
        var document = Build(report);
        Assert.Equal("Gevinstrapport nr. 7: Bevis for digital post i huslejesager", document.Title);
        var words = ReportReading.Plain(Words(document));
        var at = 0;
        foreach (var text in (string[])
        [
            "Gevinstrapport nr. 7 · 1. januar – 24. november 2026", "Bevis for digital post i huslejesager",
            "udstedt den 24. november 2026 kl. 14.36 af Freja", "Kort fortalt",
            "Den målte gevinst er bagud.", "Gevinster mod nulpunkt og mål",
            "Færre tvister om post|", "550 tvister om året", "41 tvister", "|mangler ejer|", "|beskrevet|", "negativ| |Lederen",
            "Hvor sikkert er det, og hvorfor går det sådan?", "Færre tvister om post|Sikkert|: indtastet af Freja",
            "Ingen har skrevet en årsag; spørg P. Madsen.", "det er ikke aftalt, hvordan den skal måles", "Ny adfærd – sker det?",
            "Arkitekten går ud fra forretningen", "|ja|", "7 af 9 forløb", "Gevinster, der kom af sig selv",
            "Færre opkald <b>til</b> hovednummeret", "Hvad der skal besluttes", "Skal fagsystemet sende igen efter fejl?",
            "Bilag: hvad tallene hviler på", "Nået: hele det aftalte mål", "Prognose for 12 måneder",
            "Hvor sikre tallene er", "Sikkert: tallet er talt", "Færre tvister om post|Måles ved",
            "Alle tvister registreres.", "Måned for måned", "nulpunkt 45,8",
            "Måned|Tal|Måned|Tal|Måned|Tal|jan. 2026|30 ", "mar. 2026|ingen data", "Bevislog", "Ingen af tallene er talt i beskeder",
            "Kæden|", "Tvist om",
        ])
        {
            var found = words.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"»{text}« is not in the rest: {words[at..]}");
            at = found;
        }
    }

    [Theory]
    [InlineData("da")]
    [InlineData("en")]
    public void The_page_says_exactly_what_the_document_says(string language)
    {
        var document = Build(Report(), language);
        Assert.Equal(DocumentWords.Bare(string.Concat(DocumentWords.Of(document))), DocumentWords.OnPage(document));
    }

    [Fact]
    public void In_English_all_of_the_portals_own_words_numbers_and_dates_are_English()
    {
        var (danish, english) = (Build(Report()), Build(Report(), "en"));
        Assert.Equal((null, "en"), (danish.Language, english.Language));
        var text = ReportReading.Text(english);
        foreach (var word in (string[])
            ["gevinst", "nulpunkt", "måned", "målt", "ejer", "tvister om", "november 2026 kl", "indtastet", "besluttes",
                "jan. ", "låst", "bilag"])
        {
            Assert.DoesNotContain(
                word, text.Replace("Færre tvister om post", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }

        foreach (var words in (string[])
            ["550 disputes a year", "24 November 2026 at 14:36", "Annex: what the figures are based on", "Mar 2026 | no data"])
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_word_of_the_machine_room_and_no_formula_is_in_it()
    {
        var text = ReportReading.Text(Build(Report()));
        foreach (var word in (string[])["C2SP", "checkpoint", "Læst", "indikator", "nulpunkt(", "d1.", "i linjen"])
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(^|[ (])-[0-9]", text);
    }

    [Fact]
    public void A_number_and_its_unit_stay_on_one_line()
    {
        var document = Build(_fixture.Build(Given.Chain(Given.Benefit("Tid", BenefitState.OnTrack, 833, 0, 1000, "timer"))));
        Assert.Contains("833\u00A0t", Words(document), StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9] (t|%|kr)\\b", Words(document));
    }

    [Fact]
    public void Headings_skip_no_level_and_every_figure_is_described()
    {
        foreach (var report in (ReportModel[])[Report(), All()])
        {
            var (blocks, level) = (Flat(Build(report).Blocks).ToList(), 1);
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
    public void Several_chains_share_one_document_whose_rows_add_up()
    {
        var words = Words(Build(All()));
        Assert.Contains(
            "Effektkæde|Gevinster|Ingen data|Nået|Negative|heraf forværret|Kontrol|1|1|0|0|–|Post|1|0|1|0|–|I alt|2|1|1|0|–|", words,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_trend_of_one_month_is_no_chart()
    {
        var one = Given.Measured("g1", "Et", new IndicatorDefinition { Key = "n", Name = "n" }, 3);
        Assert.DoesNotContain(Flat(Build(_fixture.Build(Given.Chain(one))).Blocks).OfType<TableBlock>()
            .SelectMany(t => t.Rows).SelectMany(r => r.Cells).SelectMany(c => c), i => i is FigureInline);
    }

    [Fact]
    public void A_conclusion_written_by_hand_names_its_author_and_the_portals_own_is_in_the_appendix()
    {
        var report = Report() with { Edit = new WrittenConclusion("Det går\ngodt.", "Freja", Given.Now) };
        var blocks = Build(report).Blocks;
        Assert.Equal(["conclusion", "conclusion-edited"], blocks.Select(b => b.TestId).OfType<string>());
        var words = ReportReading.Plain(Words(Build(All() with { Edit = report.Edit })));
        Assert.Contains("Konklusionen er redigeret af Freja den 24. november 2026.", words, StringComparison.Ordinal);
        Assert.Contains("Portalens egen konklusion|Rapporten dækker to effektkæder", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chain_is_on_a_page_that_is_wider_than_high_only_when_an_upright_one_is_too_narrow()
    {
        var wide = Assert.Single(Build(_fixture.Build(ReportSample.Chain())).Blocks.OfType<SectionBlock>(), s => s.Landscape);
        var figure = Assert.Single(wide.Blocks.OfType<FigureBlock>());
        Assert.StartsWith("Kæden Bevis for digital post i huslejesager: ", figure.Alternative, StringComparison.Ordinal);
        Assert.Contains(figure.Drawing.Shapes.OfType<GroupShape>(), g => g.Title.Contains("Parterne", StringComparison.Ordinal));
    }
}
