using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Benefits.Figures;
using Portal.Features.Overview;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Platform.Access;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Features.Operations;
using Portal.Tests.Features.Quarantine;
using Xunit;

namespace Portal.Tests.Features.Overview;

public sealed class OverviewPageTests
{
    private readonly FakeCases _cases = new() { Counts = new EvidenceCounts(200, 197, 1, 0, 1, 1, 0, 0) };
    private readonly FakeQuarantine _quarantine = new();
    private readonly FakeOperations _operations = new();
    private readonly FakeHolds _holds = new();
    private readonly NoBenefits _benefits = new();

    private PageFixture Fixture(string role) =>
        new(role, services => services.AddSingleton<ICaseReader>(_cases).AddSingleton<IQuarantineReader>(_quarantine)
            .AddSingleton<IOperationsReader>(_operations).AddSingleton<IBenefitFigures>(_benefits)
            .AddSingleton<IQuarantineHolds>(_holds).AddSingleton<IWorklistService>(new FakeWorklist(_cases)));

    private static FollowUpItem Row(string id) => new(
        id, FollowUpReason.Failed, "26-0412", "L-1", "Afgørelse", null, new DateTimeOffset(2026, 11, 22, 13, 2, 0, TimeSpan.Zero), null,
        LocalizedText.AsSent("Send brevet igen."));

    [Theory]
    [InlineData(PortalRoles.Caseworker, true, true, true, false)]
    [InlineData(PortalRoles.Administrator, true, true, true, true)]
    [InlineData(PortalRoles.Manager, false, true, false, false)]
    [InlineData(PortalRoles.Facilitator, false, false, false, false)]
    public async Task Each_role_sees_only_its_own_parts(string role, bool attention, bool evidence, bool volume, bool quarantine)
    {
        await using var fixture = Fixture(role);
        var page = fixture.Render<OverviewPage>();
        Assert.Equal(attention, page.FindAll("[data-testid=attention-count]").Count == 1);
        Assert.Equal(evidence, page.FindAll("[data-testid=evidence-tile]").Count == 1);
        Assert.Equal(volume, page.FindAll("[data-testid=volume-tile]").Count == 1);
        Assert.Equal(quarantine, page.FindAll("[data-testid=quarantine-count]").Count == 1);
        Assert.Equal("Mandag 23. november 2026 · uge 48", page.Find("[data-testid=today]").TextContent);
    }

