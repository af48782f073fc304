using Bunit;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Workshop;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>The facilitator's workshop tools, and what everyone sees of them.</summary>
public sealed class WorkshopTests
{
    private static readonly ChainEditor Guest = ChainEditor.Guest("ABCD2345", "Anna", "g1");

    // On the renderer's thread: a change of the chain may render the component again between finding the button and clicking it.
    private static Task PressAsync<T>(IRenderedComponent<T> part, string selector)
        where T : Microsoft.AspNetCore.Components.IComponent => part.InvokeAsync(() => part.Find(selector).ClickAsync(new()));

    [Fact]
    public async Task Only_the_one_who_steers_has_the_tools()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();

        Assert.Single(Menu(fixture, session, fixture.Editor).FindAll("[data-testid=workshop-menu]"));
        Assert.Empty(Menu(fixture, session, Guest).FindAll("[data-testid=workshop-menu]"));
    }

    [Fact]
    public async Task Opening_makes_a_code_that_finds_the_chain_and_closing_uses_it_up()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = Menu(fixture, session, fixture.Editor);

        await PressAsync(menu, "[data-testid=open-workshop]");
        var code = session.State.Workshop.Code!;
        Assert.Contains($"/deltag/{code}", menu.Find("[data-testid=join-code]").TextContent, StringComparison.Ordinal);
        Assert.Equal(session.ChainId, await fixture.Fixture.Codes.FindChainAsync(code, default));
        await PressAsync(menu, "[data-testid=close-workshop]");
        await PressAsync(menu, "[data-testid=confirm]");

        Assert.Null(session.State.Workshop.Code);
        Assert.Null(await fixture.Fixture.Codes.FindChainAsync(code, default));
        Assert.Null(await fixture.Node.OpenForGuestAsync(code, default));
    }

    [Fact]
    public async Task The_clock_counts_down_pauses_keeps_what_is_left_and_says_when_time_is_up()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var (menu, status) = (Menu(fixture, session, fixture.Editor), Status(fixture, session, Guest));

        await PressAsync(menu, "[data-testid=timer-start]");
        status.WaitForAssertion(() => Assert.Contains("08:00", Clock(status), StringComparison.Ordinal));
        fixture.Fixture.Time.Advance(TimeSpan.FromSeconds(61));
        status.WaitForAssertion(() => Assert.Contains("06:59", Clock(status), StringComparison.Ordinal));
        await PressAsync(menu, "[data-testid=timer-pause]");
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(5));
        status.WaitForAssertion(() => Assert.Contains("06:59 på pause", Words(Clock(status)), StringComparison.Ordinal));
        await PressAsync(menu, "[data-testid=timer-resume]");
        await PressAsync(menu, "[data-testid=timer-add]");
        status.WaitForAssertion(() => Assert.Contains("08:59", Clock(status), StringComparison.Ordinal));
        fixture.Fixture.Time.Advance(TimeSpan.FromMinutes(9));

        status.WaitForAssertion(() => Assert.Contains("Tiden er gået", Clock(status), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Places_are_revealed_one_after_another_and_the_hidden_ones_are_not_in_a_guests_page()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = Menu(fixture, session, fixture.Editor);
        await PressAsync(menu, "[data-testid=open-workshop]");
        var view = fixture.Render<AudienceView>(p => p.Add(v => v.Session, session)
            .Add(v => v.Editor, ChainEditor.Guest(session.State.Workshop.Code!, "Anna", "g1")));
        Assert.Contains("Tvister om post", view.Markup, StringComparison.Ordinal);

        await PressAsync(menu, "[data-testid=reveal-first]");
        view.WaitForAssertion(() => Assert.DoesNotContain("Tvister om post", view.Markup, StringComparison.Ordinal));
        await PressAsync(menu, "[data-testid=reveal-next]");

        view.WaitForAssertion(() => Assert.Contains("Tvister om post", view.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Votes_are_limited_and_others_see_them_only_when_they_are_shown()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = Menu(fixture, session, fixture.Editor);
        await PressAsync(menu, "[data-testid=open-workshop]");
        var (anna, bo) =
            (ChainEditor.Guest(session.State.Workshop.Code!, "Anna", "g1"), ChainEditor.Guest(session.State.Workshop.Code!, "Bo", "g2"));
        await menu.InvokeAsync(() => menu.Find("[data-testid=votes-each]").ChangeAsync(new() { Value = "2" }));
        await PressAsync(menu, "[data-testid=votes-start]");
        var (hers, his, status) = (Dots(fixture, session, anna), Dots(fixture, session, bo), Status(fixture, session, anna));

        await PressAsync(hers, "[data-testid=vote]");
        await PressAsync(hers, "[data-testid=vote]");

        hers.WaitForAssertion(() => Assert.True(hers.Find("[data-testid=vote]").HasAttribute("disabled")));
        status.WaitForAssertion(
            () => Assert.Contains("0 stemmer tilbage", status.Find("[data-testid=votes-left]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("2", his.Find("[data-testid=votes]").TextContent, StringComparison.Ordinal);
        await PressAsync(menu, "[data-testid=votes-show]");
        his.WaitForAssertion(() => Assert.Equal("2 stemmer", his.Find("[data-testid=votes-total]").TextContent));
    }

    [Fact]
    public async Task The_five_questions_come_one_at_a_time()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var (menu, status) = (Menu(fixture, session, fixture.Editor), Status(fixture, session, fixture.Editor));
        await PressAsync(menu, "[data-testid=question-first]");
        var seen = new HashSet<string>();
        for (var n = 1; n <= 5; n++)
        {
            status.WaitForAssertion(
                () => Assert.Contains($"Spørgsmål {n} af 5", status.Find("[data-testid=question]").TextContent, StringComparison.Ordinal));
            seen.Add(status.Find("[data-testid=question] b").TextContent);
            if (n < 5) await PressAsync(menu, "[data-testid=question-next]");
        }

        Assert.Equal(5, seen.Count);
        Assert.True(menu.Find("[data-testid=question-next]").HasAttribute("disabled"));
        await PressAsync(menu, "[data-testid=question-hide]");
        status.WaitForAssertion(() => Assert.Empty(status.FindAll("[data-testid=question]")));
    }

    [Fact]
    public async Task Whoever_is_done_is_counted_among_those_who_are_here()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await Menu(fixture, session, fixture.Editor).Find("[data-testid=open-workshop]").ClickAsync(new());
        var status = Status(fixture, session, ChainEditor.Guest(session.State.Workshop.Code!, "Anna", "g1"));

        await PressAsync(status, "[data-testid=done]");

        status.WaitForAssertion(
            () => Assert.Contains("1 af 2 er færdige", status.Find("[data-testid=done-count]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Done_applies_to_one_exercise_only()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        async Task<bool> StillDoneAsync(WorkshopChange change)
        {
            await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new SetDone(true)), default);
            await session.ApplyAsync(fixture.Editor, ChainOperation.Of(change), default);
            return session.State.Workshop.Done.Contains(fixture.Editor.Key);
        }

        var now = fixture.Fixture.Time.GetUtcNow();
        foreach (var begun in (WorkshopChange[])[new SetTimer(now.AddMinutes(8)), new SetSilent(true), new SetVoting(3),
            new ShowQuestion(0), new ShowQuestion(1), new RevealPlaces([ChainKind.Problem])])
        {
            Assert.False(await StillDoneAsync(begun), begun.ToString());
        }

        // Changes within an exercise, and repeated ones, do not end it.
        foreach (var within in (WorkshopChange[])[new SetTimer(null, TimeSpan.FromMinutes(3)), new SetTimer(now.AddMinutes(5)),
            new SetSilent(true), new SetVoting(3), new ShowQuestion(1), new Gather(1, 1, 1)])
        {
            Assert.True(await StillDoneAsync(within), within.ToString());
        }
        foreach (var ended in (WorkshopChange[])[
            new SetTimer(null), new SetSilent(false), new SetVoting(null), new ShowQuestion(null), new RevealPlaces(null)])
        {
            Assert.False(await StillDoneAsync(ended), ended.ToString());
        }
    }

    [Fact]
    public async Task Everyone_is_summoned_to_the_facilitators_view()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = Menu(fixture, session, fixture.Editor, () => ValueTask.FromResult(new Gather(40, 60, 1.5)));

        await PressAsync(menu, "[data-testid=gather]");

        Assert.Equal(
            (40, 60, 1.5), (session.State.Workshop.Gathered!.X, session.State.Workshop.Gathered.Y, session.State.Workshop.Gathered.Zoom));
    }

    [Fact]
    public async Task What_the_tools_do_is_no_part_of_undo()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await Menu(fixture, session, fixture.Editor).Find("[data-testid=silent]").ClickAsync(new());

        await session.UndoAsync(fixture.Editor, default);

        Assert.True(session.State.Workshop.Silent);
        Assert.Empty(session.State.Document.Present);
    }

    private static IRenderedComponent<WorkshopMenu> Menu(
        ChainPageFixture fixture, ChainSession session, ChainEditor editor, Func<ValueTask<Gather>>? view = null)
    {
        var menu = fixture.Render<WorkshopMenu>(p => p.Add(m => m.Session, session).Add(m => m.Editor, editor).Add(m => m.View, view));
        foreach (var opener in menu.FindAll(".tool-menu > button")) opener.Click();
        return menu;
    }

    private static IRenderedComponent<WorkshopStatus> Status(ChainPageFixture fixture, ChainSession session, ChainEditor editor) =>
        fixture.Render<WorkshopStatus>(p => p.Add(m => m.Session, session).Add(m => m.Editor, editor));

    private static IRenderedComponent<VoteDots> Dots(ChainPageFixture fixture, ChainSession session, ChainEditor editor) =>
        fixture.Render<VoteDots>(p => p.Add(m => m.Session, session).Add(m => m.Editor, editor).Add(m => m.ElementId, "p1"));

    private static string Clock(IRenderedComponent<WorkshopStatus> status) => status.Find("[data-testid=workshop-clock]").TextContent;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
