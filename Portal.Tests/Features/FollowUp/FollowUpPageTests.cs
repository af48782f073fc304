using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Features.FollowUp;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Mail;
using Portal.Platform.Storage.Views;
using Portal.Platform.Text;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

public sealed class FollowUpPageTests : FollowUpPageTest
{
    [Fact]
    public void The_oldest_is_first_with_case_and_since()
    {
        Add("l-2", FollowUpReason.Returned, At(23, 8));
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("l-3", FollowUpReason.EvidenceMissing, At(12, 13));
        var page = _fixture.Render<FollowUpPage>();
        var rows = page.FindAll("[data-testid=follow-up-row]");
        Assert.Equal(["evidence-missing", "failed", "returned"], rows.Select(r => r.GetAttribute("data-reason")));
        Assert.Contains("siden 12. november kl. 14.02", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("siden i går kl. 14.02", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("siden i dag kl. 09.02", rows[2].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/sager/26-0412#brev-", rows[0].QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("3 kræver handling", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_without_a_letter_leads_to_its_message()
    {
        Add("s-1", FollowUpReason.Unmatched, At(23, 8));
        var row = _fixture.Render<FollowUpPage>().Find("[data-testid=follow-up-row]");
        Assert.Equal("/beskeder/besked-7", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_reason_is_in_the_address_and_a_link_with_one_shows_it()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("s-1", FollowUpReason.Ambiguous, At(23, 8));
        var page = _fixture.Render<FollowUpPage>();
        await page.ChooseAsync("filter-reason", "ambiguous");
        Assert.EndsWith("/opfoelgning?grund=ambiguous", _fixture.Address(), StringComparison.Ordinal);
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/opfoelgning?grund=returned");
        page.WaitForState(() => page.Markup.Contains("Intet passer til det valgte", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_solved_goes_and_what_comes_shows_by_itself()
    {
        var page = _fixture.Render<FollowUpPage>();
        Assert.Contains("Intet kræver handling", page.Markup, StringComparison.Ordinal);
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        _cases.Worklist.Clear();
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=follow-up-row]").Count == 0);
    }

    [Fact]
    public void One_press_takes_a_row_and_one_lets_it_go()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "assign");
        page.WaitForState(() => page.Find("[data-testid=owner]").TextContent == "hos dig");
        Assert.Equal((WorkActionKind.Assigned, "p1", "Sofie", 0),
            (_worklist.Acts[0].Act.Kind, _worklist.Acts[0].Act.OwnerId, _worklist.Acts[0].Act.OwnerName, _worklist.Acts[0].Row.Revision));
        Press(page, "assign");
        page.WaitForState(() => page.Find("[data-testid=owner]").TextContent == "hos ingen");
    }

    [Fact]
    public void One_press_solves_a_row_and_asks_why_afterwards()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "resolve");
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 0);
        Assert.Contains("Løst: sag 26-0412", page.Find("[data-testid=just-ended]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=why]").Input("afleveret i hånden");
        page.Find("[data-testid=just-ended] form").Submit();
        Assert.Equal((WorkActionKind.Noted, "afleveret i hånden"), (_worklist.Acts[^1].Act.Kind, _worklist.Acts[^1].Act.Text));
        Assert.Empty(page.FindAll("[data-testid=just-ended]"));
    }

    [Fact]
    public void A_row_that_a_colleague_changed_is_reported_and_what_was_written_stays()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        Assert.True(page.Find("[data-testid=resolve-with-note]").HasAttribute("disabled"));
        page.Find("[data-testid=note]").Input("min begrundelse");
        _worklist.Outcome = WorkOutcome.Overtaken;
        Press(page, "resolve-with-note");
        page.WaitForState(() => page.FindAll("[data-testid=told]").Count == 1);
        Assert.Contains("En kollega nåede det først", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);
        Assert.Equal("min begrundelse", page.Find("[data-testid=note]").GetAttribute("value"));
        Press(page, "save-note");
        page.WaitForState(() => page.Find("[data-testid=told]").TextContent.Contains("Din note er gemt", StringComparison.Ordinal));
        page.WaitForState(() => string.IsNullOrEmpty(page.Find("[data-testid=note]").GetAttribute("value")));
    }

    [Fact]
    public void A_resend_proposes_the_later_letter_to_the_same_recipient()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        _worklist.Later.Add(new LaterLetter("L-2", "Afgørelse", "Anna Lejer", FakeCases.Sent, true));
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        page.WaitForState(() => page.Chosen<string>("replacement") == "L-2");
        Press(page, "resent");
        Assert.Equal((WorkActionKind.Resent, "L-2"), (_worklist.Acts[^1].Act.Kind, _worklist.Acts[^1].Act.LetterId));
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 0);
    }

