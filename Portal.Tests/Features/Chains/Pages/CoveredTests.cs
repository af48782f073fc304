using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Join;
using Portal.Features.Chains.Workshop;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>Covered places and texts of silent writing are in no part of the page of those who may not see them yet.</summary>
public sealed class CoveredTests
{
    private const string Secret = "Hemmelig gevinst", SecretAssumption = "Hemmelig antagelse", Known = "Tvister om post";

    // A visible problem, a covered benefit, and a link between them with an assumption.
    private static async Task<ChainSession> ChainAsync(ChainPageFixture fixture)
    {
        var session = await fixture.ChainAsync(text: Known);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Add(
            "g1", ChainKind.Benefit, (ElementProperty.Text, Secret), (ElementProperty.X, "900"), (ElementProperty.Y, "200")), default);
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Of(new Connect("p1", "g1", SecretAssumption), new OpenWorkshop("ABCD2345")), default);
        return session;
    }

    private static IRenderedComponent<ChainBoard> Board(ChainPageFixture fixture, ChainSession session, ChainEditor editor, bool guest) =>
        fixture.Render<ChainBoard>(p => p.Add(b => b.Session, session).Add(b => b.Editor, editor).Add(b => b.Guest, guest));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Covered_places_are_in_no_part_of_the_page_of_a_guest_or_a_manager(bool guest)
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await ChainAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces([ChainKind.Purpose, ChainKind.Problem])), default);
        var editor = guest
            ? ChainEditor.Guest("ABCD2345", "Anna", "g1")
            : ChainEditor.Of(ChainFixture.Manager, ChainFixture.Own, "m1");

        var board = Board(fixture, session, editor, guest);

        Assert.Contains(Known, board.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, board.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretAssumption, board.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("data-element-id=\"g1\"", board.Markup, StringComparison.Ordinal);
        // Hints say what is missing, and so reveal what exists.
        Assert.Empty(board.FindAll("[data-testid=quality-hint]"));
        await board.Find("[data-testid=outline-toggle]").ClickAsync(new());
        Assert.DoesNotContain(Secret, board.Markup, StringComparison.Ordinal);

        // A covered place shows neither its number of boxes nor a way to add one; the facilitator is told that the others do not see it.
        var covered = board.Find("#sted-benefit").Closest("section")!;
        Assert.DoesNotContain("(", covered.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Vises senere i workshoppen", covered.QuerySelector("[data-testid=covered-place]")!.TextContent);
        Assert.Empty(board.FindAll("[data-testid=outline-add][data-kind=benefit]"));
        if (guest)
            Assert.Equal([ChainKind.Purpose, ChainKind.Problem], board.Offers<ChainKind>("add-kind"));
        Assert.Contains("2 af 10 pladser er vist", board.Find("[data-testid=places-shown]").TextContent, StringComparison.Ordinal);
        var steering = Board(fixture, session, fixture.Editor, guest: false);
        Assert.Contains(Secret, steering.Markup, StringComparison.Ordinal);
        Assert.Contains("De andre ser 2 af 10 pladser", steering.Find("[data-testid=places-shown]").TextContent, StringComparison.Ordinal);
        Assert.Contains("De andre ser det senere i workshoppen", steering.Markup, StringComparison.Ordinal);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces(null)), default);
        board.WaitForAssertion(() => Assert.Contains(Secret, board.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_big_screen_shows_what_everyone_may_see_though_the_one_who_steers_opened_it()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await ChainAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces([ChainKind.Problem])), default);

        var screen = fixture.Render<AudienceView>(p => p.Add(v => v.Session, session).Add(v => v.Editor, fixture.Editor));

        Assert.Contains(Known, screen.Find("[data-testid=chain-canvas]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, screen.Markup, StringComparison.Ordinal);
        Assert.Equal("false", screen.Find("[data-testid=chain-canvas]").GetAttribute("data-edit"));
        Assert.Empty(screen.FindAll(".zone-add"));
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces(null)), default);
        screen.WaitForAssertion(
            () => Assert.Contains(Secret, screen.Find("[data-testid=chain-canvas]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silent_writing_keeps_texts_and_assumptions_from_the_others_until_it_ends()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync(text: Known);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new OpenWorkshop("ABCD2345"), new SetSilent(true)), default);
        var (anna, bo) = (ChainEditor.Guest("ABCD2345", "Anna", "g1"), ChainEditor.Guest("ABCD2345", "Bo", "g2"));
        await session.ApplyAsync(anna, ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, Secret)), default);
        await session.ApplyAsync(anna, ChainOperation.Of(new Connect("p1", "g1", SecretAssumption)), default);

        var (hers, his) = (Board(fixture, session, anna, guest: true), Board(fixture, session, bo, guest: true));

        Assert.Contains(Secret, hers.Markup, StringComparison.Ordinal);
        Assert.Contains(SecretAssumption, hers.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, his.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretAssumption, his.Markup, StringComparison.Ordinal);
        // Nobody can read or overwrite a text that is hidden from them.
        var assumed = ChainOperation.Of(new SetLinkValue("p1", "g1", ChainLink.AssumptionProperty, "Bos"));
        Assert.Equal(ChainOutcome.Refused, (await session.ApplyAsync(bo, assumed, default)).Outcome);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new SetSilent(false)), default);
        his.WaitForAssertion(() => Assert.Contains(SecretAssumption, his.Markup, StringComparison.Ordinal));
        Assert.Equal(ChainOutcome.Applied, (await session.ApplyAsync(bo, assumed, default)).Outcome);
    }

    [Fact]
    public async Task A_guest_writes_nowhere_but_in_places_that_are_shown_and_steers_nothing()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await ChainAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces([ChainKind.Problem])), default);
        var guest = ChainEditor.Guest("ABCD2345", "Anna", "g1");
        var before = session.State;
        foreach (var change in (ChainChange[])
        [
            new AddElement("g9", ChainKind.Benefit, Portal.Tests.Features.Chains.ChainGen.Values()),
            new SetValue("g1", ElementProperty.Text, "x"), new SetValue("p1", ElementProperty.Kind, "benefit"), new DeleteElement("g1"),
            new Connect("p1", "g1"), new Disconnect("p1", "g1"), new SetLinkValue("p1", "g1", ChainLink.AssumptionProperty, "x"),
            new CastVote("g1", true), new SetSilent(true), new RevealPlaces(null), new SetVoting(3), new SetTimer(null),
            new CloseWorkshop(), new OpenWorkshop("NY"), new ShowQuestion(1), new Gather(1, 1, 1), new ClearVotes(), new ClearDone(),
        ])
        {
            Assert.Equal(
                (change, ChainOutcome.Refused), (change, (await session.ApplyAsync(guest, ChainOperation.Of(change), default)).Outcome));
        }
        Assert.Same(before, session.State);
        Assert.Equal(ChainOutcome.Applied,
            (await session.ApplyAsync(guest, ChainOperation.Set("p1", ElementProperty.Consequence, "spild"), default)).Outcome);
        Assert.Equal(ChainOutcome.Refused, (await session.ApplyAsync(
            ChainEditor.Guest("ANDENKODE", "Bo", "g2"), ChainOperation.Set("p1", ElementProperty.Consequence, "x"), default)).Outcome);
    }

    [Fact]
    public async Task A_guest_sees_the_arithmetic_of_what_is_shown_and_nothing_of_what_is_covered()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync(text: Known);
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Add("x1", ChainKind.Difference, (ElementProperty.Text, "Forskellen")), default);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new SetValue("p1", ElementProperty.VolumeLikely, "550"), new SetValue(
            "p1", ElementProperty.MinutesEach, "109"), new Connect("p1", "x1", null)), default);
        var code = await fixture.Fixture.Codes.MakeAsync(fixture.Viewer, session.ChainId, default);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new OpenWorkshop(code)), default);
        fixture.Services.GetRequiredService<NavigationManager>().NavigateTo($"/deltag/{code}");
        var page = fixture.Render<JoinPage>(p => p.Add(x => x.Code, code)
            .AddCascadingValue("Guest", new Guest(code, "Anna", "g1", DateTimeOffset.MaxValue)));
        var board = page.FindComponent<ChainBoard>();
        ChainBoardModel Model() => board.FindComponent<ChainSurface>().Instance.Model;

        await board.InvokeAsync(() => Model().Choose("x1"));
        Assert.Contains(
            "550 om året × 109 min ÷ 60 = 999 t om året", board.Find("[data-testid=arithmetic]").TextContent, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("[data-testid=arithmetic] a, [data-testid=arithmetic] code"));

        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new RevealPlaces([ChainKind.Difference])), default);
        board.WaitForAssertion(() => Assert.Empty(board.FindAll("[data-testid=arithmetic]")));
        Assert.DoesNotContain("109 min", board.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ones_own_second_window_is_not_another_editor()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session, fixture.Editor, guest: false);
        Assert.Empty(board.FindAll("[data-testid=presence] li"));
        using var second = session.Join(fixture.Editor with { ClientId = "w2" }, _ => { });
        board.WaitForAssertion(() => Assert.Equal("Dit andet vindue", board.Find("[data-testid=presence] li").GetAttribute("title")));
        using var bo = session.Join(ChainEditor.Guest("ABCD2345", "Bo Holm", "g2"), _ => { });
        board.WaitForAssertion(() => Assert.Equal(
            ["Bo Holm (gæst)", "Dit andet vindue"], board.FindAll("[data-testid=presence] li").Select(i => i.GetAttribute("title"))));
    }
}