    [Theory]
    [InlineData(PortalRoles.Caseworker, "now", "overdue", "since")]
    [InlineData(PortalRoles.Administrator, "runs", "quarantine", "looked")]
    [InlineData(PortalRoles.Manager, "reached", "sure", "decide")]
    [InlineData(PortalRoles.Facilitator, "mine", "numbers", "due")]
    public async Task Each_role_has_its_three_questions_answered_first(string role, string first, string second, string third)
    {
        await using var fixture = Fixture(role);
        var page = fixture.Render<OverviewPage>();
        page.WaitForAssertion(() => Assert.Equal(
            [first, second, third], page.FindAll("[data-testid=answer]").Select(a => a.GetAttribute("data-question"))));
        Assert.All(page.FindAll("[data-testid=answer]"), a => Assert.DoesNotContain("Henter", a.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_waits_is_not_said_to_be_all_understood_while_a_cause_is_held()
    {
        _holds.Holds.Add(new QuarantineHold(QuarantineReason.MissingType, "Beskedtype mangler.", "Retter", "Bo",
            new DateOnly(2026, 12, 1), null, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), "Anders", false, 3));
        await using var fixture = Fixture(PortalRoles.Administrator);
        var tile = fixture.Render<OverviewPage>().Find("[data-testid=quarantine-tile]");
        Assert.Contains("Intet venter. 3 er kendt og holdes tilbage.", tile.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_cause_is_told_beside_the_count_that_leaves_it_out()
    {
        _quarantine.Add("q1");
        _holds.Holds.Add(new QuarantineHold(QuarantineReason.MissingType, "Beskedtype mangler.", "Retter", "Bo",
            new DateOnly(2026, 12, 1), null, new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), "Anders", false, 3));
        await using var fixture = Fixture(PortalRoles.Administrator);
        var tile = fixture.Render<OverviewPage>().Find("[data-testid=quarantine-tile]");
        Assert.Equal("1", tile.QuerySelector("[data-testid=quarantine-count]")!.TextContent);
        Assert.Contains("3 er kendt og holdes tilbage.", tile.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "2026-11-20T15:00:00Z")]
    [InlineData("2026-11-24T09:00:00Z", "2026-11-23T15:00:00Z")]
    [InlineData("2026-12-28T09:00:00Z", "2026-12-23T15:00:00Z")]
    public void What_came_since_last_is_counted_from_the_end_of_the_last_working_day(string now, string since) =>
        Assert.Equal(
            DateTimeOffset.Parse(since, CultureInfo.InvariantCulture),
            LastWorkingDay.EndBefore(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task A_verdict_leads_to_its_letters_of_the_same_period()
    {
        await using var fixture = Fixture(PortalRoles.Caseworker);
        var links = fixture.Render<OverviewPage>().FindAll("[data-testid=evidence-link]");
        Assert.Equal("/sager?verdict=handed-to-post&from=2026-10-24", links[1].GetAttribute("href"));
        Assert.Equal("Vis breve med resultatet Overgivet til post (1)", links[1].GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Letters_whose_arrival_is_in_doubt_are_told_and_are_not_of_the_share()
    {
        await using var fixture = Fixture(PortalRoles.Manager);
        Assert.Empty(fixture.Render<OverviewPage>().FindAll("[data-testid=evidence-doubt]"));
        _cases.Counts = _cases.Counts with { InDoubt = 2 };
        var page = fixture.Render<OverviewPage>();
        Assert.StartsWith("2 til er meldt afleveret, men er i tvivl",
            page.Find("[data-testid=evidence-doubt]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("97,5 %", page.Find("[data-testid=evidence-share]").TextContent.Trim());
        Assert.Contains("195 af 200 breve i alle sagstyper er afleveret med bevis", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_sees_counts_and_no_person()
    {
        await using var fixture = Fixture(PortalRoles.Manager);
        _cases.Worklist.Add(Row("l-1"));
        fixture.Log.Add();
        var page = fixture.Render<OverviewPage>();
        Assert.Equal("98,5 %", page.Find("[data-testid=evidence-share]").TextContent.Trim());
        Assert.DoesNotContain("26-0412", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("a"));
        Assert.Single(page.FindAll("[data-testid=portfolio]"));
    }

    [Fact]
    public async Task A_facilitator_is_shown_on_to_the_chains_and_the_catalogue()
    {
        await using var fixture = Fixture(PortalRoles.Facilitator);
        var page = fixture.Render<OverviewPage>();
        Assert.Equal(["/effektkaeder", "/beskedkatalog"], page.FindAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task No_work_is_shown_as_zero_and_work_that_comes_shows_by_itself()
    {
        await using var fixture = Fixture(PortalRoles.Caseworker);
        var page = fixture.Render<OverviewPage>();
        Assert.Equal("0", page.Find("[data-testid=attention-count]").TextContent);
        _cases.Worklist.Add(Row("l-1"));
        await fixture.ArriveAsync(page, () => page.Find("[data-testid=attention-count]").TextContent == "1");
        var row = page.Find("[data-testid=attention-row]").TextContent;
        Assert.Contains("Fejlet", row, StringComparison.Ordinal);
        Assert.Contains("siden i går kl. 14.02", row, StringComparison.Ordinal);
        Assert.StartsWith("/sager/26-0412#", page.Find("[data-testid=attention-row] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_volume_is_reported_in_words_too()
    {
        await using var fixture = Fixture(PortalRoles.Caseworker);
        var page = fixture.Render<OverviewPage>();
        Assert.Equal("Ingen beskeder det seneste døgn.", page.Find("[data-testid=volume-tile] [role=img]").GetAttribute("aria-label"));
        Assert.Equal(24, page.FindAll("[data-testid=volume-tile] tbody tr").Count);
    }

    [Fact]
    public async Task What_needs_those_who_operate_is_one_line_for_them_alone()
    {
        _operations.View = FakeOperations.Of(FakeOperations.Transport(
            "amqp", "paused")) with { Silences = [new SilenceWarning("push", null, new SilenceFinding(FakeOperations.Now, 30))] };
        await using (var administrator = Fixture(PortalRoles.Administrator))
        {
            var line = administrator.Render<OverviewPage>().Find("[data-testid=operations-notice]");
            Assert.Contains("Modtagekanal, der ikke tager imod: AMQP (på pause). Usædvanligt stille: Push.", line.TextContent,
                StringComparison.Ordinal);
            Assert.Equal("/drift", line.QuerySelector("a")!.GetAttribute("href"));
        }

        await using var caseworker = Fixture(PortalRoles.Caseworker);
        Assert.Empty(caseworker.Render<OverviewPage>().FindAll("[data-testid=operations-notice]"));
    }

    [Theory]
    [InlineData(PortalRoles.Manager, true)]
    [InlineData(PortalRoles.Facilitator, true)]
    [InlineData(PortalRoles.Administrator, true)]
    [InlineData(PortalRoles.Caseworker, false)]
    public async Task The_benefits_of_all_chains_are_shown_to_those_who_may_see_chains(string role, bool shown)
    {
        await using var fixture = Fixture(role);
        Assert.Equal(shown, fixture.Render<OverviewPage>().FindAll("[data-testid=portfolio]").Count == 1);
    }

    private sealed class NoBenefits : IBenefitFigures
    {
        public Task<ChainBenefits?> ReadAsync(Viewer viewer, string chainId, Period period, CancellationToken cancellationToken) =>
            Task.FromResult<ChainBenefits?>(null);

        public Task<IReadOnlyList<ChainBenefits>> ReadAllAsync(
            Viewer viewer, string? department, Period period, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ChainBenefits>>([]);
    }

    [Fact]
    public async Task When_all_is_well_nothing_is_said()
    {
        await using var fixture = Fixture(PortalRoles.Administrator);
        Assert.Empty(fixture.Render<OverviewPage>().FindAll("[data-testid=operations-notice]"));
    }
}
