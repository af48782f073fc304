using Bunit;
using Microsoft.AspNetCore.Components;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Gallery;
using Portal.Features.Chains.Workshop;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>
/// The database goes out while someone works: each attempt says what happened, that nothing is changed or lost, and what to do.
/// </summary>
public sealed class AwayTests
{
    private static IRenderedComponent<ChainBoard> Board(ChainPageFixture fixture, ChainSession session) =>
        fixture.Render<ChainBoard>(p => p.Add(b => b.Session, session).Add(b => b.Editor, fixture.Editor));

    private static void TellsWhatToDo<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent =>
        page.WaitForAssertion(() => Assert.Contains("prøv igen", page.Find(selector).TextContent, StringComparison.Ordinal));

    [Theory]
    [InlineData("[data-testid=add-element]")]
    [InlineData("[data-testid=undo]")]
    [InlineData("[data-testid=tidy]")]
    public async Task A_step_on_the_canvas_is_not_taken_and_the_chain_is_as_before(string button)
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        var before = session.State;
        fixture.Fixture.IsAway = true;

        await board.Find(button).ClickAsync(new());

        TellsWhatToDo(board, "[data-testid=board-trouble]");
        Assert.Same(before, session.State);
        fixture.Fixture.IsAway = false;
        await board.Find(button).ClickAsync(new());
        Assert.Empty(board.FindAll("[data-testid=board-trouble]"));
        Assert.NotSame(before, session.State);
    }

    [Fact]
    public async Task What_was_written_is_kept_and_can_be_stored_when_the_database_is_back()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        await board.Find("[data-testid=outline-toggle]").ClickAsync(new());
        await board.Find(".outline-open").ClickAsync(new());
        fixture.Fixture.IsAway = true;
        await board.Find("#felt-p1-text").ChangeAsync(new() { Value = "Tvister om digital post" });

        TellsWhatToDo(board, "[data-testid=kept]");
        Assert.Contains("Tvister om digital post", board.Find("[data-testid=kept] blockquote").TextContent, StringComparison.Ordinal);
        fixture.Fixture.IsAway = false;
        await board.Find("[data-testid=kept-save]").ClickAsync(new());

        Assert.Empty(board.FindAll("[data-testid=kept]"));
        Assert.Equal("Tvister om digital post", session.State.Document.Find("p1")!.Text);
    }

    [Fact]
    public async Task A_hint_that_cannot_be_put_aside_stays_and_hints_put_aside_that_cannot_be_read_are_reported()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var board = Board(fixture, session);
        var hints = board.FindAll("[data-testid=quality-hint]").Count;
        await board.Find("[data-testid=quality-hint] .hint-aside").ClickAsync(new());
        await board.Find(".hint-reason input").InputAsync(new() { Value = "afklaret" });
        fixture.Fixture.IsAway = true;
        await board.Find(".hint-reason .mud-button-filled").ClickAsync(new());

        TellsWhatToDo(board, "[data-testid=board-trouble]");
        Assert.Equal(hints, board.FindAll("[data-testid=quality-hint]").Count);
        Assert.Contains(
            "svarer ikke lige nu", Board(fixture, session).Find("[data-testid=board-trouble]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[data-testid=copy-chain]", ".mud-alert")]
    [InlineData("[data-testid=delete-chain]", ".mud-alert")]
    [InlineData("[data-testid=save-chain]", "form [data-testid=not-saved]")]
    [InlineData("[data-testid=keep-version]", "form [data-testid=not-saved]")]
    [InlineData("[data-testid=versions]", "dialog .mud-alert-text-error")]
    public async Task What_is_done_with_a_whole_chain_is_not_done(string button, string text)
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = fixture.Render<ChainMenu>(p => p.Add(m => m.Session, session).Add(m => m.Editor, fixture.Editor));
        await menu.Find(".tool-menu > button").ClickAsync(new());
        if (button.Contains("save", StringComparison.Ordinal))
            await menu.Find("[data-testid=chain-title]").ChangeAsync(new() { Value = "Nyt navn" });
        fixture.Fixture.IsAway = true;

        if (menu.Find(button).GetAttribute("type") == "submit") await menu.Find(button).ParentElement!.Closest("form")!.SubmitAsync();
        else await menu.Find(button).ClickAsync(new());

        TellsWhatToDo(menu, text);
        Assert.Equal("Post i huslejesager", session.State.Document.Title);
        fixture.Fixture.IsAway = false;
        Assert.Single((await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items);
    }

    [Theory]
    [InlineData("[data-testid=open-workshop]")]
    [InlineData("[data-testid=timer-start]")]
    [InlineData("[data-testid=silent]")]
    [InlineData("[data-testid=votes-start]")]
    public async Task The_workshop_stays_as_it_was(string button)
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var menu = fixture.Render<WorkshopMenu>(p => p.Add(m => m.Session, session).Add(m => m.Editor, fixture.Editor));
        await menu.Find(".tool-menu > button").ClickAsync(new());
        var before = session.State.Workshop;
        fixture.Fixture.IsAway = true;

        await menu.Find(button).ClickAsync(new());

        TellsWhatToDo(menu, ".mud-alert-text-error");
        Assert.Same(before, session.State.Workshop);
    }

    [Fact]
    public async Task A_new_chain_keeps_its_name_in_the_form_and_a_deleted_one_stays_in_the_trash()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var previous = await fixture.ChainAsync();
        var gone = await fixture.Fixture.MakeAsync();
        Assert.True(await fixture.Fixture.Store.DeleteAsync(fixture.Viewer, gone, default));
        var page = fixture.Render<ChainsPage>();
        await page.Find("[data-testid=new-chain]").ClickAsync(new());
        await page.Find("[data-testid=new-title]").ChangeAsync(new() { Value = "Ventetid" });
        fixture.Fixture.IsAway = true;
        await page.Find("[data-testid=new-chain-form]").SubmitAsync();
        TellsWhatToDo(page, "dialog .mud-alert-text-error");
        await page.ChooseAsync("new-from", $"k:{previous.ChainId}");
        await page.Find("[data-testid=new-chain-form]").SubmitAsync();
        TellsWhatToDo(page, "dialog .mud-alert-text-error");
        Assert.Equal("Ventetid", page.Find("[data-testid=new-title]").GetAttribute("value"));

        await page.Find("[data-testid=restore]").ClickAsync(new());

        TellsWhatToDo(page, ".mud-alert");
        fixture.Fixture.IsAway = false;
        Assert.Equal(gone, Assert.Single(await fixture.Fixture.Store.TrashAsync(fixture.Viewer, default)).Id);
    }

    [Fact]
    public async Task A_chain_without_a_name_is_refused_at_the_field_and_a_copy_gets_that_of_what_it_copies()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var previous = await fixture.ChainAsync();
        var page = fixture.Render<ChainsPage>();
        await page.Find("[data-testid=new-chain]").ClickAsync(new());
        await page.Find("[data-testid=new-title]").ChangeAsync(new() { Value = " \u00A0 " });
        await page.Find("[data-testid=new-chain-form]").SubmitAsync();
        Assert.Equal("true", page.Find("[data-testid=new-title]").GetAttribute("aria-invalid"));
        Assert.Contains("Giv effektkæden en titel", page.Find("[data-testid=new-chain-form]").TextContent, StringComparison.Ordinal);
        Assert.Single((await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items);
        await page.ChooseAsync("new-from", $"k:{previous.ChainId}");
        await page.Find("[data-testid=new-chain-form]").SubmitAsync();
        Assert.All(
            (await fixture.Fixture.Store.ListAsync(fixture.Viewer, null, 10, default)).Items,
            c => Assert.Equal("Post i huslejesager", c.Title));

        // Nor can a chain lose its name.
        var menu = fixture.Render<ChainMenu>(p => p.Add(m => m.Session, previous).Add(m => m.Editor, fixture.Editor));
        await menu.Find(".tool-menu > button").ClickAsync(new());
        await menu.Find("[data-testid=chain-title]").ChangeAsync(new() { Value = "" });
        await menu.Find("[data-testid=save-chain]").Closest("form")!.SubmitAsync();
        Assert.Equal("true", menu.Find("[data-testid=chain-title]").GetAttribute("aria-invalid"));
        Assert.Equal("Post i huslejesager", previous.State.Document.Title);
    }
}
