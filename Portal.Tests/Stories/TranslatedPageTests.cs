using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A browser that translates the pages while they change: nothing on them dies, and what has changed is shown as it is now.
/// </summary>
public sealed class TranslatedPageTests
{
    private const string Mark = PageTranslator.Mark;

    private static async Task<string> PushAsync(RunningPortal portal, string uuid, string action, string at)
    {
        var (id, bytes) = Envelopes.Status(uuid, action, at);
        using var answer = await portal.PushAsync(bytes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return id;
    }

    [Fact]
    public async Task The_live_list_the_worklist_and_a_case_live_on_under_a_browser_that_translates_them()
    {
        const string Number = "26-0977";
        var portal = await SharedPortals.EmptyAsync();
        var (letter, uuid) = ("T-" + Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var page = browser.Page;
        await page.TranslateAsync();

        // Rows come, go by the filter, wait while paused, and open.
        await browser.OpenAsync("/beskeder");
        ILocator Row(string besked) => page.Locator($"[data-testid=message-row][data-besked-id='{besked}']");
        var first = await PushAsync(portal, uuid, KnownHandlinger.Fejlet, "2026-02-13T12:30:00+01:00");
        await Assertions.Expect(Row(first)).ToContainTextAsync(new Regex(Mark + ".*Fejlet"));
        await page.GetByTestId("filter-text").FillAsync(uuid);
        await page.GetByTestId("filter-text").PressAsync("Enter");
        await page.IsAtAsync(url => url.Contains(uuid, StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("message-row")).ToHaveCountAsync(1);
        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("resume")).ToBeVisibleAsync();
        var second = await PushAsync(portal, uuid, KnownHandlinger.Fejlet, "2026-02-13T12:31:00+01:00");
        await Assertions.Expect(page.GetByTestId("resume")).ToContainTextAsync("1");
        await page.GetByTestId("resume").ClickAsync();
        await Row(second).ClickAsync();
        await Assertions.Expect(page.GetByTestId("message-detail")).ToContainTextAsync(Mark);
        await page.GetByTestId("filter-text").FillAsync("");
        await page.GetByTestId("filter-text").PressAsync("Enter");
        await Assertions.Expect(Row(first)).ToBeVisibleAsync();

        // The worklist gets a row, and loses it when it is done.
        await page.Locator("#hovedmenu a[href='/opfoelgning']").ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync(Mark);
        using (var created = await portal.RegisterAsync(Envelopes.Letter(Number, uuid, letter)))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var row = page.Locator($"[data-testid=follow-up-row][data-letter-id='{letter}']");
        await Assertions.Expect(row).ToContainTextAsync(Mark);
        await row.GetByTestId("assign").ClickAsync();
        await Assertions.Expect(row.GetByTestId("owner")).ToContainTextAsync("hos dig");
        await row.GetByTestId("open-row").ClickAsync();
        await row.GetByTestId("open-row").ClickAsync();
        await row.GetByTestId("resolve").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.GetByTestId("undo-resolve").First.ClickAsync();
        await Assertions.Expect(row).ToBeVisibleAsync();

        // A verdict changes on an open case.
        await browser.OpenAsync($"/sager/{Number}");
        var shown = page.Locator($"[data-testid=letter][data-letter-id='{letter}']");
        await Assertions.Expect(shown).ToContainTextAsync(new Regex(Mark + ".*Fejlet"));
        await PushAsync(portal, uuid, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:45:00+01:00");
        await Assertions.Expect(shown).ToHaveAttributeAsync("data-verdict", "delivered");
        await Assertions.Expect(shown).ToContainTextAsync(new Regex(Mark + ".*Afleveret"));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_chain_under_a_browser_that_translates_it_shows_what_others_change_then_and_after_the_translator_has_left()
    {
        const string Key = "t1";
        await using var portal = await HostedPortal.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await portal.Http.PostAsJsonAsync("/api/effektkaeder", Chain("Lang ventetid"))).StatusCode);
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var (page, boxes) = (browser.Page, browser.Page.GetByTestId("chain-element"));
        await page.TranslateAsync();
        await page.GotoAsync($"/effektkaeder/{Key}");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
        await Assertions.Expect(boxes).ToContainTextAsync(Mark + "Lang ventetid");
        async Task ChangeAsync(params string[] problems) =>
            Assert.Equal(HttpStatusCode.OK, (await portal.Http.PutAsJsonAsync($"/api/effektkaeder/{Key}", Chain(problems))).StatusCode);

        await ChangeAsync("Mindre ventetid", "Ingen ved besked", "Mange ringer");
        await Assertions.Expect(boxes).ToHaveCountAsync(3);
        await Assertions.Expect(boxes.First.Locator(".box-main")).ToHaveTextAsync(Mark + "Mindre ventetid");
        await ChangeAsync("Kort ventetid", "Ingen ved besked");
        await Assertions.Expect(boxes).ToHaveCountAsync(2);
        await Assertions.Expect(boxes.First.Locator(".box-main")).ToHaveTextAsync(Mark + "Kort ventetid");

        // A text of one's own, in the box that is written in.
        await boxes.First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("textarea.in-place").FillAsync("Ingen ventetid");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(boxes.First.Locator(".box-main")).ToHaveTextAsync(Mark + "Ingen ventetid");

        // A translator that stops leaves its translations: what changes then is shown untranslated, never as it was.
        await page.LeaveTranslatorAsync();
        await ChangeAsync("Halv ventetid", "Ingen ved besked");
        await Assertions.Expect(boxes.First.Locator(".box-main")).ToHaveTextAsync("Halv ventetid");
        await Assertions.Expect(boxes.Last.Locator(".box-main")).ToHaveTextAsync(Mark + "Ingen ved besked");
        await page.ShowOriginalAsync();
        await Assertions.Expect(boxes.Last.Locator(".box-main")).ToHaveTextAsync("Ingen ved besked");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(Mark);
        Assert.Empty(browser.Errors);
    }

    private static object Chain(params string[] problems) =>
        new { id = "t1", title = "Ventetid", elements = problems.Select((text, n) => new { id = $"p{n}", kind = "problem",
            text }).ToArray() };
}
