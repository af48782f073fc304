using System.Globalization;
using System.Text;
using Bunit;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>Unusual input: text of any kind, numbers that are too large, very large chains.</summary>
public sealed class InvalidInputTests
{
    private static IRenderedComponent<ChainBoard> Board(ChainPageFixture fixture, ChainSession session) =>
        fixture.Render<ChainBoard>(p => p.Add(b => b.Session, session).Add(b => b.Editor, fixture.Editor));

    [Fact]
    public async Task Text_of_any_kind_is_shown_as_text_on_canvas_and_in_outline_and_in_full_in_its_field()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var text = string.Concat(Enumerable.Repeat("🎉 <script>alert('x')</script> مرحبا בעולם &amp; ", 250));
        Assert.True(text.Length > 10_000);
        var session = await fixture.ChainAsync(text: text);

        var board = Board(fixture, session);

        Assert.Empty(board.FindAll("script"));
        var main = board.Find("[data-element-id=p1] .box-main");
        Assert.Equal((text.Trim(), "auto"), (main.TextContent.Trim(), main.GetAttribute("dir")));
        await board.Find("[data-testid=outline-toggle]").ClickAsync(new());
        await board.Find(".outline-open").ClickAsync(new());
        Assert.Equal(text, board.Find("#felt-p1-text").GetAttribute("value"));
        Assert.Empty(board.FindAll("script"));
        // The text for screen readers is cut between characters.
        Assert.DoesNotContain(
            '\ufffd', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(board.Find(".outline-open .visually-hidden").TextContent)));
    }

    [Fact]
    public async Task An_invalid_number_stays_in_its_field_which_says_why_until_it_is_corrected_or_given_up()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(fixture.Editor, ChainOperation.Set("p1", ElementProperty.VolumeLikely, "550"), default);
        var board = Board(fixture, session);
        await board.InvokeAsync(() => board.FindComponent<ChainSurface>().Instance.Model.Choose("p1"));
        const string Field = "#felt-p1-volume\\.likely";
        foreach (var (written, why) in new[] { ("mange", "»mange« er ikke et tal"), ("-5", "negativt"),
            ("5 timer", "Feltet er et antal, ikke »timer«") })
        {
            await board.Find(Field).ChangeAsync(new() { Value = written });
            Assert.Equal((written, "true"), (board.Find(Field).GetAttribute("value"), board.Find(Field).GetAttribute("aria-invalid")));
            Assert.Contains(why, board.Find("[data-testid=field-wrong]").TextContent, StringComparison.Ordinal);
            Assert.Contains("ikke gemt", board.Find("[data-testid=field-wrong]").TextContent, StringComparison.Ordinal);
            Assert.Equal(board.Find("[data-testid=field-wrong]").Id, board.Find(Field).GetAttribute("aria-describedby"));
            Assert.Equal("550", board.Find(Field).GetAttribute("data-base"));
            Assert.Contains(why, board.Find("[data-testid=kept]").TextContent, StringComparison.Ordinal);
            Assert.Equal("550", session.State.Document.Find("p1")!.Get(ElementProperty.VolumeLikely));
        }

        await board.Find(Field).ChangeAsync(new() { Value = "600" });
        Assert.Empty(board.FindAll("[data-testid=field-wrong], [data-testid=kept]"));
        Assert.Equal("600", session.State.Document.Find("p1")!.Get(ElementProperty.VolumeLikely));

        await board.Find(Field).ChangeAsync(new() { Value = "mange" });
        await board.Find("[data-testid=kept] .mud-button-root:last-child").ClickAsync(new());
        Assert.Equal("600", board.Find(Field).GetAttribute("value"));
        Assert.Empty(board.FindAll("[data-testid=field-wrong], [data-testid=kept]"));
    }

    [Fact]
    public async Task A_thousand_boxes_in_a_circle_are_each_shown_once_and_every_link_is_drawn()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(fixture.Editor, new ChainOperation([.. Enumerable.Range(0, 999)
            .Select(n => (ChainChange)new AddElement($"b{n}", (ChainKind)(n % 11), Portal.Tests.Features.Chains.ChainGen.Values(
                (ElementProperty.Text, $"nr. {n.ToString(CultureInfo.InvariantCulture)}"))))]), default);
        await session.ApplyAsync(fixture.Editor,
            new ChainOperation([.. Enumerable.Range(0, 999).Select(n => (ChainChange)new Connect($"b{n}", $"b{(n + 1) % 999}"))]), default);
        await session.ApplyAsync(fixture.Editor, Portal.Features.Chains.Layout.ChainLayout.Tidy(session.State.Document), default);

        var board = Board(fixture, session);

        Assert.Equal(1000, board.FindAll("[data-testid=chain-element]").Select(e => e.GetAttribute("data-r")).Distinct().Count());
        Assert.Equal(999, board.FindAll(".links > g > .link").Count);
    }

    [Fact]
    public async Task A_box_that_one_deletes_while_another_writes_in_it_is_gone_and_what_was_written_is_kept_and_can_bring_it_back()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync(text: "før");
        var (model, other) = (new ChainBoardModel(session, fixture.Editor, _ => { }), ChainEditor.Guest("K", "Bo", "g2"));
        using var writing = model;
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new OpenWorkshop("K")), default);
        await session.ApplyAsync(other, ChainOperation.Of(new DeleteElement("p1")), default);
        model.Refresh();

        Assert.False(await model.SaveAsync("p1", ElementProperty.Text, "før", "skrevet imens"));

        Assert.Empty(session.State.Document.Present);
        Assert.Equal("før", session.State.Document.Elements["p1"].Text);
        Assert.True(await model.TryAgainAsync(Assert.Single(model.Unsaved)));
        Assert.Equal("skrevet imens", session.State.Document.Find("p1")!.Text);
    }
}
