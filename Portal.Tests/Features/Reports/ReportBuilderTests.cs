using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Ingestion.Domain.Time;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>The report that is built from figures.</summary>
public sealed class ReportBuilderTests : IAsyncDisposable
{
    private readonly ReportFixture _fixture = new();

    private static readonly IndicatorDefinition Disputes = new()
    {
        Key = "tvister", Name = "tvister i sagssystemet", Unit = "tvister", Gathering = Aggregation.Sum, Better = BetterWhen.Lower,
        Owner = "P. Madsen", Target = 0, Baseline = new Baseline(550, new DateOnly(2025, 1, 1), new DateOnly(2025, 12, 31), "sagssystemet",
            Given.Now.AddYears(-1), "Freja"), EffectFrom = new DateOnly(2026, 1, 1), TargetOn = new DateOnly(2026, 12, 31),
    };

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public void A_sum_is_held_against_its_share_of_the_years_baseline_and_its_gaps_say_no_data()
    {
        var report = _fixture.Build(Given.Chain(Given.Measured("g1", "Færre tvister", Disputes, 20, 8, 3, null, 0)));
        var row = Assert.Single(report.Chapters[0].Benefits);
        Assert.Equal(
            ("183 tvister", "31 tvister", "0 tvister", "P. Madsen", "på vej"), (row.Baseline, row.Now, row.Target, row.Owner, row.State));
        Assert.Equal(
            ["20 tvister", "8 tvister", "3 tvister", "ingen data", "0 tvister", "ingen data"], row.Months.Take(6).Select(m => m.Text));
        Assert.Equal([20d, 8d, 3d, null, 0d], row.Months.Take(5).Select(m => m.Level));
        Assert.Equal(12, row.Months.Count);
        Assert.Equal(550d / 12, row.BaselineLevel!.Value, 6);
        Assert.Equal("Målt i fire af 12 måneder; nulpunkt og mål er regnet for lige så mange måneder.", Assert.Single(row.Deviations));
        Assert.Contains(new ReportFact("Nulpunkt", "550 tvister, målt 01.01.2025–31.12.2025, kilde: sagssystemet, låst"), row.Facts);
        Assert.Equal("Gevinsten er på vej. Færre tvister: 31 tvister mod 183 tvister før; målet er 0 tvister.", report.Conclusion);
        Assert.Null(report.Edit);
        Assert.Equal("1. januar – 24. november 2026", report.Period);
        Assert.Equal("Teknik og Miljø · gevinstejer i linjen: P. Madsen · udarbejdet 24.11.2026", report.Subtitle);
        Assert.Equal("Tallene er målt på 61.402 beskeder; grundlag og formler i bilag", report.Footer);
    }

    [Fact]
    public void A_locked_baseline_that_was_changed_is_seen()
    {
        var figure = Given.Measured("g1", "Færre tvister", Disputes, 30);
        var changed = Disputes with { Baseline = Disputes.Baseline with { Value = 500 } };
        var row = _fixture.Build(Given.Chain(figure with
        {
            Definition = changed, Versions = [new IndicatorVersion(1, Disputes, Given.Now.AddMonths(-3), "Freja", null),
                new IndicatorVersion(2, changed, Given.Now.AddDays(-1), "Mette", "talt to gange")],
        })).Chapters[0].Benefits[0];
        Assert.Equal("ændret 23.11.2026", row.BaselineNote);
        Assert.Contains(
            "Det låste nulpunkt blev ændret fra 550 tvister til 500 tvister den 23.11.2026 af Mette: talt to gange.", row.Deviations);
    }

    [Fact]
    public void A_formula_is_shown_with_what_was_put_into_it()
    {
        var calculated = Given.Measured("g2", "Mindre spildtid", new IndicatorDefinition { Key = "timer", Name = "", Unit = "timer",
            Kind = IndicatorKind.Calculated, Formula = "(nulpunkt(tvister) − tvister) × d1.minutter ÷ 60", Form = BenefitForm.Time }, 10);
        var chain = Given.Chain(Given.Measured("g1", "Færre tvister", Disputes, 30, 11), calculated);
        var box = chain.Document.Elements["d1"].With(ElementProperty.MinutesEach, "109");
        var facts = _fixture.Build(chain with { Document = chain.Document with { Elements = chain.Document.Elements.SetItem("d1", box) } })
            .Chapters[0].Benefits[1].Facts;
        Assert.Contains(new ReportFact("Måles ved", "timer = (nulpunkt(tvister) − tvister) × d1.minutter ÷ 60"), facts);
        Assert.Contains(new ReportFact("Indsat i formlen", "nulpunkt(tvister): 550 tvister; tvister: 41 tvister; d1.minutter: 109"), facts);
        Assert.Contains(new ReportFact("Tæller som", "frigjort tid"), facts);
    }

