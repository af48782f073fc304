using System.Globalization;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Inputs;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports;
using Portal.Features.Reports.Conclusions;
using Portal.Features.Reports.Documents;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Text;
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

    private string Text(ChainBenefits benefits, string language = "da") => ReportReading.Text(
        ReportDocumentBuilder.Build(_fixture.Build(benefits), CultureInfo.GetCultureInfo(language)));

    private static void Holds(string text, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));

    [Fact]
    public void A_sum_stands_beside_its_whole_yearly_baseline_and_target_and_says_how_many_months_it_is_measured_in()
    {
        var chain = Given.Chain(Given.Measured("g1", "Færre tvister", Disputes, 20, 8, 3, null, 0));
        var row = ReportRows.Of(chain, chain.Benefits[0], new ReportLanguage(DanishFormat.Danish));
        Assert.Equal(
            ("550 tvister om året", "31 tvister", "målt i 4 af årets 12 måneder, sidst i maj", "0 tvister om året", "P. Madsen", "bagud"),
            (row.Baseline.Text, row.Now, row.Measured, row.Target.Text, row.Owner, row.State));
        Assert.Equal("indtastet af Freja den 24. november 2026", row.Rests);
        Assert.Equal(["målt 2025"], row.Baseline.Notes);
        Assert.Equal(["senest 31. december 2026"], row.Target.Notes);
        Assert.Equal(
            ["20 tvister", "8 tvister", "3 tvister", "ingen data", "0 tvister", "ingen data"], row.Months.Take(6).Select(m => m.Text));
        Assert.Equal([20d, 8d, 3d, null, 0d], row.Months.Take(5).Select(m => m.Level));
        Assert.Equal(12, row.Months.Count);
        Assert.Equal(550d / 12, row.BaselineLevel!.Value, 6);
        var text = Text(chain);
        Holds(text, "Gevinstrapport · 1. januar – 24. november 2026",
            "Teknik og Miljø · gevinstejer: P. Madsen · udarbejdet den 24. november 2026 kl. 14.36",
            "Nulpunkt: 550 tvister om året, målt 2025, kilde: sagssystemet, låst den 24. november 2025 af Freja",
            "Mål: 0 tvister om året senest 31. december 2026");

        // The months are said once; nothing is scaled to them.
        Assert.Equal(
            text.IndexOf("4 af 12 måneder", StringComparison.Ordinal), text.LastIndexOf("4 af 12 måneder", StringComparison.Ordinal));
        Assert.DoesNotContain("183", text, StringComparison.Ordinal);
        Assert.DoesNotContain("målt på", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_is_reached_only_when_the_whole_of_it_is()
    {
        var chain = Given.Chain(Given.Measured("g1", "Mindre spildtid", new IndicatorDefinition { Key = "t", Name = "t", Unit = "timer",
            Gathering = Aggregation.Sum, Target = 30, TargetOn = new DateOnly(2026, 12, 31), Form = BenefitForm.Time },
            2.5m, 3, 2.8m, 2.9m));
        Holds(Text(chain), "11,2 t af 30 t / målt i 4 af årets 12 måneder, sidst i april", "30 t om året / senest 31. december 2026",
            "Følger planen. Prognose: 31,2–35,2 t på 12 måneder.", "Gevinsten er på vej.");
        Holds(Text(chain, "en"), "11.2 h of 30 h / measured in 4 of the year's 12 months, last in April",
            "30 h a year / by 31 December 2026",
            "The benefit is on track.", "Following the plan. Forecast: 31.2–35.2 h over 12 months.");
    }

    [Fact]
    public void A_locked_baseline_that_was_changed_is_seen()
    {
        var figure = Given.Measured("g1", "Færre tvister", Disputes, 30);
        var changed = Disputes with { Baseline = Disputes.Baseline with { Value = 500 } };
        var chain = Given.Chain(figure with
        {
            Definition = changed, Versions = [new IndicatorVersion(1, Disputes, Given.Now.AddMonths(-3), "Freja", null),
                new IndicatorVersion(2, changed, Given.Now.AddDays(-1), "Mette", "talt to gange")],
        });
        Holds(Text(chain), "550 tvister om året / målt 2025 / ændret den 23. november 2026",
            "Nulpunkt ændret: fra 550 tvister til 500 tvister den 23. november 2026 af Mette. talt to gange.");
        Holds(Text(chain, "en"), "changed on 23 November 2026", "from 550 disputes to 500 disputes on 23 November 2026 by Mette.");
    }

    [Fact]
    public void Behaviour_reads_as_a_sentence_and_decisions_are_listed_with_their_answers()
    {
        var behaviour = new ChainElement("b1", ChainKind.NewBehaviour, ChainGen.Values(
            (ElementProperty.Who, "It-arkitekten"), (ElementProperty.Start, "tager udgangspunkt i behovet"),
            (ElementProperty.InsteadOf, "at begynde med løsningen")));
        var lost = Given.Benefit("Mindre spildtid", BenefitState.Behind, 5, 1, 9, owner: null);
        var chain = Given.Chain(lost) with
        {
            Behaviours = [new BehaviourFigure(behaviour, [Given.Note(NoteKind.Behaviour, "6 af 9", "b1", Occurrence.Partly, "referat")]),
                new BehaviourFigure(behaviour with { Id = "b2" }, [])],
            Unplanned = [Given.Note(NoteKind.Unplanned, "Færre opkald.", evidence: "telefonlog")],
            Decisions = [Given.Note(NoteKind.Decision, "Skal fagsystemet sende igen", id: 7)],
            Answers = new[]
            {
                Given.Note(NoteKind.DecisionAnswer, "Ja, fra januar", DecisionKey.OfNote(7), Occurrence.Yes, "L. Holm"),
                Given.Note(NoteKind.DecisionAnswer, "", DecisionKey.OfOwner(lost.Element.Id), Occurrence.PutOff) with
                    { Day = new DateOnly(2027, 1, 15) },
            }.ToLookup(n => n.ElementId),
        };
        var text = Text(chain);
        Holds(text, "It-arkitekten tager udgangspunkt i behovet i stedet for at begynde med løsningen | delvist | "
            + "6 af 9 (referat, 3. november 2026)", "| ikke fulgt op | –", "Færre opkald (telefonlog, 3. november 2026).",
            "1. Hvem ejer gevinsten »Mindre spildtid«? Udskudt til den 15. januar 2027.",
            "2. Hvad skal der til, for at gevinsten »Mindre spildtid« når sit mål?",
            "• Skal fagsystemet sende igen. Besluttet af L. Holm den 3. november 2026: Ja, fra januar.",
            "To punkter skal besluttes, heraf ét udskudt.",
            "Ny adfærd, i alt 2: én sker delvist og én er ikke fulgt op.");
        Holds(Text(chain, "en"), "It-arkitekten tager udgangspunkt i behovet (instead of: at begynde med løsningen) | partly |",
            "2. What will it take for the benefit “Mindre spildtid” to reach its target?",
            "Decided by L. Holm on 3 November 2026: Ja, fra januar.",
            "Postponed to 15 January 2027.", "Two decisions are needed, one of them postponed.");
    }

    [Fact]
    public void A_decision_that_was_put_off_is_open_again_on_its_day()
    {
        var lost = Given.Benefit("Et", BenefitState.Reached, 5, owner: null);
        var answers = new[] { Given.Note(NoteKind.DecisionAnswer, "", DecisionKey.OfOwner(lost.Element.Id), Occurrence.PutOff) with
            { Day = Given.Today } }.ToLookup(n => n.ElementId);
        Assert.Equal(
            [DecisionKey.OfOwner(lost.Element.Id)], Decisions.OpenOf(Given.Chain(lost) with { Answers = answers }).Select(d => d.Key));
        Assert.Empty(Decisions.OpenOf(Given.Chain(lost) with { Answers = answers, Today = Given.Today.AddDays(-1) }));
    }

    [Fact]
    public void Freed_time_without_use_and_a_target_beyond_reach_are_to_be_decided()
    {
        var time = Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 758, 0, 1_000, "timer", form: BenefitForm.Time)
            with { Limit = 999 };
        var decisions = Decisions.Of(Given.Chain(time));
        Assert.Equal([DecisionKey.OfTimeUse(time.Element.Id), DecisionKey.OfTarget(time.Element.Id)], decisions.Select(d => d.Key));
        Assert.Equal("Skal målet for »Mindre spildtid« ændres? Det er 1.000 t, og med de aftalte tal giver regnestykket højst 999 t, "
            + "selv hvis alt lykkes.",
            decisions[1].Text.In(DanishFormat.Danish));
    }

    [Fact]
    public void The_use_of_freed_time_says_who_decided_it_and_how_its_follow_up_went()
    {
        var time = Given.Benefit("Mindre spildtid", BenefitState.OnTrack, 758, 0, 1_000, "timer", form: BenefitForm.Time);
        time = time with { Definition = time.Definition with { TimeUse = "Syn", TimeUseOwner = "L. Holm" } };
        Holds(Text(Given.Chain(time)), "»Mindre spildtid«: Syn, ansvarlig: L. Holm. Det er ikke skrevet, hvem der har besluttet det.");
        Holds(Text(Given.Chain(time with
        {
            FreedTime = new FreedTimeUse(
                Given.Note(NoteKind.DecisionAnswer, "Syn", "", Occurrence.Yes, "Direktionen"),
                Given.Note(NoteKind.DecisionAnswer, "Halvdelen", "", Occurrence.Partly, "Freja"), new DateOnly(2027, 1, 15)),
        })), "Besluttet den 3. november 2026 af Direktionen.",
            "Fulgt op den 3. november 2026 af Freja: tiden bruges delvist som besluttet. Halvdelen.", "Følges op den 15. januar 2027.");
    }

    [Fact]
    public void Freed_hours_become_kroner_only_at_an_agreed_price_that_somebody_gave_and_are_never_added_to_money()
    {
        var chain = Given.Chain(
            Given.Benefit("Tid", BenefitState.OnTrack, 758.16m, 0, 1_000, "timer", form: BenefitForm.Time),
            Given.Benefit("Mange penge", BenefitState.OnTrack, 20_000, 0, 50_000, "kr.", form: BenefitForm.Cash));
        Holds(Text(chain), "Frigjort tid: 758 t af aftalt 1.000 t om året",
            "I kroner: frigjort tid er ikke penge, og ingen har aftalt, hvad en time koster",
            "Tiden bruges til: »Tid«: ingen har sagt, hvad tiden skal bruges til", "Penge: 20.000 kr. af aftalt 50.000 kr. om året");
        var key = InputKey.OfChain(InputPart.HourPrice);
        var priced = Text(chain with
        {
            Inputs = new InputBook(chain.Document, new Dictionary<InputKey, InputFact>
            {
                [key] = new(key, 
                [
                    new InputVersion(1, 400, null, "overenskomsten", "Økonomi", null, null, Given.Now, "Freja", null),
                    new InputVersion(
                        2, 412.5m, new DateOnly(2026, 7, 1), "overenskomsten", "Økonomi", null, null, Given.Now, "Freja", "Ny aftale"),
                ]),
            }),
        });

        // The exact hours are multiplied once, and the price has its øre.
        Holds(priced, "I kroner: den frigjorte tid svarer til 312.741 kr., når en time regnes til 412,50 kr., angivet af Økonomi "
            + "(kilde: overenskomsten), gælder fra 1. juli 2026; før 400 kr.",
            "Timer gange prisen for en time | 758,16 × 412,5 | 312.741 kr.");
        Assert.DoesNotContain("332.741", priced, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conclusion_that_was_written_by_hand_is_marked_and_the_rules_own_is_kept()
    {
        var report = _fixture.Build(Given.Chain(Given.Benefit(
            "Et", BenefitState.Reached, 3)) with { Conclusion = Given.Note(NoteKind.Conclusion, "Det gik godt.", "2026-01/2026-12") });
        Assert.Equal("Det gik godt.", report.Conclusion);
        Assert.Equal(new WrittenConclusion("Det gik godt.", "Freja", Given.Now), report.Edit);
        Holds(ReportReading.Text(ReportDocumentBuilder.Build(report, DanishFormat.Danish)),
            "Konklusionen er redigeret af Freja den 24. november 2026.", "Portalens egen konklusion: Gevinsten er nået.");
    }

    [Fact]
    public void The_ledger_and_the_footer_stand_for_the_counted_figures_alone()
    {
        var byHand = Text(Given.Chain(Given.Benefit("Et", BenefitState.NoData), Given.Benefit("Toer", BenefitState.Described)));
        Holds(byHand, "Uden data: »Et«", "Negative gevinster: Ingen er beskrevet.",
            "Ikke afsluttet: November 2026 er ikke slut; månedens tal vokser endnu.",
            "Ingen af tallene er talt i beskeder", "Ingen tal er målt endnu", "Tallene er hentet: 24. november 2026 kl. 14.36");
        Assert.DoesNotContain("61.402", byHand, StringComparison.Ordinal);
        Assert.DoesNotContain("portal.local", byHand, StringComparison.Ordinal);

        var counted = Text(Given.Chain(Given.Share("Parterne står stærkere", 22, 48), Given.Measured("g2", "Mindre tid", Disputes, 30)));
        Holds(counted, "45,8 % (22 af 48)", "talt i 48 breve", "»Parterne står stærkere« er talt i de beskeder", "ved 1.042 beskeder",
            "portal.local/beskeder\n1042", "I perioden: 61.402 beskeder modtaget");
        Assert.EndsWith("Ét tal er talt af portalen (bevislog: 1.042 beskeder) og 1 er indtastet; se bilaget",
            counted, StringComparison.Ordinal);
        Holds(Text(Given.Chain(Given.Share("Parterne står stærkere", 22, 48)), "en"), "45.8 % (22 of 48)", "counted in 48 letters",
            "Parterne står stærkere: 48 letters, evidence log: 1,042 messages");
    }

    [Fact]
    public void Of_many_figures_the_footer_counts_what_they_rest_on()
    {
        var text = Text(Given.Chain([.. Enumerable.Range(0, 4).Select(n =>
            Given.Measured($"g{n}", $"En gevinst med et ret langt navn nummer {n}", Disputes, 30)), Given.Share("Parterne", 22, 48)]));
        Assert.EndsWith("Ét tal er talt af portalen (bevislog: 1.042 beskeder) og 4 er indtastet; se bilaget",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_benefit_that_is_only_described_has_no_section_in_the_annex()
    {
        var tables = ReportReading.Text(ReportDocumentBuilder.Build(_fixture.Build(Given.Chain(
            Given.Benefit("Kommunen opfylder sin pligt", BenefitState.Described, owner: null),
            Given.Measured("g1", "Færre tvister", Disputes, 30))), DanishFormat.Danish));
        Assert.DoesNotContain("### Kommunen opfylder sin pligt", tables, StringComparison.Ordinal);
        Assert.Contains("### Færre tvister", tables, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_causes_stand_beside_the_figure_and_risks_with_their_likelihood_and_response()
    {
        var figure = Given.Benefit("Færre tvister", BenefitState.OnTrack, 30);
        var text = Text(Given.Chain(figure with
        {
            OtherCauses = [Given.Note(NoteKind.OtherCause, "Færre lejemål.")],
            Definition = figure.Definition with { Risk = "Fagsystemet skiftes", RiskLikelihood = RiskLikelihood.High,
                RiskResponse = "Ny aftale" },
        }));
        Holds(text, "Færre tvister | Sikkert: skal indtastes; intet er indtastet endnu | Følger planen. Kan også skyldes: Færre lejemål.",
            "Fagsystemet skiftes. Sandsynlighed: stor. Det gøres der: Ny aftale.");
    }

    [Fact]
    public void Several_chains_are_in_the_order_of_the_Danish_alphabet_each_with_its_picture()
    {
        var report = _fixture.Builder.BuildAll(
            [Given.Chain("Ås", []), Given.Chain("Øl og", []), Given.Chain("Zebra", [])], "Teknik og Miljø", Given.Year, null, null);
        Assert.Equal(["Zebra", "Øl og", "Ås"], report.Chapters.Select(c => c.Benefits.Document.Title));
        Assert.Equal("Gevinster i Teknik og Miljø", report.Title);
        Assert.Equal(3, ReportReading.Text(ReportDocumentBuilder.Build(report, DanishFormat.Danish)).Split("[Kæden ").Length - 1);
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
