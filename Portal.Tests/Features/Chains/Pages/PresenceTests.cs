using Bunit;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class PresenceTests
{
    private static readonly string[] Names = ["Anna Lind", "Bo Holm", "Cecilie Dam", "Ditte Friis", "Erik Gade", "Freja Holst",
        "Gert Iversen", "Hanne Juul"];

    [Fact]
    public async Task Of_eight_people_five_are_next_to_the_title_and_the_others_are_named_by_the_number_and_shown_when_asked_for()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        var connections = Names.Select((name, n) => session.Join(new ChainEditor($"p{n}", name, "w", true, false), _ => { })).ToList();
        using var model = new ChainBoardModel(session, fixture.Editor, _ => { });
        var presence = fixture.Render<BoardPresence>(p => p.Add(b => b.Model, model));
        IEnumerable<string?> Seen() =>
            presence.FindAll("[data-testid=presence] li:not(.visually-hidden)").Select(i => i.GetAttribute("title"));
        AngleSharp.Dom.IElement More() => presence.Find("[data-testid=presence-more]");

        Assert.Equal(Names[..5], Seen());
        Assert.Equal(Names, presence.FindAll("[data-testid=presence] li .visually-hidden").Select(n => n.TextContent));
        Assert.Equal(("+3", "Freja Holst, Gert Iversen, Hanne Juul", "Vis alle 8, der er her nu", "false"),
            (More().TextContent, More().GetAttribute("title"), More().GetAttribute("aria-label"), More().GetAttribute("aria-expanded")));
        await More().ClickAsync(new());
        Assert.Equal(Names, Seen());
        Assert.Equal("true", More().GetAttribute("aria-expanded"));

        // The number disappears when no more than five people are left.
        await More().ClickAsync(new());
        foreach (var connection in connections.Skip(5)) connection.Dispose();
        model.Refresh();
        presence.Render();
        Assert.Equal(Names[..5], Seen());
        Assert.Empty(presence.FindAll("[data-testid=presence-more]"));
    }
}
