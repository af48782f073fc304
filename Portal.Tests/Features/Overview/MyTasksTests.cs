using Bunit;
using Portal.Features.Benefits.Figures;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Benefits.Keeping;
using Portal.Features.Benefits.Portfolio;
using Portal.Features.Overview;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Platform.Access;
using Portal.Tests.Features.Benefits;
using Xunit;

namespace Portal.Tests.Features.Overview;

public sealed class MyTasksTests
{
    private static DateOnly Today(BenefitFixture fixture) => DanishTime.DateOf(fixture.Fixture.Time.GetUtcNow());

    private static async Task<IReadOnlyList<ChainBenefits>> ReadAsync(BenefitFixture fixture) => await fixture.Figures.ReadAllAsync(
        fixture.Viewer, null, Period.YearUpTo(Month.Of(fixture.Fixture.Time.GetUtcNow())), default);

    [Fact]
    public async Task A_follow_up_that_is_due_and_a_number_that_was_asked_for_wait_for_the_one_who_is_named()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "g2", Name = "Timer", Owner = "freja ", FollowUpOn = Today(fixture).AddDays(-1),
        }, null, default);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g1", new IndicatorDefinition
        {
            Key = "g1", Name = "Bevis", Owner = "P. Madsen", FollowUpOn = Today(fixture),
        }, null, default);
        await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.NumberRequest, "n1", Today(fixture).AddDays(7), null,
            "Spørgeskemaet for oktober", "Freja", default);
        var tasks = MyTasks.Of(await ReadAsync(fixture), fixture.Viewer).Where(t => t.Kind is MyTaskKind.FollowUp or MyTaskKind.Number);
        Assert.Equal(
            [(MyTaskKind.FollowUp, $"/effektkaeder/{fixture.Chain}/gevinster?aabn=opfoelgning#gevinst-g2"),
                (MyTaskKind.Number, $"/effektkaeder/{fixture.Chain}/gevinster?aabn=tal#gevinst-n1")],
            tasks.Select(t => (t.Kind, t.Link)));
    }

    [Fact]
    public async Task Decisions_wait_for_those_who_may_answer_and_one_that_is_put_off_waits_again_on_its_day()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        async Task<IEnumerable<MyTaskKind>> OfOwnerAsync(Viewer viewer) => MyTasks.Of(await ReadAsync(fixture), viewer)
            .Where(t => t.Link.EndsWith("#beslutning-owner-g3", StringComparison.Ordinal)).Select(t => t.Kind);
        Assert.Equal([MyTaskKind.Decision], await OfOwnerAsync(fixture.Viewer));
        Assert.Empty(await OfOwnerAsync(fixture.Viewer with { Rights = ViewerRights.Chains }));
        await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.DecisionAnswer, DecisionKey.OfOwner("g3"),
            Today(fixture).AddDays(2), Occurrence.PutOff, "", "Freja", default);
        Assert.Empty(await OfOwnerAsync(fixture.Viewer));
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([MyTaskKind.PutOff], await OfOwnerAsync(fixture.Viewer));
    }

    [Fact]
    public async Task A_deviation_waits_for_its_explanation_with_the_owner_and_those_who_steer_until_there_is_one()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "n1", new IndicatorDefinition
        {
            Key = "n1", Name = "Indkøb", Owner = "Lis", Better = BetterWhen.Lower, Baseline = Baseline.None with { Value = 2 },
        }, null, default);
        await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", fixture.Fixture.Time.GetUtcNow(), 3, null)], "form", default);
        var (owner, other) = (fixture.Viewer with { Name = "Lis", Rights = ViewerRights.Chains },
            fixture.Viewer with { Name = "Bo", Rights = ViewerRights.Chains });
        async Task<IEnumerable<MyTaskKind>> OfAsync(Viewer viewer) => MyTasks.Of(await ReadAsync(fixture), viewer)
            .Where(t => t.Link.EndsWith("-n1", StringComparison.Ordinal)).Select(t => t.Kind);
        Assert.Equal([MyTaskKind.Explain], await OfAsync(fixture.Viewer));
        Assert.Equal([MyTaskKind.Explain], await OfAsync(owner));
        Assert.Empty(await OfAsync(other));
        await fixture.Store.AddNoteAsync(
            fixture.Viewer, fixture.Chain, NoteKind.Cause, "n1", Today(fixture), null, "Nyt indkøbssystem", null, default);
        Assert.Equal([MyTaskKind.Decision], await OfAsync(fixture.Viewer));
        Assert.Empty(await OfAsync(owner));
    }

    [Fact]
    public async Task Freed_time_waits_for_its_follow_up_on_the_day_also_with_the_one_who_sees_to_it()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "g2", Name = "Timer", Form = BenefitForm.Time, TimeUse = "Syn", TimeUseOwner = "Lis", Owner = "K. Jensen",
        }, null, default);
        await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.DecisionAnswer, DecisionKey.OfTimeCheck("g2"),
            Today(fixture).AddDays(3), Occurrence.PutOff, "", "Freja", default);
        var owner = fixture.Viewer with { Name = "Lis", Rights = ViewerRights.Chains };
        async Task<IEnumerable<MyTask>> OfAsync(Viewer viewer) =>
            MyTasks.Of(await ReadAsync(fixture), viewer).Where(t => t.Kind == MyTaskKind.TimeUse);
        Assert.Empty(await OfAsync(owner));
        fixture.Fixture.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(Today(fixture), Assert.Single(await OfAsync(owner)).Day);
        Assert.Single(await OfAsync(fixture.Viewer));
    }

    [Fact]
    public async Task Each_role_gets_what_its_own_questions_are_about_and_sees_what_waits_for_others()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "g2", new IndicatorDefinition
        {
            Key = "g2", Name = "Timer", Owner = "K. Jensen", Kind = IndicatorKind.ByHand, FollowUpOn = Today(fixture).AddDays(-1),
        }, null, default);
        await fixture.Store.AddNoteAsync(fixture.Viewer, fixture.Chain, NoteKind.NumberRequest, "n1", Today(fixture).AddDays(-2), null,
            "Spørgeskemaet for oktober", "Lis", default);
        var chains = await ReadAsync(fixture);
        IReadOnlyList<MyTask> Of(string role) => MyTasks.Of(chains, fixture.Viewer with { Rights = PortalRoles.RightsOf(role) });
        Assert.NotEmpty(Of(PortalRoles.Manager));
        Assert.All(Of(PortalRoles.Manager), t => Assert.Equal(MyTaskKind.Decision, t.Kind));
        Assert.Equal(
            [(MyTaskKind.AskedNumber, Today(fixture).AddDays(-2)), (MyTaskKind.FollowUp, Today(fixture).AddDays(-1)),
                (MyTaskKind.NoNumbers, (DateOnly?)null)], Of(PortalRoles.Facilitator).Select(t => (t.Kind, t.Day)));
        Assert.Empty(Of(PortalRoles.Administrator));
        foreach (var role in new[] { PortalRoles.Facilitator, PortalRoles.Administrator })
        {
            var viewer = fixture.Viewer with { Rights = PortalRoles.RightsOf(role) };
            Assert.Equal(Of(PortalRoles.Manager), MyTasks.OfOthers(chains, viewer));
            Assert.Equal(Of(PortalRoles.Manager).Count, fixture.Render<MyTasksCard>(p => p.Add(x => x.Viewer, viewer)
                .Add(x => x.Chains, chains)).FindAll("[data-testid=task-of-others]").Count);
        }

        Assert.Empty(MyTasks.OfOthers(chains, fixture.Viewer));
        Assert.Empty(MyTasks.OfOthers(chains, fixture.Viewer with { Rights = ViewerRights.Chains }));
    }

    [Fact]
    public async Task Where_there_is_no_benefit_nothing_is_in_order()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        await fixture.Fixture.MakeAsync(Portal.Features.Chains.Document.ChainDocument.Empty with { Title = "Tom" }, "tom");
        var row = fixture.Render<BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer)).Find("[data-chain-id=tom]");
        Assert.DoesNotContain("✓", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("ingen gevinster", row.QuerySelector("td[data-label='Uden ejer'] span")!.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task The_card_counts_what_waits_and_says_so_in_words_when_nothing_does()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var card = fixture.Render<BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer));
        var tasks = MyTasks.Of(await ReadAsync(fixture), fixture.Viewer);
        Assert.Equal($"{tasks.Count}", card.Find("[data-testid=my-tasks-count]").TextContent);
        Assert.Equal(Math.Min(6, tasks.Count), card.FindAll("[data-testid=my-task]").Count);
        Assert.Equal("/effektkaeder/rapport", card.Find("[data-testid=to-portfolio-report]").GetAttribute("href"));
        var none = fixture.Render<MyTasksCard>(p => p.Add(x => x.Viewer, fixture.Viewer).Add(x => x.Chains, []));
        Assert.Contains("Intet venter på dig", none.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_measured_has_no_green_sign_and_negative_benefits_are_counted_apart()
    {
        await using var fixture = await BenefitFixture.OpenAsync(PortalRoles.Manager);
        var row = fixture.Render<BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer)).Find("[data-testid=portfolio-row]");
        Assert.Equal("–", row.QuerySelector("td[data-label=Bagud]")!.TextContent.Trim());
        await fixture.Store.SaveIndicatorAsync(fixture.Viewer, fixture.Chain, "n1", new IndicatorDefinition
        {
            Key = "n1", Name = "Indkøb", Better = BetterWhen.Lower, Baseline = Baseline.None with { Value = 2 },
        }, null, default);
        await fixture.Store.AddMeasurementsAsync(fixture.Viewer, fixture.Chain,
            [new NewMeasurement("n1", fixture.Fixture.Time.GetUtcNow(), 3, null)], "form", default);
        var chain = Assert.Single(await ReadAsync(fixture));
        var (benefits, negative) = (BenefitTally.Of(chain.Benefits, negative: false), BenefitTally.Of(chain.Benefits, negative: true));
        Assert.Equal((0, 0, 0, 1, 0, 1),
            (benefits.Judged, benefits.Good, benefits.Behind, negative.Judged, negative.Good, negative.Behind));
        row = fixture.Render<BenefitsCard>(p => p.Add(x => x.Viewer, fixture.Viewer)).Find("[data-testid=portfolio-row]");
        Assert.Contains("negative: 1 af 1", row.QuerySelector("td[data-label=Bagud]")!.TextContent, StringComparison.Ordinal);
    }
}
