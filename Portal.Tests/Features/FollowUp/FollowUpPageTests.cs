using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.FollowUp;
using Portal.Features.FollowUp.People;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Mail;
using Portal.Platform.Storage.Views;
using Portal.Tests.Features.Cases;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.FollowUp;

public sealed class FollowUpPageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;

    public FollowUpPageTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private void Add(string id, FollowUpReason reason, DateTimeOffset since) => _cases.Worklist.Add(
        reason is FollowUpReason.Unmatched or FollowUpReason.Ambiguous
            ? new FollowUpItem(id, reason, null, null, null, "besked-7", since, null,
                LocalizedText.AsSent("Statussen passer ikke på noget registreret brev."))
            : new FollowUpItem(id, reason, "26-0412", "L-1", "Afgørelse", null, since, null, LocalizedText.AsSent("Send brevet igen.")));

    private static DateTimeOffset At(int day, int hour) => new(2026, 11, day, hour, 2, 0, TimeSpan.Zero);

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

    private static void Press(IRenderedComponent<FollowUpPage> page, string testId)
    {
        page.Find($"[data-testid={testId}]").Click();
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

    private static LetterChoice Foreign => new("26-0398", "L-7", "Varmeregnskab", "Bent Udlejer", FakeCases.Sent);

    private static LetterChoice Named =>
        new("26-0412", "L-1", "Afgørelse", "Anna Lejer", FakeCases.Sent) { Shared = [new SharedIdentifier("MessageUUID", "MessageUUID")] };

    [Fact]
    public void The_letters_that_the_status_names_are_offered_unasked_and_put_to_it_with_one_press()
    {
        Add("s-1", FollowUpReason.Ambiguous, At(22, 8));
        _worklist.Matching.Add(Named);
        _worklist.Letters.Add(Foreign);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "open-row");
        var offered = page.WaitForElement("[data-testid=matching-letters] [data-testid=letter-choice]");
        Assert.Equal("L-1", offered.GetAttribute("data-letter-id"));
        Assert.Contains("Samme MessageUUID", offered.TextContent, StringComparison.Ordinal);
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
    public async Task The_daily_mail_is_offered_only_where_mail_can_be_sent()
    {
        Assert.Empty(_fixture.Render<FollowUpPage>().FindAll("[data-testid=digest]"));
        await using var sends = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist)
            .AddSingleton<IMailer>(new SmtpMailer(new SmtpSettings("mail.invalid", 25, null, null, "portal@kommune.invalid"))));
        Assert.Single(sends.Render<FollowUpPage>().FindAll("[data-testid=digest]"));
    }

    /// <summary>The exceptions with which an outage of the database can reach a page.</summary>
    public static TheoryData<string> Errors() => ["sqlite", "model", "postgres", "store", "unforeseen"];

    internal static Exception Error(string kind) => kind switch
    {
        "sqlite" => new Microsoft.Data.Sqlite.SqliteException("database is locked", 5),
        "model" => new Microsoft.EntityFrameworkCore.DbUpdateException(
            "not saved", new Microsoft.Data.Sqlite.SqliteException("database is locked", 5)),
        "postgres" => new Npgsql.NpgsqlException("connection refused", new System.Net.Sockets.SocketException()),
        "store" => new Portal.Ingestion.Domain.StorageUnavailableException("Databasen er optaget."),
        _ => new InvalidOperationException("nobody thought of this"),
    };

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
        _worklist.Error = Error(kind);
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
        _worklist.Letters.Add(Named);
        var page = _fixture.Render<FollowUpPage>();
        Press(page, "resolve");
        page.WaitForElement("[data-testid=why]").Input("afleveret i hånden");
        _worklist.Error = Error(kind);
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
        _fixture.Views.Error = Error("model");
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
