using AngleSharp.Dom;
using Bunit;
using Portal.Features.Benefits.Indicators;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>Owner, baseline and target of a measured benefit stand in one place, and everything shows the same.</summary>
public sealed class MeasuredFieldTests
{
    private static readonly IndicatorDefinition Measured = new()
    {
        Key = "timer", Name = "Sparet tid", Unit = "timer/år", Owner = "K. Jensen", Baseline = Baseline.None with { Value = 12.5m },
        Target = 30, FollowUpOn = new DateOnly(2027, 1, 15), Gathering = Aggregation.Sum,
    };

    private static async Task<ChainSession> MeasuredAsync(ChainPageFixture fixture)
    {
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(fixture.Editor, ChainOperation.Add(
            "g1", ChainKind.Benefit, (ElementProperty.Text, "Gevinst"), (ElementProperty.Owner, "Gammel ejer"),
            (ElementProperty.IndicatorTarget, "0")), default);
        Assert.True((await fixture.Benefits.SaveIndicatorAsync(fixture.Viewer, session.ChainId, "g1", Measured, null, default)).IsDone);
        return session;
    }

    private static string[] FieldsOf(ChainSession session) => [.. new[] { ElementProperty.Owner, ElementProperty.IndicatorUnit,
        ElementProperty.IndicatorBaseline, ElementProperty.IndicatorTarget, ElementProperty.IndicatorFollowUp }
        .Select(p => session.State.Document.Find("g1")!.Get(p) ?? "")];

    [Fact]
    public async Task The_box_says_what_the_benefit_says_as_soon_as_it_is_saved()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await MeasuredAsync(fixture);
        Assert.Equal(["K. Jensen", "timer/år", "12.5", "30", "2027-01-15"], FieldsOf(session));
    }

    [Fact]
    public async Task A_change_that_comes_another_way_gives_way_to_the_benefit_when_its_boxes_are_updated()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await MeasuredAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new SetValue("g1", ElementProperty.Owner, "En anden")), default);
        await fixture.Measured.UpdateBoxesAsync(fixture.Viewer, session.ChainId, default);
        Assert.Equal("K. Jensen", FieldsOf(session)[0]);
    }

    [Fact]
    public async Task The_canvas_shows_them_as_links_to_the_place_where_they_are_changed()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await MeasuredAsync(fixture);
        using var model = new ChainBoardModel(session, fixture.Editor, _ => { })
        {
            Measured = (await fixture.Measured.ListAsync(fixture.Viewer, [session.ChainId], default))[session.ChainId],
        };
        var panel = fixture.Render<BoxPanel>(p => p.Add(x => x.Model, model).Add(x => x.Box, session.State.Document.Find("g1")!));
        var links = panel.Find("[data-testid=measured-fields]").QuerySelectorAll("a");
        Assert.Equal(["K. Jensen", "Sparet tid", "timer/år", "12,5", "30", "15.01.2027"], links.Select(a => a.TextContent));
        Assert.All(links, a => Assert.Equal($"/effektkaeder/{session.ChainId}/gevinster#gevinst-g1", a.GetAttribute("href")));
        Assert.DoesNotContain(panel.FindAll("input"), i => i.Id == "felt-g1-owner");
    }

    [Fact]
    public async Task What_was_agreed_for_a_calculation_is_shown_by_its_box()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await MeasuredAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(
            new SetValue("p1", ElementProperty.VolumeLikely, "10"), new SetValue("p1", ElementProperty.VolumePer, "month"),
            new SetValue("p1", ElementProperty.MinutesEach, "6")), default);
        Assert.True((await fixture.Benefits.SaveIndicatorAsync(fixture.Viewer, session.ChainId, "g1", Measured with
        {
            Kind = IndicatorKind.Calculated, Formula = "p1.timer",
        }, null, default)).IsDone);
        Assert.True((await fixture.Benefits.SaveInputAsync(fixture.Viewer, session.ChainId, new(
            new("p1", Portal.Features.Benefits.Inputs.InputPart.Count), 240, null, "Talt", null, false, "Talt igen", 1), default)).IsDone);
        Assert.Equal("20", session.State.Document.Find("p1")!.Get(ElementProperty.VolumeLikely));
    }

    [Fact]
    public async Task The_panel_says_beside_a_number_what_was_agreed_for_the_benefit_and_where_it_is_changed()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await MeasuredAsync(fixture);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(
            new SetValue("p1", ElementProperty.VolumeLikely, "10"), new SetValue("p1", ElementProperty.VolumePer, "month"),
            new SetValue("p1", ElementProperty.MinutesEach, "109")), default);
        Assert.Empty(Notes(await PanelAsync(fixture, session)));
        await fixture.Benefits.SaveIndicatorAsync(
            fixture.Viewer, session.ChainId, "g1", Measured with { Kind = IndicatorKind.Calculated, Formula = "p1.timer" }, null, default);
        var panel = await PanelAsync(fixture, session);
        Assert.Equal("Aftalt: 109 min", Notes(panel)[ElementProperty.MinutesEach]);
        Assert.Equal("Aftalt: 120 om året", Notes(panel)[ElementProperty.VolumeLikely]);
        Assert.Contains("flytter ikke den målte gevinst, før det er aftalt", panel.Find("[data-testid=agreed-text]").TextContent,
            StringComparison.Ordinal);
        Assert.Equal($"/effektkaeder/{session.ChainId}/gevinster#aftalte-tal",
            panel.Find($"[data-property='{ElementProperty.MinutesEach}'] a").GetAttribute("href"));

        // What is typed here alone moves nothing, and the field says so.
        var minutes = panel.Find($"[id='felt-p1-{ElementProperty.MinutesEach}']");
        Assert.Equal($"aftalt-p1-{ElementProperty.MinutesEach} aftalte-tal-p1", minutes.GetAttribute("aria-describedby"));
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Of(new SetValue("p1", ElementProperty.MinutesEach, "200")), default);
        Assert.Equal("Gevinsten regnes stadig med 109 min", Notes(await PanelAsync(fixture, session))[ElementProperty.MinutesEach]);
        Assert.True((await fixture.Benefits.SaveInputAsync(fixture.Viewer, session.ChainId, new(
            new("p1", Portal.Features.Benefits.Inputs.InputPart.Minutes), 200, new DateOnly(2026, 7, 1), "Målt", null, false, "Talt igen",
            1), default)).IsDone);
        Assert.Equal(
            "Aftalt: 200 min fra 01.07.2026 (kilde: Målt)", Notes(await PanelAsync(fixture, session))[ElementProperty.MinutesEach]);
    }

    private static async Task<IRenderedComponent<BoxPanel>> PanelAsync(ChainPageFixture fixture, ChainSession session)
    {
        var model = new ChainBoardModel(session, fixture.Editor, _ => { })
        {
            Agreed = await fixture.Measured.AgreedAsync(fixture.Viewer, session.ChainId, default),
        };
        var panel = fixture.Render<BoxPanel>(p => p.Add(x => x.Model, model).Add(x => x.Box, session.State.Document.Find("p1")!));
        model.Dispose();
        return panel;
    }

    private static Dictionary<string, string> Notes(IRenderedComponent<BoxPanel> panel) => panel.FindAll("[data-testid=agreed-number]")
        .ToDictionary(n => n.GetAttribute("data-property")!, n => string.Join(' ', n.TextContent.Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries)));
}