    [Fact]
    public void Behaviour_unplanned_benefits_and_decisions_are_shown_as_people_wrote_them()
    {
        var behaviour = new ChainElement(
            "b1", ChainKind.NewBehaviour, ChainGen.Values((ElementProperty.Start, "at række ud"), (ElementProperty.Who, "lederen")));
        var chapter = _fixture.Build(Given.Chain(Given.Benefit("Mindre spildtid", BenefitState.Behind, 5, 1, 9, owner: null)) with
        {
            Behaviours = [new BehaviourFigure(behaviour, [Given.Note(NoteKind.Behaviour, "6 af 9", "b1", Occurrence.Partly, "referat")]),
                new BehaviourFigure(behaviour with { Id = "b2" }, [])],
            Unplanned = [Given.Note(NoteKind.Unplanned, "Færre opkald.", evidence: "telefonlog")],
            Decisions = [Given.Note(NoteKind.Decision, "Skal fagsystemet sende igen")],
        }).Chapters[0];
        Assert.Equal(("delvist", "warn", "6 af 9 · referat · 03.11.2026"),
            (chapter.Behaviours[0].Answer, chapter.Behaviours[0].Look, chapter.Behaviours[0].Evidence));
        Assert.Contains("at række ud", chapter.Behaviours[0].Text, StringComparison.Ordinal);
        Assert.Equal(("ikke fulgt op", ""), (chapter.Behaviours[1].Answer, chapter.Behaviours[1].Evidence));
        Assert.Equal("Færre opkald (telefonlog, 03.11.2026).", Assert.Single(chapter.Unplanned));
        Assert.Equal(["Skal fagsystemet sende igen.", "Hvem ejer gevinsten »Mindre spildtid«?",
            "Hvad skal der til, for at gevinsten »Mindre spildtid« når sit mål?"], chapter.Decisions);
        Assert.EndsWith("Tre punkter kræver en beslutning.", chapter.Conclusion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conclusion_that_was_written_by_hand_is_marked_and_the_rules_own_is_kept()
    {
        var report = _fixture.Build(Given.Chain(Given.Benefit(
            "Et", BenefitState.Reached, 3)) with { Conclusion = Given.Note(NoteKind.Conclusion, "Det gik godt.", "2026-01/2026-12") });
        Assert.Equal("Det gik godt.", report.Conclusion);
        Assert.Equal(new ReportEdit("Freja", "24.11.2026", "Gevinsten er nået. Et: 3."), report.Edit);
    }

    [Fact]
    public void What_is_missing_and_the_ledgers_head_are_in_the_basis()
    {
        var report = _fixture.Build(Given.Chain(Given.Benefit("Et", BenefitState.NoData), Given.Benefit("Toer", BenefitState.Described)));
        Assert.Contains(new ReportFact("Uden data", "Ingen data for »Et«."), report.Basis);
        Assert.Contains(new ReportFact("Negative gevinster", "Ingen er beskrevet."), report.Basis);
        Assert.Contains(new ReportFact("Beskeder i perioden", "61.402"), report.Basis);
        Assert.Contains(new ReportFact("Ikke afsluttet", "November 2026 er ikke slut; månedens tal vokser endnu."), report.Basis);
        Assert.StartsWith("portal.local/beskeder\n1042", report.Checkpoint, StringComparison.Ordinal);
        Assert.Equal("ingen data", report.Chapters[0].Benefits[0].Now);
        Assert.Equal("–", report.Chapters[0].Benefits[1].Now);
    }

    [Fact]
    public void Several_chains_are_in_the_order_of_the_Danish_alphabet_each_with_its_picture()
    {
        var report = _fixture.Builder.BuildAll(
            [Given.Chain("Ås", []), Given.Chain("Øl og", []), Given.Chain("Zebra", [])], "Teknik og Miljø", Given.Year, null, null);
        Assert.Equal(["Zebra", "Øl og", "Ås"], report.Chapters.Select(c => c.Title));
        Assert.Equal("Gevinster i Teknik og Miljø", report.Title);
        Assert.All(report.Chapters, c => Assert.NotEmpty(c.Picture.Drawing.Shapes));
        Assert.Null(report.Checkpoint);
        Assert.Equal("Gevinster i alle effektkæder", _fixture.Builder.BuildAll([], "", Given.Year, null, null).Title);
    }

    [Theory]
    [InlineData(null, null, "2025-12", "2026-11", null)]
    [InlineData("2026-01", null, "2026-01", "2026-11", null)]
    [InlineData("2026-01", "2026-03", "2026-01", "2026-03", null)]
    [InlineData(null, "2026-03", "2025-04", "2026-03", null)]
    [InlineData("2026-04", "2026-03", null, null, "fra")]
    [InlineData("januar", null, null, null, "fra")]
    [InlineData(null, "2026-13", null, null, "til")]
    [InlineData("2016-01", "2026-03", null, null, "fra")]
    public void A_period_is_read_from_an_address(string? from, string? to, string? first, string? last, string? wrong)
    {
        var (period, field, problem) = ReportPeriod.Read(from, to, Given.Today);
        Assert.Equal(
            (first is null ? null : (Period?)new Period(Month.Parse(first)!.Value, Month.Parse(last)!.Value), wrong), (period, field));
        Assert.Equal(wrong is null, problem is null);
    }

    [Fact]
    public void Addresses_hold_what_is_shown()
    {
        Assert.Equal("/effektkaeder/k%2F1/rapport?fra=2026-01&til=2026-12", ReportScope.Of("k/1").Page(Given.Year));
        Assert.Equal("/api/effektkaeder/k/rapport.pdf?nr=4", ReportScope.Of("k").Pdf(Given.Year, 4));
        Assert.Equal("/effektkaeder/rapport?afdeling=Teknik%20og%20Milj%C3%B8&nr=4", ReportScope.All("Teknik og Miljø").Page(number: 4));
        Assert.Equal("/api/effektkaeder/rapport.pdf", ReportScope.All(null).Pdf());
    }
}
