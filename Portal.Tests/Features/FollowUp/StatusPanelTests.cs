using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>A status that fits no letter, or several: put to one by hand, or its sender muted.</summary>
public sealed class StatusPanelTests : FollowUpPageTest
{
    private static LetterChoice Foreign => new("26-0398", "L-7", "Varmeregnskab", "Bent Udlejer", FakeCases.Sent);

    internal static LetterChoice Named =>
        new("26-0412", "L-1", "Afgørelse", "Anna Lejer", FakeCases.Sent) { Shared = [new SharedIdentifier("MessageUUID", "MessageUUID")] };

    [Fact]
    public void The_letters_that_the_status_names_are_offered_unasked_and_put_to_it_with_one_press()
    {
        Add("s-1", FollowUpReason.Ambiguous, At(22, 8));
        _worklist.Matching.Add(Named with { Shared = [.. Named.Shared, new SharedIdentifier("CorrelationId", "TransmissionId")] });
        _worklist.Letters.Add(Foreign);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        var offered = page.WaitForElement("[data-testid=matching-letters] [data-testid=letter-choice]");
        Assert.Equal("L-1", offered.GetAttribute("data-letter-id"));
        Assert.Contains("Samme MessageUUID", offered.TextContent, StringComparison.Ordinal);
        Assert.Contains(", statussens CorrelationId er brevets TransmissionId", offered.TextContent, StringComparison.Ordinal);
        Assert.Equal("choose-letter", offered.LastElementChild!.GetAttribute("data-testid"));
        Press(page, "choose-letter");
        Assert.Equal(("s-1", "L-1"), Assert.Single(_worklist.Assigned));
        Assert.Null(Assert.Single(_worklist.Reasons));
    }

    [Fact]
    public void A_foreign_letter_is_put_to_a_status_only_after_a_question_that_says_what_follows_and_with_a_reason()
    {
        Add("s-1", FollowUpReason.Unmatched, At(22, 8));
        _worklist.Letters.Add(Foreign);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find(".row-panel form").Submit();
        Press(page, "choose-letter");
        Assert.Empty(_worklist.Assigned);
        var asks = page.Find("[data-testid=hand-foreign]").TextContent;
        Assert.Contains("brevet L-7 i sag 26-0398 til Bent Udlejer", asks, StringComparison.Ordinal);
        Assert.Contains("Ingen af statussens numre er brevets", asks, StringComparison.Ordinal);
        Assert.Contains("knyttet i hånden", asks, StringComparison.Ordinal);
        Assert.True(page.Find("[data-testid=confirm]").HasAttribute("disabled"));
        page.Find("[data-testid=hand-foreign]").Closest("form")!.Submit();
        Assert.Empty(_worklist.Assigned);
        Press(page, "hand-cancel");
        Assert.Empty(page.FindAll("[data-testid=hand-foreign]"));

        // Typed text survives closing the panel, and the browser keeps it as a draft, since the form has a draft name.
        page.Find("[data-testid=hand-reason]").Input("bekræftet af leverandøren");
        Assert.Equal("status-s-1", page.Find("[data-testid=hand-reason]").Closest("[data-draft]")!.GetAttribute("data-draft"));
        Press(page, "open-row");
        Press(page, "open-row");
        Assert.Equal("bekræftet af leverandøren", page.Find("[data-testid=hand-reason]").GetAttribute("value"));
        page.Find(".row-panel form").Submit();
        Press(page, "choose-letter");
        page.Find("[data-testid=hand-foreign]").Closest("form")!.Submit();
        Assert.Equal((("s-1", "L-7"), "bekræftet af leverandøren"), (Assert.Single(_worklist.Assigned), Assert.Single(_worklist.Reasons)));
    }

    [Fact]
    public void A_status_is_put_to_a_letter_or_its_sender_muted()
    {
        Add("s-1", FollowUpReason.Unmatched, At(22, 8));
        Add("s-2", FollowUpReason.Unmatched, At(23, 8));
        _worklist.Letters.Add(Named);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find("[data-testid=letter-search]").Input("010101-1234");
        page.Find(".row-panel form").Submit();
        Assert.Contains("Søg uden CPR-nummer", page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=letter-search]").Input("Anna");
        page.Find(".row-panel form").Submit();
        page.Find("[data-testid=choose-letter]").Click();
        Assert.Equal(("s-1", "L-1"), Assert.Single(_worklist.Assigned));

        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        Press(page, "open-row");
        page.Find("[data-testid=mute-reason]").Input("andet system");
        page.Find("[data-testid=mute]").Closest("form")!.Submit();
        Assert.Equal(("s-2", "andet system"), Assert.Single(_worklist.Muted));
    }

    [Fact]
    public void A_channel_is_muted_only_when_it_was_asked_whether_the_authoritys_own_letters_may_fall_silent_too()
    {
        Add("s-1", FollowUpReason.Unmatched, At(23, 9));
        _worklist.Sender = new StatusSender("digital post", true);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find("[data-testid=mute-reason]").Input("for mange");
        page.Find("[data-testid=mute]").Closest("form")!.Submit();
        Assert.Contains("digital post", page.Find("[data-testid=mute-channel]").TextContent, StringComparison.Ordinal);
        Assert.Contains("myndighedens egne breve", page.Find("[data-testid=mute-channel]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_worklist.Muted);

        // When the question is declined, nothing is muted and the typed reason remains.
        page.Find("[data-testid=mute-channel] [data-testid=confirm] + button").Click();
        Assert.Empty(page.FindAll("[data-testid=mute-channel]"));
        Assert.Equal("for mange", page.Find("[data-testid=mute-reason]").GetAttribute("value"));
        Assert.Empty(_worklist.Muted);

        page.Find("[data-testid=mute]").Closest("form")!.Submit();
        page.Find("[data-testid=mute-channel] [data-testid=confirm]").Click();
        page.WaitForAssertion(() => Assert.Equal(("s-1", "for mange"), Assert.Single(_worklist.Muted)));
    }

    [Fact]
    public void The_list_of_mutes_says_of_each_whether_a_system_or_a_channel_is_meant()
    {
        _worklist.Muted.Add(("s-1", "ikke vores"));
        _worklist.Sender = new StatusSender("cccccccc-0000-4000-8000-000000000001", false);
        Assert.Contains("Afsendersystem: cccccccc-0000-4000-8000-000000000001",
            _fixture.Render<MutedSenderList>().Find("[data-testid=muted-sender]").TextContent, StringComparison.Ordinal);
        _worklist.Sender = new StatusSender("digital post", true);
        Assert.Contains("Kanalen digital post", _fixture.Render<MutedSenderList>().Find("[data-testid=muted-sender]").TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_assigned_by_hand_is_shown_where_it_was_and_can_be_taken_back()
    {
        Add("s-1", FollowUpReason.Ambiguous, At(22, 8));
        _worklist.Letters.Add(Named);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.Find(".row-panel form").Submit();
        page.Find("[data-testid=choose-letter]").Click();
        Assert.Contains("L-1 i sag 26-0412", page.WaitForElement("[data-testid=just-ended]").TextContent, StringComparison.Ordinal);
        Press(page, "undo-resolve");
        page.WaitForState(() => page.FindAll("[data-testid=just-ended]").Count == 0);
        Assert.Equal("besked-7", Assert.Single(_worklist.Undone));
    }
}
