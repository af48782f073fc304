using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Cases;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Platform.Access;
using Portal.Tests.Features.FollowUp;
using Portal.Tests.Features.Messages;
using Xunit;

namespace Portal.Tests.Features.Cases;

public sealed class CasePageTests : IAsyncDisposable
{
    private readonly PageFixture _fixture;
    private readonly FakeCases _cases = new();
    private readonly FakeWorklist _worklist;

    public CasePageTests()
    {
        _worklist = new FakeWorklist(_cases);
        _fixture = new PageFixture(more: services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<CasePage> Render(string number = "26-0412") =>
        _fixture.Render<CasePage>(p => p.Add(x => x.CaseNumber, number));

    [Fact]
    public void A_delivered_letter_shows_verdict_and_last_day()
    {
        _cases.Add(FakeCases.Letter() with
        {
            Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25), Explanation =
                LocalizedText.AsSent("Afleveret: brevet lå i modtagerens postkasse."), AppealDeadline = new DateOnly(2026, 12, 11),
            AppealNote = LocalizedText.AsSent("Vejledende: 28 dage efter ankomsten."), Events = [FakeCases.Event()],
        });
        var letter = Render().Find("[data-testid=letter]");
        Assert.Equal("L-1", letter.GetAttribute("data-letter-id"));
        Assert.Equal("delivered", letter.GetAttribute("data-verdict"));
        Assert.Contains("010101-xxxx", letter.TextContent, StringComparison.Ordinal);
        Assert.Contains("brevet lå i modtagerens postkasse", letter.TextContent, StringComparison.Ordinal);
        var deadline = letter.QuerySelector("[data-testid=appeal-deadline]")!;
        Assert.Contains("fredag 11. december 2026", deadline.TextContent, StringComparison.Ordinal);
        Assert.Contains("18 dage tilbage", deadline.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-12-11", deadline.QuerySelector("time")!.GetAttribute("datetime"));
    }

    [Fact]
    public void Without_a_last_day_the_page_says_why()
    {
        _cases.Add(FakeCases.Letter());
        var page = Render();
        Assert.Empty(page.FindAll("[data-testid=appeal-deadline]"));
        Assert.Contains("Klagefristen kan først beregnes", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_says_when_who_and_how_often_with_the_error_explained()
    {
        _cases.Add(FakeCases.Letter() with
        {
            Verdict = Verdict.Failed,
            Events =
            [
                FakeCases.Event("besked-9", "Fejlet", StatusKind.Failed) with
                {
                    Error = new PostError("memo.invalid", "bad <memo>"),
                    Explanation = LocalizedText.AsSent("Ret brevet, og send det igen."), Deliveries = 3, ClockAhead = true,
                },
            ],
        });
        var entry = Render().Find("[data-testid=timeline-event]");
        Assert.Contains("13.02.2023 12:22:05", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("Siger: Digital Post", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("modtaget 3 gange", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("Afsenderens ur var foran", entry.TextContent, StringComparison.Ordinal);
        Assert.Equal("memo.invalid", entry.QuerySelector("code")!.TextContent);
        Assert.Contains("Ret brevet", entry.TextContent, StringComparison.Ordinal);
        Assert.Equal("/beskeder/besked-9", entry.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_contradiction_and_a_correction_are_reported()
    {
        _cases.Add(FakeCases.Letter() with { Contradiction = true,
            Corrections = [new LetterCorrection(FakeCases.Sent, "Tvist1", ["Titel: a → b"])] });
        var page = Render();
        Assert.Contains("modsiger hinanden", page.Find("[data-testid=contradiction]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Titel: a → b", page.Find("[data-testid=correction]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_come_show_by_themselves()
    {
        _cases.Add(FakeCases.Letter());
        var page = Render();
        Assert.Empty(page.FindAll("[data-testid=timeline-event]"));
        _cases.Cases.Clear();
        _cases.Add(FakeCases.Letter() with { Verdict = Verdict.Delivered, Events = [FakeCases.Event()] });
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=timeline-event]").Count == 1);
        Assert.Equal("delivered", page.Find("[data-testid=letter]").GetAttribute("data-verdict"));
    }

    [Fact]
    public void A_case_number_may_hold_a_slash()
    {
        _cases.Add(FakeCases.Letter(caseNumber: "26/0412"), FakeCases.Letter("L 2/ø", "26/0412"));
        var page = Render("26/0412");
        Assert.Equal("Sag 26/0412", page.Find("h1").TextContent);
        var targets = page.FindAll(".letter-list a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.All(targets, t => Assert.StartsWith("/sager/26%2F0412#", t, StringComparison.Ordinal));
        Assert.Equal(page.FindAll("article").Select(a => a.Id), targets.Select(t => t[(t.IndexOf('#', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task An_unknown_case_is_reported_kindly_and_appears_when_it_comes()
    {
        var page = Render();
        Assert.Equal("Sagen findes ikke, eller du har ikke adgang", page.Find("h1").TextContent);
        _cases.Add(FakeCases.Letter());
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=letter]").Count == 1);
        Assert.Equal("Sag 26-0412", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Who_may_not_read_messages_gets_no_link_to_them()
    {
        await using var fixture = new PageFixture(PortalRoles.Facilitator,
            services => services.AddSingleton<ICaseReader>(_cases).AddWork(_worklist));
        _cases.Add(FakeCases.Letter() with { Events = [FakeCases.Event()] });
        var page = fixture.Render<CasePage>(p => p.Add(x => x.CaseNumber, "26-0412"));
        Assert.Empty(page.FindAll("[data-testid=timeline-event] a"));
    }

    [Theory]
    [InlineData(Verdict.Delivered, false, "Proven", "Alle fem er til stede.")]
    [InlineData(Verdict.Delivered, true, "Disputed", "4 af de fem er til stede.")]
    [InlineData(Verdict.HandedToPost, false, "Probable", "4 af de fem er til stede.")]
    [InlineData(Verdict.OnItsWay, false, "Missing", "4 af de fem er til stede.")]
    [InlineData(Verdict.Failed, false, "Missing", "4 af de fem er til stede.")]
    public void Only_what_is_proven_counts_among_the_five_points(Verdict verdict, bool contradiction, string state, string words)
    {
        DateTimeOffset? at = verdict == Verdict.Delivered ? FakeCases.Sent.AddMinutes(1) : null;
        _cases.Add(FakeCases.Letter() with { Verdict = verdict, VerdictAt = at, Contradiction = contradiction });
        var strength = Render().Find("[data-testid=strength]");
        Assert.Equal(state, strength.QuerySelector("[data-point=Arrived]")!.GetAttribute("data-state"));
        Assert.Contains(words, strength.TextContent, StringComparison.Ordinal);
        Assert.Equal(verdict == Verdict.Delivered && !contradiction, strength.QuerySelectorAll(".chip.ok").Length == 2);
    }

    [Fact]
    public void Incidents_hands_and_work_are_in_the_story_in_the_order_of_their_times()
    {
        _cases.Add(FakeCases.Letter() with
        {
            Verdict = Verdict.Delivered,
            Events = [FakeCases.Event() with { ByHand = new HandMatchNote("Bent",
                FakeCases.Sent.AddHours(3)) { Reason = "bekræftet af leverandøren" } }],
            Incidents = [new Incident(1, FakeCases.Sent.AddHours(1), FakeCases.Sent.AddHours(2), null, "visningsklient ustabil",
                FakeCases.Sent, "Sofie", null, null)],
            Work = [new WorkEntry(WorkActionKind.Called, FakeCases.Sent.AddHours(4), "Sofie", "talte med Anna", null),
                new WorkEntry(WorkActionKind.Assigned, FakeCases.Sent, "Sofie", null, "Sofie")],
            Replaces = [new LetterLink("26-0412", "L-0", "Afgørelse", Verdict.Failed, FakeCases.Sent)],
        });
        var letter = Render().Find("[data-testid=letter]");
        Assert.Equal(new[] { null, "timeline-event", "incident", "work-entry" },
            letter.QuerySelectorAll(".timeline > [role=listitem]").Select(l => l.GetAttribute("data-testid")));
        Assert.Contains("Knyttet i hånden af Bent", letter.QuerySelector("[data-testid=by-hand]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("»bekræftet af leverandøren«. Ingen af statussens egne numre peger på brevet.",
            letter.QuerySelector("[data-testid=by-hand]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("talte med Anna", letter.QuerySelector("[data-testid=work-entry]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sendt i stedet for", letter.QuerySelector("[data-testid=replaces]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_receipt_the_page_says_so_with_the_time_of_the_last_one()
    {
        _cases.Add(FakeCases.Letter() with { Verdict = Verdict.EvidenceMissing, LastReceiptAt = FakeCases.Sent.AddMinutes(5),
            EvidenceDeadline = FakeCases.Sent.AddDays(1) });
        var now = Render().Find("[data-testid=no-receipt]").TextContent;
        Assert.Contains("Ingen kvittering endnu", now, StringComparison.Ordinal);
        Assert.Contains("13.02.2023 12:26:40", now, StringComparison.Ordinal);
    }

    [Fact]
    public void Erased_statuses_and_an_uncertain_last_day_are_said()
    {
        _cases.Add(FakeCases.Letter() with { Verdict = Verdict.HandedToPost, StatusesErasedAt = FakeCases.Sent.AddYears(5),
            AppealNote = LocalizedText.AsSent("Sidste dag kan ikke fastslås.") });
        var page = Render();
        Assert.Contains("13.02.2028", page.Find("[data-testid=erased]").TextContent, StringComparison.Ordinal);
        Assert.Contains("sandsynlig, ikke bevist", page.Find("[data-testid=appeal-uncertain]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=appeal-deadline]"));
    }

    [Fact]
    public async Task What_changes_while_the_page_is_open_is_marked_where_it_is_and_reported_in_words()
    {
        _cases.Add(
            FakeCases.Letter() with { Events = [FakeCases.Event("klar", "Klar", StatusKind.ProgressDigital)] }, FakeCases.Letter("L-2"));
        var page = Render();
        Assert.Empty(page.FindAll("[data-testid=news-mark]"));
        Assert.Equal("", page.Find("[data-testid=news-told]").TextContent);
        var arrived = FakeCases.Letter() with
        {
            Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25),
            Explanation = LocalizedText.AsSent("Afleveret: brevet lå i modtagerens postkasse."),
            Events = [FakeCases.Event("klar", "Klar", StatusKind.ProgressDigital), FakeCases.Event()],
        };
        _cases.Cases[0] = _cases.Cases[0] with { Letters = [arrived, FakeCases.Letter("L-2")] };
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=news-mark]").Count == 3);
        var letter = page.Find("[data-letter-id=L-1]");
        Assert.Single(letter.QuerySelectorAll(".letter-head [data-testid=news-mark]"));
        Assert.Equal("besked-1", letter.QuerySelector(".timeline [data-testid=news-mark]")!.Closest("[data-testid=timeline-event]")!
            .GetAttribute("data-besked-id"));
        Assert.Single(page.FindAll(".letter-list [data-testid=news-mark]"));
        Assert.Empty(page.Find("[data-letter-id=L-2]").QuerySelectorAll("[data-testid=news-mark]"));
        var element = page.Find("[data-testid=news-told]");
        Assert.Equal("polite", element.GetAttribute("aria-live"));
        Assert.Contains("Afgørelse om huslejenedsættelse: Afleveret: brevet lå i modtagerens postkasse.", element.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_leaves_the_case_while_someone_writes_at_it_stays_with_the_text_until_it_is_let_go()
    {
        _cases.Add(FakeCases.Letter(), FakeCases.Letter("L-2"));
        var page = Render();
        page.Find("[data-letter-id=L-2] [data-testid=reveal-number]").Click();
        page.Find("[data-letter-id=L-2] [data-testid=reveal-purpose]").Input("opkald til Anna");
        _cases.Cases[0] = _cases.Cases[0] with { Letters = [FakeCases.Letter()] };
        await _fixture.ArriveAsync(page, () => page.FindAll("[data-testid=gone]").Count == 1);
        Assert.Equal("opkald til Anna", page.Find("[data-letter-id=L-2] [data-testid=reveal-purpose]").GetAttribute("value"));
        _cases.Cases.Clear();
        await _fixture.ArriveAsync(
            page, () => page.FindAll("[data-testid=gone]").Count == 1 && page.FindAll("[data-testid=letter]").Count == 1);
        page.Find("[data-testid=let-go]").Click();
        page.WaitForState(() => page.FindAll("[data-testid=letter]").Count == 0);
    }

    [Fact]
    public async Task A_letter_that_is_corrected_while_someone_writes_at_it_keeps_the_text_and_says_so()
    {
        _cases.Add(FakeCases.Letter());
        var page = Render();
        page.Find("[data-testid=reveal-number]").Click();
        page.Find("[data-testid=reveal-purpose]").Input("opkald til Anna");
        _cases.Cases[0] =
            _cases.Cases[0] with { Letters = [FakeCases.Letter() with { RegisteredAt = FakeCases.Sent.AddDays(1), Title = "Rettet" }] };
        await _fixture.ArriveAsync(page, () => page.Markup.Contains("Brevet er rettet imens", StringComparison.Ordinal));
        Assert.Equal("opkald til Anna", page.Find("[data-testid=reveal-purpose]").GetAttribute("value"));
    }

    [Fact]
    public void A_contradicted_arrival_is_nowhere_green_and_a_solved_letter_is_no_work()
    {
        _cases.Add(
            FakeCases.Letter() with { Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25), Contradiction = true },
            FakeCases.Letter("L-2") with { Verdict = Verdict.Failed, IsSolved = true });
        var page = Render();
        foreach (var place in (string[])[".letter-list li:first-child", "[data-letter-id=L-1] .letter-verdict"])
        {
            Assert.Contains("Afleveret, i tvivl", page.Find(place).TextContent, StringComparison.Ordinal);
            Assert.Empty(page.Find(place).QuerySelectorAll(".chip.ok"));
        }

        Assert.Contains("1 kræver handling", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RegistrationSource.Person, "Siger: Sofie Sagsbehandler (indtastet)")]
    [InlineData(RegistrationSource.File, "Siger: en fil, som Sofie Sagsbehandler læste ind")]
    [InlineData(RegistrationSource.System, "Siger: fagsystemet »Sofie Sagsbehandler«")]
    public void The_sending_names_the_one_who_said_it(RegistrationSource source, string says)
    {
        _cases.Add(FakeCases.Letter() with { RegisteredBy = "Sofie Sagsbehandler", RegisteredFrom = source });
        Assert.Contains(says, Render().Find("[data-testid=letter]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_of_sending_without_a_time_of_day_is_shown_as_a_date_and_who_registered_it_says_so()
    {
        _cases.Add(FakeCases.Letter() with { SentAt = new DateTimeOffset(2023, 2, 12, 23, 0, 0, TimeSpan.Zero),
            RegisteredBy = "Sofie Sagsbehandler" });
        var letter = Render().Find("[data-testid=letter]").TextContent;
        Assert.Contains("13.02.2023", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00", letter, StringComparison.Ordinal);
        Assert.Contains("Siger: Sofie Sagsbehandler", letter, StringComparison.Ordinal);
    }
}
