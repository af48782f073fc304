using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Hints;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

/// <summary>Hints next to the canvas: each leads to the missing field, and everyone sees the same ones.</summary>
public sealed class ActiveHintTests
{
    private static IRenderedComponent<ChainBoard> Board(
        ChainPageFixture fixture, ChainSession session, ChainEditor editor, bool guest = false) =>
        fixture.Render<ChainBoard>(p => p.Add(b => b.Session, session).Add(b => b.Editor, editor).Add(b => b.Guest, guest));

    [Theory]
    [InlineData(HintKind.ProblemWithoutVolume, "p1", ElementProperty.VolumeLikely)]
    [InlineData(HintKind.ProblemWithoutConsequence, "p1", ElementProperty.Consequence)]
    [InlineData(HintKind.BenefitWithoutIndicator, "g1", ElementProperty.IndicatorName)]
    [InlineData(HintKind.BenefitWithoutOwner, "g1", ElementProperty.Owner)]
    [InlineData(HintKind.BenefitWithoutBaseline, "g1", ElementProperty.IndicatorBaseline)]
    [InlineData(HintKind.BenefitWithoutTarget, "g1", ElementProperty.IndicatorTarget)]
    [InlineData(HintKind.BenefitWithoutFollowUp, "g1", ElementProperty.IndicatorFollowUp)]
    [InlineData(HintKind.CapabilityNotWeCan, "c1", ElementProperty.Text)]
    public async Task A_hint_leads_to_the_field_that_is_missing_on_canvas_and_in_the_list(HintKind kind, string box, string property)
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var module = fixture.JSInterop.SetupModule("./Features/Chains/Canvas/ChainBoard.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<int>("room").SetResult(1440);
        var keeper = module.SetupModule(i => i.Identifier == "keep");
        keeper.Mode = JSRuntimeMode.Loose;
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(fixture.Editor, ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Gevinst")), default);
        await session.ApplyAsync(
            fixture.Editor, ChainOperation.Add("c1", ChainKind.Capability, (ElementProperty.Text, "Systemet sender")), default);
        var board = Board(fixture, session, fixture.Editor);
        foreach (var outline in (bool[])[false, true])
        {
            if (outline) await board.Find("[data-testid=outline-toggle]").ClickAsync(new());
            await board.Find($"#forslag-{kind}-{box} .hint-go").ClickAsync(new());
            var field = $"felt-{box}-{property}";
            Assert.Contains(keeper.Invocations["field"], i => (string?)i.Arguments[0] == field);
            Assert.NotNull(board.FindAll("input, textarea").SingleOrDefault(e => e.Id == field));
        }
    }

    [Fact]
    public async Task Guests_see_as_many_hints_as_the_one_who_steers_and_no_reason_for_what_was_put_aside()
    {
        await using var fixture = await ChainPageFixture.OpenAsync();
        var session = await fixture.ChainAsync();
        await session.ApplyAsync(fixture.Editor, ChainOperation.Add("g1", ChainKind.Benefit, (ElementProperty.Text, "Gevinst")), default);
        var code = await fixture.Fixture.Codes.MakeAsync(fixture.Viewer, session.ChainId, default);
        await session.ApplyAsync(fixture.Editor, ChainOperation.Of(new OpenWorkshop(code)), default);
        Assert.True(await fixture.Fixture.Dismissals.PutAsideAsync(
            fixture.Viewer, session.ChainId, $"{HintKind.ProblemWithoutVolume}:p1", "Hemmelig grund", default));
        Assert.True((await fixture.Benefits.SaveIndicatorAsync(fixture.Viewer, session.ChainId, "g1", new() { Key = "g", Name = "",
            Kind = Portal.Features.Benefits.Indicators.IndicatorKind.ByHand, Unit = "timer", Owner = "P. Madsen" }, null, default)).IsDone);

        var (hers, theirs) =
            (Board(fixture, session, fixture.Editor), Board(fixture, session, ChainEditor.Guest(code, "Anna", "g1"), guest: true));
        string[] Asked(IRenderedComponent<ChainBoard> board) => [.. board.FindAll("[data-testid=quality-hint]").Select(h => h.Id!)];
        Assert.Equal(Asked(hers), Asked(theirs));
        Assert.DoesNotContain("forslag-ProblemWithoutVolume-p1", Asked(theirs));
        Assert.DoesNotContain("forslag-BenefitWithoutOwner-g1", Asked(theirs));
        Assert.NotEmpty(Asked(theirs));
        Assert.Contains("Hemmelig grund", hers.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Hemmelig grund", theirs.Markup, StringComparison.Ordinal);

        // A code that is not in use gives nothing away.
        Assert.Empty(
            (await fixture.Services.GetService<Portal.Features.Chains.Storage.GuestHints>()!.OfAsync("ANDEN123", default)).Dismissed);
    }
}
