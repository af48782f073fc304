using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;
using Portal.Cases;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Messages;
using Portal.Tests.MessagePages;
using Xunit;

namespace Portal.Tests.CasesPages;

public sealed class CasePageTests : IAsyncDisposable
{
    private readonly PageHouse _house;
    private readonly FakeCases _cases = new();

    public CasePageTests() => _house = new PageHouse(more: services => services.AddSingleton<ICaseReader>(_cases));

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private IRenderedComponent<CasePage> Render(string number = "26-0412") => _house.Render<CasePage>(p => p.Add(x => x.CaseNumber, number));

    [Fact]
    public void A_delivered_letter_shows_verdict_and_last_day()
    {
        _cases.Add(FakeCases.Letter() with
        {
            Verdict = Verdict.Delivered, VerdictAt = FakeCases.Sent.AddSeconds(25), Explanation = "Afleveret: brevet lå i modtagerens postkasse.",
            AppealDeadline = new DateOnly(2026, 12, 11), AppealNote = "Vejledende: 28 dage efter ankomsten.", Events = [FakeCases.Event()],
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
                    Error = new PostError("memo.invalid", "bad <memo>"), Explanation = "Ret brevet, og send det igen.", Deliveries = 3, ClockAhead = true,
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
    public void A_contradiction_and_a_correction_are_told()
    {
        _cases.Add(FakeCases.Letter() with { Contradiction = true, Corrections = [new LetterCorrection(FakeCases.Sent, "Tvist1", ["Titel: a → b"])] });
        var page = Render();
        Assert.Contains("modsiger hinanden", page.Find(".notice.warn").TextContent, StringComparison.Ordinal);
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
        await _house.ArriveAsync(page, () => page.FindAll("[data-testid=timeline-event]").Count == 1);
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
    public async Task An_unknown_case_is_told_kindly_and_appears_when_it_comes()
    {
        var page = Render();
        Assert.Equal("Sagen findes ikke, eller du har ikke adgang", page.Find("h1").TextContent);
        _cases.Add(FakeCases.Letter());
        await _house.ArriveAsync(page, () => page.FindAll("[data-testid=letter]").Count == 1);
        Assert.Equal("Sag 26-0412", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Who_may_not_read_messages_gets_no_link_to_them()
    {
        await using var house = new PageHouse(PortalRoles.Facilitator, services => services.AddSingleton<ICaseReader>(_cases));
        _cases.Add(FakeCases.Letter() with { Events = [FakeCases.Event()] });
        var page = house.Render<CasePage>(p => p.Add(x => x.CaseNumber, "26-0412"));
        Assert.Empty(page.FindAll("[data-testid=timeline-event] a"));
    }
}
