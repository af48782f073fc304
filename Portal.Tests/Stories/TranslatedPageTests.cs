using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Ingestion.Domain.Time;
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
    public async Task The_quarantine_and_the_access_log_live_on_under_a_browser_that_translates_them()
    {
        var portal = await SharedPortals.EmptyAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var page = browser.Page;
        await page.TranslateAsync();

        // Rows of a new cause come, are picked, asked about, closed, and opened again.
        await browser.OpenAsync("/karantaene");
        using (var answer = await portal.PushAsync(System.Text.Encoding.UTF8.GetBytes($"ikke xml {Guid.NewGuid()}")))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = page.GetByTestId("quarantine-row").First;
        await Assertions.Expect(row).ToContainTextAsync(Mark);
        await row.GetByTestId("close").ClickAsync();
        await row.GetByTestId("close-why").FillAsync("Sendt igen");
        await row.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("closed-now")).ToContainTextAsync(Mark);
        await page.GetByTestId("view-closed").ClickAsync();
        await page.GetByTestId("reopen").First.ClickAsync();
        await page.GetByTestId("view-waiting").ClickAsync();
        await Assertions.Expect(page.GetByTestId("quarantine-row").First).ToContainTextAsync(Mark);
        await page.GetByTestId("quarantine-row").First.GetByTestId("retry").ClickAsync();
        await Assertions.Expect(page.GetByTestId("retry-result").First).ToContainTextAsync(Mark);

        // The log is searched twice, with and without hits.
        await page.Locator("#hovedmenu a[href='/adgangslog']").ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync(Mark);
        await page.GetByTestId("filter-text").FillAsync("findes-slet-ikke");
        await page.GetByTestId("filter-text").PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("access-row")).ToHaveCountAsync(0);
        await page.GetByTestId("filter-text").FillAsync("");
        await page.GetByTestId("filter-text").PressAsync("Enter");
        await page.IsAtAsync(url => !url.Contains("findes", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(Mark);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Benefits_and_forms_live_on_under_a_browser_that_translates_them()
    {
        const string Key = "t2";
        await using var portal = await HostedPortal.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await portal.Http.PostAsJsonAsync("/api/effektkaeder", new { id = Key, title = "Ventetid",
            elements = new[] { new { id = "n1", kind = "negative-benefit", text = "Mere indkøb" } } })).StatusCode);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var page = browser.Page;
        await page.TranslateAsync();
        await browser.OpenAsync($"/effektkaeder/{Key}/gevinster");

        // A form in the page: an error comes and goes, a number is saved and shown, and another system's replaces it.
        await page.GetByTestId("enter").ClickAsync();
        await page.GetByTestId("measurement-value").FillAsync("mange");
        await page.GetByTestId("measurement-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("measurement-value")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.GetByTestId("measurement-value").FillAsync("2,5");
        await page.GetByTestId("measurement-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("measurement-value")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByTestId("now")).ToContainTextAsync("2,5");
        await page.Locator("[data-testid=measurement-form] [data-testid=cancel]").ClickAsync();
        await Assertions.Expect(page.GetByTestId("measurement-form")).ToHaveCountAsync(0);
        // The form's numbers are of noon.
        var at = DanishTime.FromLocal(DanishTime.DateOf(DateTimeOffset.UtcNow).ToDateTime(new TimeOnly(12, 0)));
        using (var answer = await portal.Http.PostAsJsonAsync(
            $"/api/effektkaeder/{Key}/maalinger", new { elementId = "n1", at, value = 7 }))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await Assertions.Expect(page.GetByTestId("now")).ToContainTextAsync("7");

        // A form on a page of its own: its errors come at their fields, and go.
        await browser.OpenAsync("/forsendelser");
        await page.GetByTestId("register-letter").ClickAsync();
        await Assertions.Expect(page.Locator("#letter-title")).ToHaveAttributeAsync("aria-invalid", "true");
        foreach (var (field, text) in ((string, string)[])[
            ("caseNumber", "26-0978"), ("caseType", "huslejenaevn"), ("letterId", "T-9"), ("title", "Påbud"), ("recipient-name", "Åse Ærø"),
            ("sentAt", "13-02-2026"), ("sentAt-time", "12:00"), ("identifiers-messageUuid", Guid.NewGuid().ToString())])
        {
            await page.Locator($"#letter-{field}").FillAsync(text);
        }

        await page.GetByTestId("register-letter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("form-result")).ToContainTextAsync(Mark);
        await Assertions.Expect(page.Locator("#letter-title")).ToHaveValueAsync("");
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
