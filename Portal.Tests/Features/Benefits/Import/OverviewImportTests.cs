using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Import;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Chains.Document;
using Portal.Features.Reports.Workbooks;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Access;
using Xunit;

namespace Portal.Tests.Features.Benefits.Import;

/// <summary>Importing a benefit overview into a chain.</summary>
public sealed class OverviewImportTests
{
    private static async Task<(BenefitFixture Fixture, OverviewImport Import)> OpenAsync()
    {
        var document = ChainApply.Apply(ChainDocument.Empty with { Title = "Post" }, new ChainOperation(
        [
            .. ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Mindre spildtid"),
                (ElementProperty.Owner, "P. Madsen")).Changes,
            .. ChainOperation.Add("g2", ChainKind.Benefit).Changes,
            .. ChainOperation.Add("n1", ChainKind.NegativeBenefit, (ElementProperty.Text, "Tungere indkøb")).Changes,
        ]).Changes);
        var fixture = await BenefitFixture.OpenAsync(document);
        return (fixture, new OverviewImport(fixture.Fixture.Node(), fixture.Store, fixture.Fixture.Time));
    }

    private static Task<OverviewPlan> PlanAsync(BenefitFixture fixture, OverviewImport import, params object?[][] rows) =>
        import.PlanAsync(fixture.Viewer, fixture.Chain, HandMade.Of(rows), default);

    private static async Task<IndicatorDefinition> DefinitionAsync(BenefitFixture fixture, string id) =>
        (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Indicators[id][^1].Definition;

    private static Task<BenefitOutcome> SaveAsync(BenefitFixture fixture, string id, IndicatorDefinition definition) =>
        fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, id, definition, null, default);

    [Fact]
    public async Task A_list_made_by_hand_changes_the_benefits_of_its_texts_and_adds_the_others()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        var plan = await PlanAsync(fixture, import,
            ["Gevinst", "Type", "Ejer", "Enhed", "År 0 lav", "År 0 sandsynlig", "År 0 høj", "Forudsætning", "Målemetode", "Risiko",
                "Sandsynlighed", "Håndtering", "Art"],
            ["mindre  SPILDTID", "frigjort tid", "L. Holm", "timer/år", 900, 950, 1000, "109 minutter hver", "Tidsmåling",
                "Ingen bruger den", "stor", "Kursus", null],
            ["Mindre porto", "økonomisk", "K. Jensen", null, null, 10_000, null, null, null, null, null, null, null],
            ["Mere ventetid", "kvalitet", null, null, null, null, null, null, null, null, null, null, "negativ gevinst"]);
        Assert.Equal([PlannedAction.Change, PlannedAction.Add, PlannedAction.Add], plan.Rows.Select(r => r.Action));
        Assert.True(plan.MaySave);
        var outcome = await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default);
        Assert.Equal(new ImportOutcome(2, 1, null), outcome);
        var changed = await DefinitionAsync(fixture, "g1");
        Assert.Equal((BenefitForm.Time, "L. Holm", "timer/år", 900m, 950m, 1000m, "109 minutter hver", "Tidsmåling", IndicatorKind.ByHand),
            (changed.Form, changed.Owner, changed.Unit, changed.Low!.Value, changed.Likely!.Value, changed.High!.Value, changed.Assumptions,
                changed.Name, changed.Kind));
        Assert.Equal(("Ingen bruger den", RiskLikelihood.High, "Kursus"),
            (changed.Risk, changed.RiskLikelihood!.Value, changed.RiskResponse));
        var records = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!;
        var added = records.Document.Present.Single(b => b.Text == "Mindre porto");
        Assert.Equal((ChainKind.Benefit, true), (added.Kind, added.HasPlace));
        var porto = records.Indicators[added.Id][^1].Definition;
        Assert.Equal((BenefitForm.Cash, "kr./år", Aggregation.Sum, 10_000m),
            (porto.Form, porto.Unit, porto.Gathering, porto.Likely!.Value));
        var negative = records.Document.Present.Single(b => b.Text == "Mere ventetid");
        Assert.Equal((ChainKind.NegativeBenefit, IndicatorKind.Described),
            (negative.Kind, records.Indicators[negative.Id][^1].Definition.Kind));

        // The same file again changes nothing.
        var again = await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default);
        Assert.Equal(new ImportOutcome(2, 1, null), again);
        Assert.Equal(5, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Document.Present.Count());
    }

    [Fact]
    public async Task The_portals_own_file_gives_the_same_list_back()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        Assert.True((await SaveAsync(fixture, "g1", new IndicatorDefinition
        {
            Key = "tid", Name = "Tidsmåling", Unit = "timer/år", Gathering = Aggregation.Sum, Form = BenefitForm.Time, Low = 908,
            High = 1_090.5m,
            EffectFrom = new DateOnly(2026, 5, 1), Target = 1_000, TargetOn = new DateOnly(2027, 4, 30), Assumptions = "109 minutter\nhver",
            Risk = "=1+1", RiskLikelihood = RiskLikelihood.Medium, RiskResponse = "Følges",
        })).IsDone);
        Assert.True((await SaveAsync(fixture, "n1", new IndicatorDefinition
        {
            Key = "indkøb", Name = "", Unit = "af 5", Better = BetterWhen.Lower, Low = 2, High = 4, Owner = "L. Holm",
        })).IsDone);
        async Task<byte[]> FileAsync() => BenefitWorkbook.Write((await fixture.Figures.ReadAsync(
            fixture.Viewer, fixture.Chain, Period.YearUpTo(Month.Of(2026, 3)), default))!);
        var plan = await import.PlanAsync(fixture.Viewer, fixture.Chain, await FileAsync(), default);
        Assert.Null(plan.Problem);
        Assert.Empty(plan.Unused);
        Assert.All(plan.Rows, r => Assert.Equal((PlannedAction.Same, 0), (r.Action, r.Notes.Count)));
        Assert.Equal(["g1", "g2", "n1"], plan.Rows.Select(r => r.ElementId).Order(StringComparer.Ordinal));

        // In an empty chain it becomes the same list.
        var other = await fixture.Fixture.MakeAsync(ChainDocument.Empty with { Title = "Anden" });
        var copied = await import.PlanAsync(fixture.Viewer, other, await FileAsync(), default);
        Assert.Empty((await import.SaveAsync(fixture.Viewer, other, copied, default)).Problem?.Danish ?? "");
        var copy = (await fixture.Store.ReadAsync(fixture.Viewer, other, default))!;
        var tid = copy.Indicators[copy.Document.Present.Single(b => b.Text == "Mindre spildtid").Id][^1].Definition;
        var original = await DefinitionAsync(fixture, "g1");
        Assert.Equal(original with { Owner = "P. Madsen", Key = tid.Key, Likely = 1_000 }, tid);
    }

    [Fact]
    public async Task What_is_locked_is_left_as_it_is_and_said_and_the_rest_of_the_row_is_saved()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        Assert.True((await SaveAsync(fixture, "g1", new IndicatorDefinition
        {
            Key = "tid", Name = "", Unit = "timer/år", Gathering = Aggregation.Sum, Target = 1_000, EffectFrom = new DateOnly(2026, 1, 1),
            Baseline = Baseline.None with { Value = 0 },
        })).IsDone);
        var plan = await PlanAsync(fixture, import, ["Gevinst", "Mål", "Ejer"], ["Mindre spildtid", 30, "L. Holm"]);
        var row = Assert.Single(plan.Rows);
        Assert.Equal(PlannedAction.Change, row.Action);
        Assert.Equal("Låst, kræver begrundelse og springes over: mål: 1.000 t → 30 t. Ret det på gevinsten selv.",
            Assert.Single(row.Notes).Danish);
        Assert.True((await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default)).IsDone);
        Assert.Equal((1_000m, "L. Holm"),
            ((await DefinitionAsync(fixture, "g1")).Target!.Value, (await DefinitionAsync(fixture, "g1")).Owner));
        plan = await PlanAsync(fixture, import, ["Gevinst", "Mål"], ["Mindre spildtid", 30]);
        Assert.Equal((PlannedAction.Skip, false), (Assert.Single(plan.Rows).Action, plan.MaySave));
    }

    [Fact]
    public async Task Errors_and_doubts_stop_the_whole_import_and_say_why()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        var plan = await PlanAsync(fixture, import, ["Gevinst", "År 0 lav", "År 0 høj", "Type"],
            ["Ny", 1, 2, "kvalitet"], ["ny", 1, 2, "kvalitet"], ["Anden", 5, 2, "kvalitet"], ["Tredje", 1, 2, "tja"]);
        Assert.Equal([PlannedAction.Add, PlannedAction.Wrong, PlannedAction.Wrong, PlannedAction.Wrong], plan.Rows.Select(r => r.Action));
        Assert.Equal("Den samme gevinst står også i række 2.", plan.Rows[1].Notes[0].Danish);
        Assert.False(plan.MaySave);
        Assert.Equal("Der er intet at gemme.", (await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default)).Problem!.Danish);
        Assert.Equal(3, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Document.Present.Count());
        var foreign = await PlanAsync(fixture, import, ["Gevinst", "Effektkæde"], ["Ny", "En anden kæde"]);
        Assert.Equal((PlannedAction.Skip, false), (Assert.Single(foreign.Rows).Action, foreign.MaySave));
    }

    [Fact]
    public async Task A_chain_that_was_changed_since_is_not_written_over()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        var plan = await PlanAsync(fixture, import, ["Gevinst", "Ejer"], ["Mindre spildtid", "L. Holm"], ["Ny", "L. Holm"]);
        Assert.True((await SaveAsync(fixture, "g1", new IndicatorDefinition { Key = "tid", Name = "", Owner = "K. Jensen" })).IsDone);
        var outcome = await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default);
        Assert.Equal("Kæden er ændret, siden filen blev læst. Intet er gemt. Vælg filen igen.", outcome.Problem!.Danish);
        Assert.Equal("K. Jensen", (await DefinitionAsync(fixture, "g1")).Owner);
        Assert.Equal(3, (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!.Document.Present.Count());
    }

    [Fact]
    public async Task A_database_that_is_away_halfway_leaves_a_plan_that_can_be_saved_again_without_doubling_a_box()
    {
        var (fixture, _) = await OpenAsync();
        await using var __ = fixture;
        var import = new OverviewImport(fixture.Fixture.Node(), fixture.Pages, fixture.Fixture.Time);
        var plan = await PlanAsync(fixture, import, ["Gevinst", "Ejer"], ["Ny", "L. Holm"], ["Mindre spildtid", "L. Holm"]);
        fixture.Pages.Error = new StorageUnavailableException("Væk", new InvalidOperationException());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default));
        fixture.Pages.Error = null;
        Assert.Equal(new ImportOutcome(1, 1, null), await import.SaveAsync(fixture.Viewer, fixture.Chain, plan, default));
        var records = (await fixture.Store.ReadAsync(fixture.Viewer, fixture.Chain, default))!;
        Assert.Equal("L. Holm", records.Indicators[records.Document.Present.Single(b => b.Text == "Ny").Id][^1].Definition.Owner);
    }

    [Fact]
    public async Task Who_may_not_draw_may_change_benefits_but_not_add_them_and_others_may_neither()
    {
        var (fixture, import) = await OpenAsync();
        await using var _ = fixture;
        var file = HandMade.Of(["Gevinst", "Ejer"], ["Mindre spildtid", "L. Holm"], ["Ny", "L. Holm"]);
        var steering = fixture.Viewer with { Rights = ViewerRights.Chains | ViewerRights.SteerBenefits };
        var plan = await import.PlanAsync(steering, fixture.Chain, file, default);
        Assert.Equal([PlannedAction.Change, PlannedAction.Wrong], plan.Rows.Select(r => r.Action));
        var reader = fixture.Viewer with { Rights = ViewerRights.Chains };
        Assert.Equal("Kæden findes ikke, eller du må ikke ændre dens gevinster.",
            (await import.PlanAsync(reader, fixture.Chain, file, default)).Problem!.Danish);
    }
}
