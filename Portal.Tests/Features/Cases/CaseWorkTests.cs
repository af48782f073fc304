using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Platform.Access;
using Portal.Platform.Ui;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Portal.Tests.Platform.Ui;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>What waits on a letter is done on the case's page.</summary>
public sealed class CaseWorkTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Since = FakeCases.Sent.AddHours(1);
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;

    public CaseWorkTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist)
            .AddSingleton<ICaseNotes, Notes>());
        _cases.Add(
            FakeCases.Letter() with { RowId = "l-1", Verdict = Verdict.Failed, VerdictAt = Since },
            FakeCases.Letter("L-2") with { RowId = "l-2", Verdict = Verdict.Delivered });
        _cases.Worklist.Add(new FollowUpItem(
            "l-1", FollowUpReason.Failed, "26-0412", "L-1", "Afgørelse", null, Since, null, LocalizedText.AsSent("Send brevet igen.")));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<CasePage> Render() => _fixture.Render<CasePage>(p => p.Add(x => x.CaseNumber, "26-0412"));

    private static void Press(IRenderedComponent<CasePage> page, string testId) => page.Find($"[data-testid={testId}]").Click();

    private static string Did(IRenderedComponent<CasePage> page) => page.Find("[data-testid=did]").TextContent.Trim();

    // What a status or a colleague does.
    private async Task SolvedElsewhereAsync(IRenderedComponent<CasePage> page)
    {
        _cases.Worklist.Clear();
        var solved = new WorkEntry(WorkActionKind.ResolvedByStatus, Since.AddHours(1), "", "Afleveret Digital Post", null);
        _cases.Cases[0] = _cases.Cases[0] with
        {
            Letters = [_cases.Cases[0].Letters[0] with { Verdict = Verdict.Delivered, Work = [solved] }, _cases.Cases[0].Letters[1]],
        };
        await _fixture.ArriveAsync(page, () => page.FindAll("article [data-testid=work-entry], [data-gone=true]").Count > 0
            || page.FindAll("[data-testid=letter-work]").Count == 0);
    }

    [Fact]
    public void What_waits_is_at_its_letter_alone_and_the_heading_leads_to_it()
    {
        var page = Render();
        var work = Assert.Single(page.FindAll("[data-testid=letter-work]"));
        Assert.Equal("L-1", work.Closest("[data-testid=letter]")!.GetAttribute("data-letter-id"));
        Assert.Equal("failed", work.GetAttribute("data-reason"));
        Assert.Equal("26-0412", Assert.Single(_worklist.Asked).CaseNumber);
        var link = page.Find("[data-testid=to-waiting]");
        Assert.Equal("1 kræver handling", link.TextContent.Trim());
        Assert.Equal($"/sager/26-0412#{work.Id}", link.GetAttribute("href"));
    }

    [Fact]
    public async Task It_is_taken_given_and_let_go_and_each_is_told()
    {
        var page = Render();
        Press(page, "assign");
        Assert.Equal("hos dig", page.Find("[data-testid=owner]").TextContent.Trim());
        Assert.Equal("Den er hos dig nu.", Did(page));
        Press(page, "open-row");
        await page.ChooseAsync("give", "p2");
        Assert.Equal("hos Bent", page.Find("[data-testid=owner]").TextContent.Trim());
        Assert.Equal("Den er givet til Bent.", Did(page));
        Assert.Equal([WorkActionKind.Assigned, WorkActionKind.Assigned], _worklist.Acts.Select(a => a.Act.Kind));
        Assert.Equal(("p2", 1), (_worklist.Acts[1].Act.OwnerId, _worklist.Acts[1].Row.Revision));
    }

    [Fact]
    public async Task A_note_and_a_call_are_kept_with_whom_when_and_what()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("Venter på svar");
        page.Find("[data-testid=call-with]").Input("Anna Lejer");
        await page.ChooseDateAsync("call-at", new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Unspecified));
        await page.ChooseTimeAsync("call-time", new TimeSpan(13, 55, 0));
        page.Find("[data-testid=call-said]").Input("har fået ny adresse");
        Press(page, "called");
        Assert.Equal((WorkActionKind.Called, "Anna Lejer, 23.11.2026 kl. 13.55: har fået ny adresse"),
            (_worklist.Acts[0].Act.Kind, _worklist.Acts[0].Act.Text));
        Assert.Equal("Opringningen er gemt.", Did(page));
        Assert.Equal("Venter på svar", page.Find("[data-testid=note]").GetAttribute("value"));
        Assert.True(string.IsNullOrEmpty(page.Find("[data-testid=call-said]").GetAttribute("value")));
        Press(page, "save-note");
        Assert.Equal((WorkActionKind.Noted, "Venter på svar"), (_worklist.Acts[1].Act.Kind, _worklist.Acts[1].Act.Text));
        Assert.Equal("Noten er gemt.", Did(page));
    }

    [Fact]
    public void A_note_with_a_CPR_number_is_confirmed_with_the_word_that_the_number_is_hidden()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("Ringede til 010190-1234");
        Press(page, "save-note");
        Assert.Equal("Noten er gemt. Et CPR-nummer i teksten er skjult.", Did(page));
    }

    [Fact]
    public async Task Solved_with_all_that_was_written_it_is_confirmed_with_the_focus_and_can_be_undone()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("afleveret i hånden");
        page.Find("[data-testid=call-with]").Input("Anna");
        await page.ChooseDateAsync("call-at", new DateTime(2026, 11, 23, 0, 0, 0, DateTimeKind.Unspecified));
        await page.ChooseTimeAsync("call-time", new TimeSpan(13, 55, 0));
        Press(page, "resolve");
        Assert.Equal((WorkActionKind.Solved, "afleveret i hånden · Anna, 23.11.2026 kl. 13.55"),
            (_worklist.Acts[0].Act.Kind, _worklist.Acts[0].Act.Text));
        Assert.Empty(page.FindAll("[data-testid=letter-work]"));
        var ended = page.Find("[data-testid=just-ended]");
        Assert.True(ended.HasAttribute("data-takes-focus"));
        Assert.Equal("L-1", ended.Closest("[data-testid=letter]")!.GetAttribute("data-letter-id"));
        Press(page, "undo-resolve");
        Assert.Equal((WorkActionKind.Reopened, 1), (_worklist.Acts[1].Act.Kind, _worklist.Acts[1].Row.Revision));
        Assert.Empty(page.FindAll("[data-testid=just-ended]"));
    }

    [Fact]
    public async Task Text_stays_when_a_status_solves_the_row_meanwhile_and_can_be_saved_or_let_go()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("halvdelen af en note");
        await SolvedElsewhereAsync(page);
        Assert.Equal("halvdelen af en note", page.Find("[data-testid=note]").GetAttribute("value"));
        Assert.Contains("Løst af en status", page.Find("[data-testid=gone]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=resolve], [data-testid=resend]"));
        Press(page, "save-note");
        Assert.Equal("halvdelen af en note", Assert.Single(_worklist.Acts).Act.Text);
        Press(page, "let-go");
        Assert.Empty(page.FindAll("[data-testid=letter-work]"));
    }

    [Fact]
    public async Task A_row_that_nobody_writes_in_goes_by_itself()
    {
        var page = Render();
        await SolvedElsewhereAsync(page);
        Assert.Empty(page.FindAll("[data-testid=letter-work]"));
        Assert.Empty(page.FindAll("[data-testid=to-waiting]"));
    }

    [Fact]
    public void Sending_again_and_an_incident_lead_to_forms_without_a_person_in_the_address()
    {
        var page = Render();
        Assert.Equal("/forsendelser?erstatter=l-1", page.Find("[data-testid=resend]").GetAttribute("href"));
        Assert.Equal("/driftshaendelser?fra=2023-02-13T12.21&til=2023-02-13T13.21&kanal=DigitalPost",
            page.Find("[data-testid=letter-incident]").GetAttribute("href"));
    }

    [Fact]
    public void The_form_of_an_incident_begins_with_the_letters_period_and_channel()
    {
        _fixture.Services.GetRequiredService<NavigationManager>()
            .NavigateTo(PortalUrls.IncidentWith(FakeCases.Sent, Since, LetterChannel.FysiskPost));
        var page = _fixture.Render<IncidentsPage>();
        Assert.Equal(["13-02-2023", "12:21", "13-02-2023", "13:21"],
            ((string[])["from", "from-time", "to", "to-time"]).Select(f => page.Find($"[data-testid=incident-{f}]").GetAttribute("value")));
        Assert.Equal("FysiskPost", page.Chosen<string>("incident-channel"));
    }

    [Fact]
    public void A_search_leads_to_the_letter_that_was_found_and_the_list_to_the_case()
    {
        string? Link() => _fixture.Render<CasesPage>().Find("[data-testid=case-row] a").GetAttribute("href");
        Assert.Equal("/sager/26-0412", Link());
        _fixture.Services.GetRequiredService<NavigationManager>().NavigateTo("/sager?soeg=Anna");
        Assert.Equal(LetterAnchor.Link("26-0412", "L-1"), Link());
    }

    [Fact]
    public async Task A_change_is_marked_with_its_time()
    {
        var page = Render();
        _fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await SolvedElsewhereAsync(page);
        Assert.Equal("Nyt kl. 14.03", page.Find("article [data-testid=news-mark]").TextContent);
    }

    [Fact]
    public async Task Who_may_not_register_letters_is_not_offered_to_send_again()
    {
        await using var fixture = new PageFixture(
            PortalRoles.Facilitator, services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
        var page = fixture.Render<CasePage>(p => p.Add(x => x.CaseNumber, "26-0412"));
        Assert.Empty(page.FindAll("[data-testid=resend]"));
    }

    [Fact]
    public void A_colleague_who_was_first_is_reported_and_the_text_stays()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=note]").Input("min begrundelse");
        _worklist.Outcome = WorkOutcome.Overtaken;
        Press(page, "resolve-with-note");
        Assert.Contains("En kollega nåede det først", page.Find("[data-testid=told]").TextContent, StringComparison.Ordinal);
        Assert.Equal("min begrundelse", page.Find("[data-testid=note]").GetAttribute("value"));
    }

    [Fact]
    public void A_text_that_the_database_does_not_take_stays_and_the_page_says_so()
    {
        var page = Render();
        Press(page, "open-row");
        page.Find("[data-testid=call-said]").Input("ringer igen");
        _worklist.Error = PageErrors.Error("sqlite");
        Press(page, "called");
        Assert.Contains("Din tekst er bevaret", page.Find("[data-testid=not-saved]").TextContent, StringComparison.Ordinal);
        Assert.Equal("ringer igen", page.Find("[data-testid=call-said]").GetAttribute("value"));
    }

    private sealed class Notes : ICaseNotes
    {
        public Task<ValueList<Incident>> IncidentsAsync(Viewer viewer, CancellationToken cancellationToken) =>
            Task.FromResult<ValueList<Incident>>([]);

        public Task NoteIncidentAsync(Viewer viewer, IncidentDraft draft, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<bool> WithdrawIncidentAsync(Viewer viewer, long id, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<bool> HoldAsync(Viewer viewer, string caseNumber, bool on, string reason, CancellationToken cancellationToken) =>
            Task.FromResult(false);
    }
}
