using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>What is written on the worklist is kept when the database takes nothing, and when the row is solved meanwhile.</summary>
public sealed class KeptWorkTests : FollowUpPageTest
{
    /// <inheritdoc cref="PageErrors.Errors" />
    public static TheoryData<string> Errors() => PageErrors.Errors();

    private void ShowsMessage(IRenderedComponent<FollowUpPage> page) =>
        page.WaitForAssertion(() => Assert.Contains(
            "Din tekst er bevaret; prøv igen", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Errors))]
    public void A_note_that_the_database_did_not_take_is_reported_at_the_form_stays_and_is_saved_by_a_second_press(string kind)
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("ringede til Anna");
        _worklist.Error = PageErrors.Error(kind);
        foreach (var button in (string[])["save-note", "resolve-with-note", "resent"])
        {
            Press(page, button);
            ShowsMessage(page);
            Assert.Equal("ringede til Anna", page.Find("[data-testid=note]").GetAttribute("value"));
        }

        _worklist.Error = null;
        Press(page, "save-note");
        page.WaitForState(() => string.IsNullOrEmpty(page.Find("[data-testid=note]").GetAttribute("value")));
        Assert.Empty(page.FindAll("[data-testid=not-saved]"));
        Assert.Equal("ringede til Anna", Assert.Single(_worklist.Acts).Act.Text);
        Assert.Contains(_fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == "row-l-1");
    }

    [Theory, MemberData(nameof(Errors))]
    public void No_press_on_the_list_takes_the_page_away_when_the_database_takes_nothing(string kind)
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("s-1", FollowUpReason.Unmatched, At(23, 13));
        _worklist.Letters.Add(StatusPanelTests.Named);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "resolve");
        page.WaitForElement("[data-testid=why]").Input("afleveret i hånden");
        _worklist.Error = PageErrors.Error(kind);
        page.Find("[data-testid=just-ended] form").Submit();
        ShowsMessage(page);
        Assert.Equal("afleveret i hånden", page.Find("[data-testid=why]").GetAttribute("value"));
        Press(page, "undo-resolve");
        ShowsMessage(page);

        Press(page, "assign");
        page.Find("[data-testid=open-row]").Click();
        page.Find("[data-testid=mute-reason]").Input("andet system");
        page.Find("[data-testid=mute]").Closest("form")!.Submit();
        Assert.Equal("andet system", page.Find("[data-testid=mute-reason]").GetAttribute("value"));
        page.Find(".row-panel form").Submit();
        page.Find("[data-testid=choose-letter]").Click();
        Assert.Single(page.FindAll("[data-testid=follow-up-row]"));
        ShowsMessage(page);

        page.Find("[data-testid=pick-all]").Change(true);
        page.Find("#bulk-text").Input("samlet note");
        Press(page, "bulk-resolve");
        page.WaitForAssertion(() => Assert.NotEmpty(page.Find("[data-testid=bulk]").QuerySelectorAll("[data-testid=not-saved]")));
        Assert.Equal("samlet note", page.Find("#bulk-text").GetAttribute("value"));
        Assert.Empty(_worklist.Muted);
        Assert.Empty(_worklist.Assigned);
    }

    [Fact]
    public void Rows_are_taken_again_after_a_filter_or_a_mail_address_could_not_be_kept()
    {
        Add("l-1", FollowUpReason.Failed, At(3, 13));
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/opfoelgning?ejer=ingen");
        var page = _fixture.Render<FollowUpPage>();
        _fixture.Views.Error = PageErrors.Error("model");
        page.Find("[data-testid=filter-name]").Input("Uden ejer");
        page.Find(".keep-filter").Submit();
        ShowsMessage(page);
        Assert.Equal("Uden ejer", page.Find("[data-testid=filter-name]").GetAttribute("value"));
        _fixture.Views.Error = null;
        page.Find(".keep-filter").Submit();
        Assert.Equal("Uden ejer", Assert.Single(_fixture.Views.Views).Name);
    }

    [Fact]
    public async Task A_status_that_solves_the_row_being_noted_takes_neither_row_nor_text()
    {
        Add("l-1", FollowUpReason.Failed, At(21, 13));
        Add("l-2", FollowUpReason.Failed, At(22, 13));
        Add("l-3", FollowUpReason.Failed, At(23, 13));
        var page = _fixture.Render<FollowUpPage>();
        page.FindAll("[data-testid=open-row]")[1].Click();
        page.Find("[data-testid=note]").Input("halvt skrevet");
        _cases.Worklist.RemoveAll(w => w.Id is "l-1" or "l-2");
        _worklist.Acts.Add((new WorkAction(WorkActionKind.ResolvedByStatus, "Afleveret Digital Post"), new WorkTarget("l-2", 1)));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=gone]").Count == 1);
        Assert.Equal(["l-2", "l-3"], page.FindAll("[data-testid=follow-up-row]").Select(r => r.GetAttribute("data-id")));
        Assert.Contains("Løst imens", page.Find("[data-testid=gone]").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 kræver handling", page.Markup, StringComparison.Ordinal);
        Assert.Equal("halvt skrevet", page.Find("[data-testid=note]").GetAttribute("value"));
        Assert.Empty(page.Find("[data-id=l-2]").QuerySelectorAll("[data-testid=resolve], [data-testid=resent], [data-testid=give]"));
        page.WaitForState(() => page.FindAll("[data-testid=history] li").Count == 1);
        Assert.Contains("Løst af en status", page.Find("[data-testid=history]").TextContent, StringComparison.Ordinal);

        // The note is saved; the row disappears when the panel is closed.
        Press(page, "save-note");
        page.WaitForState(() => string.IsNullOrEmpty(page.Find("[data-testid=note]").GetAttribute("value")));
        Assert.Equal("halvt skrevet", _worklist.Acts[^1].Act.Text);
        page.WaitForState(() => page.FindAll("[data-testid=history] li").Count == 2);
        Press(page, "let-go");
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 1);
    }

    [Fact]
    public async Task A_picked_row_that_is_solved_meanwhile_stays_picked_until_something_is_done()
    {
        Add("l-1", FollowUpReason.Failed, At(21, 13));
        Add("l-2", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        page.Find("[data-testid=pick-all]").Change(true);
        _cases.Worklist.RemoveAll(w => w.Id == "l-1");
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=gone]").Count == 1);
        Assert.Contains("2 rækker valgt", page.Find("[data-testid=bulk]").TextContent, StringComparison.Ordinal);
        Press(page, "bulk-assign");
        page.WaitForState(() => page.FindAll("[data-testid=bulk]").Count == 0);
        Assert.Equal("l-2", Assert.Single(_worklist.Acts).Row.Id);
        Assert.Contains("1 af 2 blev gjort", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("[data-testid=follow-up-row]"));
    }

    [Fact]
    public void Solving_a_row_takes_along_the_note_that_is_being_written_and_taking_it_leaves_the_draft()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("afleveret i hånden");
        Press(page, "assign");
        page.WaitForState(() => page.Find("[data-testid=owner]").TextContent == "hos dig");
        Assert.DoesNotContain(_fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget");
        Press(page, "resolve");
        page.WaitForElement("[data-testid=just-ended]");
        Assert.Equal((WorkActionKind.Solved, "afleveret i hånden"), (_worklist.Acts[^1].Act.Kind, _worklist.Acts[^1].Act.Text));
        page.WaitForAssertion(() => Assert.Contains(
            _fixture.JSInterop.Invocations, i => i.Identifier == "portalDrafts.forget" && (string?)i.Arguments[0] == "row-l-1"));
    }

    [Fact]
    public void A_closed_panel_keeps_what_was_written_in_it()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("halvt skrevet");
        Press(page, "open-row");
        Assert.Empty(page.FindAll("[data-testid=note]"));
        Press(page, "open-row");
        Assert.Equal("halvt skrevet", page.Find("[data-testid=note]").GetAttribute("value"));
    }
}