    [Fact]
    public void Picked_rows_are_done_together()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 13));
        Add("l-2", FollowUpReason.Returned, At(23, 8));
        var page = _fixture.Render<FollowUpPage>();
        page.Find("[data-testid=pick-all]").Change(true);
        Assert.Contains("2 rækker valgt", page.Find("[data-testid=bulk]").TextContent, StringComparison.Ordinal);
        Press(page, "bulk-assign");
        page.WaitForState(() => page.FindAll("[data-testid=owner]").All(o => o.TextContent == "hos dig"));
        Assert.Equal(["l-1", "l-2"], _worklist.Acts.Select(a => a.Row.Id));
        Assert.Empty(page.FindAll("[data-testid=bulk]"));
    }

    [Fact]
    public void A_choice_is_in_the_address_and_is_kept_under_a_name()
    {
        Add("l-1", FollowUpReason.Failed, At(3, 13));
        Add("l-2", FollowUpReason.Failed, At(23, 8));
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/opfoelgning?ejer=ingen&alder=5");
        var page = _fixture.Render<FollowUpPage>();
        Assert.Equal("l-1", Assert.Single(page.FindAll("[data-testid=follow-up-row]")).GetAttribute("data-id"));
        Assert.Contains("Viser 1 af 2", page.Markup, StringComparison.Ordinal);
        page.Find("[data-testid=filter-name]").Input("Gamle uden ejer");
        page.Find(".keep-filter").Submit();
        Assert.Equal(new SavedView("Gamle uden ejer", "ejer=ingen&alder=5"), Assert.Single(_fixture.Views.Views));
        Assert.Equal("/opfoelgning?ejer=ingen&alder=5", page.Find("[data-testid=kept-filter] a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_row_that_comes_while_the_list_is_open_is_marked_and_reported_and_what_one_does_oneself_is_not()
    {
        Add("l-1", FollowUpReason.Failed, At(22, 8));
        var page = _fixture.Render<FollowUpPage>();
        Assert.Empty(page.FindAll("[data-testid=news-mark]"));
        Press(page, "assign");
        page.WaitForAssertion(
            () => Assert.Contains("dig", page.Find("[data-testid=owner]").TextContent, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(page.FindAll("[data-testid=news-mark]"));
        Add("l-2", FollowUpReason.Returned, At(23, 8));
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=news-mark]").Count == 1);
        Assert.Equal("l-2", page.Find("[data-testid=news-mark]").Closest("[data-testid=follow-up-row]")!.GetAttribute("data-id"));
        Assert.Contains("1 række er kommet til", page.Find("[data-testid=news-told]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_daily_mail_is_offered_only_where_mail_can_be_sent()
    {
        Assert.Empty(_fixture.Render<FollowUpPage>().FindAll("[data-testid=digest]"));
        await using var sends = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist)
            .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings("mail.invalid", 25, null, null, "portal@kommune.invalid"))));
        Assert.Single(sends.Render<FollowUpPage>().FindAll("[data-testid=digest]"));
    }

    [Fact]
    public void The_confirmation_is_where_the_row_stood_and_takes_the_keyboard()
    {
        Add("l-1", FollowUpReason.Failed, At(21, 13));
        Add("l-2", FollowUpReason.Failed, At(22, 13));
        Add("l-3", FollowUpReason.Failed, At(23, 13));
        var page = _fixture.Render<FollowUpPage>();
        page.FindAll("[data-testid=resolve]")[1].Click();
        page.WaitForElement("[data-testid=just-ended]");
        Assert.Equal(
            ["follow-up-row", "just-ended", "follow-up-row"],
            page.FindAll(":is([data-testid=follow-up-row], [data-testid=just-ended])").Select(r => r.GetAttribute("data-testid")));
        Assert.True(page.Find("[data-testid=just-ended]").HasAttribute("data-takes-focus"));
    }

    [Fact]
    public void A_row_whose_end_is_undone_takes_the_keyboard_and_it_is_said_that_it_is_back()
    {
        Add("l-1", FollowUpReason.Failed, At(21, 13));
        Add("l-2", FollowUpReason.Failed, At(22, 13));
        var page = _fixture.Render<FollowUpPage>();
        var row = _cases.Worklist[0];
        Press(page, "resolve");
        page.WaitForElement("[data-testid=just-ended]");
        if (!_cases.Worklist.Any(r => r.Id == row.Id)) _cases.Worklist.Insert(0, row with { Work = row.Work with { Revision = 2 } });
        Press(page, "undo-resolve");
        page.WaitForState(() => page.FindAll("[data-testid=follow-up-row]").Count == 2);
        Assert.Equal([row.Id], page.FindAll("[data-testid=follow-up-row][data-takes-focus]").Select(r => r.GetAttribute("data-id")));
        var said = Assert.Single(_fixture.Services.GetRequiredService<ISnackbar>().ShownSnackbars);
        Assert.Equal("Fortrudt: 26-0412 er på listen igen.", said.Message);
    }

    [Theory]
    [InlineData(0, 0, "siden i dag")]
    [InlineData(0, 14, "siden i dag kl. 14.00")]
    [InlineData(-1, 0, "siden i går")]
    [InlineData(-40, 0, "siden 14. oktober")]
    public void A_day_alone_is_written_without_a_clock(int days, int hour, string written)
    {
        var today = new DateOnly(2026, 11, 23);
        var at = DanishFormat.StartOf(today.AddDays(days)).AddHours(hour);
        var since = _fixture.Render<SinceText>(p => p.Add(x => x.At, at).Add(x => x.Today, today));
        Assert.Equal(written, since.Find("time").TextContent);
    }

    [Fact]
    public async Task A_row_that_a_colleague_opens_again_is_work_again_where_it_was_just_ended()
    {
        Add("l-1", FollowUpReason.Failed, At(21, 13));
        var page = _fixture.Render<FollowUpPage>();
        var row = _cases.Worklist[0];
        Press(page, "resolve");
        page.WaitForElement("[data-testid=just-ended]");
        _cases.Worklist.Add(row with { Work = row.Work with { Revision = 2 } });
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=follow-up-row]").Count == 1);
        Assert.Empty(page.FindAll("[data-testid=just-ended]"));
    }
}
