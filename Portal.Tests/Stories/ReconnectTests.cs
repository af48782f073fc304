using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// When the connection is lost, the page says so, its text stays readable, and it is up to date again by itself afterwards.
/// </summary>
public sealed class ReconnectTests(OneRestart restart) : IClassFixture<OneRestart>
{
    private const string When = "2026-02-13T12:00:00Z";

    // The stories during which the class's portal is killed and started again.
    private static readonly Func<OneRestart.Part, Task>[] Restarted = [BuildAsync, PagesAsync, DraftAsync, MenusAsync, SentenceAsync,
        KilledAccessStory.RunAsync];

    [Fact]
    public Task Two_build_the_first_worked_chain_from_empty_one_by_mouse_and_one_by_keyboard_alone() =>
        restart.RunAsync(Restarted, BuildAsync);

    [Fact]
    public Task A_server_that_is_killed_and_started_again_finds_its_pages_again_with_what_came_meanwhile() =>
        restart.RunAsync(Restarted, PagesAsync);

    [Fact]
    public Task What_was_being_written_when_the_server_was_killed_is_there_again_and_never_a_cpr_number() =>
        restart.RunAsync(Restarted, DraftAsync);

    [Fact]
    public Task What_stood_half_written_in_a_chains_menus_when_the_server_was_killed_is_one_press_away_and_never_a_cpr_number() =>
        restart.RunAsync(Restarted, MenusAsync);

    [Fact]
    public Task A_server_that_is_killed_in_the_middle_of_a_sentence_loses_neither_the_chain_nor_the_sentence() =>
        restart.RunAsync(Restarted, SentenceAsync);

    [Fact]
    public Task What_was_given_out_right_before_the_server_was_killed_is_in_its_access_log_which_verifies() =>
        restart.RunAsync(Restarted, KilledAccessStory.RunAsync);

    private static async Task<string> PushAsync(RunningPortal portal, string action = KnownHandlinger.Fejlet)
    {
        var (id, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), action, When);
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        return id;
    }

    private static ILocator Row(IPage page, string beskedId) => page.Locator($"[data-testid=message-row][data-besked-id='{beskedId}']");

    // The bar is at the bottom and does not cover the row, which can still be read and clicked.
    private static async Task IsReadableWhileAwayAsync(IPage page, string beskedId)
    {
        var bar = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(bar).ToContainTextAsync("Forbindelsen");
        await Row(page, beskedId).Locator("td").First.ClickAsync(new() { Trial = true });
    }

    private static Task BuildAsync(OneRestart.Part restart) => new ChainBuildStory().RunAsync(restart);

    private static async Task PagesAsync(OneRestart.Part restart)
    {
        var portal = await restart.StartAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var page = browser.Page;
        await browser.OpenAsync($"/beskeder?status={KnownHandlinger.Fejlet}");
        var seen = await PushAsync(portal);
        await Row(page, seen).ClickAsync();
        await Assertions.Expect(page.GetByTestId("message-detail")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.sameDocument = true");

        await restart.KillAsync();
        await IsReadableWhileAwayAsync(page, seen);

        portal = await restart.StartAgainAsync();
        var meanwhile = await PushAsync(portal);
        await PushAsync(portal, KnownHandlinger.Klar);

        await Assertions.Expect(Row(page, meanwhile)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByTestId("message-row")).ToHaveCountAsync(2);
        await Assertions.Expect(Row(page, seen)).ToHaveAttributeAsync("aria-current", "true");
        await Assertions.Expect(page.GetByTestId("message-detail")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("filter-status")).ToHaveValueAsync("Fejlet");
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();

        // The page is live, not only shown.
        await Assertions.Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
        await Assertions.Expect(Row(page, await PushAsync(portal))).ToBeVisibleAsync();
    }

    private static async Task DraftAsync(OneRestart.Part restart)
    {
        const string Note = "#incident-text";
        var portal = await restart.StartAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/driftshaendelser");
        await Assertions.Expect(page.Locator(Note)).ToBeEnabledAsync();
        await page.Locator(Note).PressSequentiallyAsync("Fjernprint lå stille");
        await Assertions.Expect(page.GetByTestId("no-news")).ToBeHiddenAsync();

        await restart.KillAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByTestId("no-news")).ToBeVisibleAsync();
        await page.Locator(Note).PressSequentiallyAsync(" for Anna, 010101 1234, hele dagen");

        await restart.StartAgainAsync();
        await Assertions.Expect(page.Locator(Note))
            .ToHaveValueAsync("Fjernprint lå stille for Anna, [CPR-nummer], hele dagen", new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#drafts")).ToContainTextAsync("CPR-nummer");
        Assert.DoesNotMatch(
            PageWalk.PersonNumber, await page.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));
        await browser.IsAccessibleAsync("a draft that was brought back");

        // Once it is saved on the server it is no longer a draft.
        await page.GetByTestId("incident-from").FillAsync("13-02-2026");
        await page.GetByTestId("incident-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("incident-row")).ToContainTextAsync("hele dagen");
        await page.WaitForFunctionAsync("() => Object.keys(sessionStorage).every(key => !key.startsWith('draft:'))");
    }

    private static async Task MenusAsync(OneRestart.Part restart)
    {
        var portal = await restart.StartAsync();
        using var made = await portal.Http.PostAsJsonAsync("/api/effektkaeder",
            new { id = "k1", title = "Ventetid", elements = new[] { new { id = "p1", kind = "problem", text = "Tvister" } } });
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var page = browser.Page;
        await browser.OpenAsync("/effektkaeder/k1");
        await page.GetByTestId("chain-menu").Locator("> button").ClickAsync();
        await page.GetByTestId("chain-title").FillAsync("Kortere ventetid");
        await page.GetByTestId("version-name").FillAsync("før mødet med 010101-1234");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("chain-title")).ToBeHiddenAsync();
        await page.Locator("[data-testid=quality-hint] .hint-aside").First.ClickAsync();
        await page.Locator(".hint-reason input").FillAsync("Tallene kommer i januar");

        await restart.KillAsync();
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await restart.StartAgainAsync();
        await Assertions.Expect(page.Locator("#drafts")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // The drafts are offered one after another, each where it was written; a draft of the menu opens the menu again.
        await Assertions.Expect(page.GetByTestId("save-state")).ToHaveTextAsync("gemt");
        var (title, reason) = (page.GetByTestId("chain-title"), page.Locator(".hint-reason input"));
        for (var n = 0; n < 3; n++) await FetchAsync(page);
        await Assertions.Expect(title).ToHaveValueAsync("Kortere ventetid");
        await Assertions.Expect(title).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("version-name")).ToHaveValueAsync("før mødet med [CPR-nummer]");
        await Assertions.Expect(reason).ToHaveValueAsync("Tallene kommer i januar");
        Assert.DoesNotMatch(
            PageWalk.PersonNumber, await page.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));

        // Once saved it is no longer a draft.
        await page.GetByTestId("save-chain").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Kortere ventetid");
        await page.GetByTestId("keep-version").ClickAsync();
        await page.WaitForFunctionAsync(
            "() => Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).every(key => key.includes('hint-'))");
    }

    private static async Task SentenceAsync(OneRestart.Part restart)
    {
        var portal = await restart.StartAsync();
        var id = await EmptyChainAsync(portal);
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var page = browser.Page;
        await OpenAsync(page, id);
        await WriteByMouseAsync(page, "purpose", "Det første");
        await Boxes(page).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await restart.ReadyAsync();
        await page.Keyboard.TypeAsync(" og en halv sætn");

        await restart.KillAsync();
        await restart.StartAgainAsync();

        await Assertions.Expect(page.GetByTestId("kept")).ToContainTextAsync("Det første og en halv sætn", new() { Timeout = 60_000 });
        await Assertions.Expect(Box(page, "Det første")).ToHaveCountAsync(1);
        await page.GetByTestId("kept-save").ClickAsync();
        await Assertions.Expect(Box(page, "Det første og en halv sætn")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("kept")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("undo")).ToBeEnabledAsync();
    }

    private static ILocator Boxes(IPage page) => page.GetByTestId("chain-element");

    private static ILocator Box(IPage page, string text) => Boxes(page).Filter(new() { HasText = text });

    private static async Task<string> EmptyChainAsync(RunningPortal portal)
    {
        using var body = new StringContent("""{ "title": "Fælles kæde", "elements": [] }""", Encoding.UTF8, "application/json");
        using var answer = await portal.Http.PostAsync(new Uri("/api/effektkaeder", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GotoAsync($"/effektkaeder/{id}");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
    }

    private static async Task WriteByMouseAsync(IPage page, string kind, string text)
    {
        await page.GetByTestId("add-kind").ChooseValueAsync(kind);
        await page.GetByTestId("add-element").ClickAsync();
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Box(page, text)).ToHaveCountAsync(1);
    }

    // Accepts the offered draft; waits until another is offered, or none.
    private static async Task FetchAsync(IPage page)
    {
        var offer = page.Locator("#drafts.offers [data-part=text]");
        if (await offer.CountAsync() == 0) return;
        var text = await offer.TextContentAsync();
        await page.GetByTestId("draft-fetch").ClickAsync();
        await page.WaitForFunctionAsync("before => !document.querySelector('#drafts.offers') || document.querySelector('#drafts "
            + "[data-part=text]').textContent !== before", text);
    }

    [Fact]
    public async Task A_network_that_was_away_leaves_the_page_as_it_was_and_brings_what_came_meanwhile()
    {
        await using var portal = await HostedPortal.StartAsync();
        await using var wire = new CutWire(portal.Address);
        await using var browser = await Browser.SignInAsync(wire.Address, "administrator");
        var page = browser.Page;
        await browser.OpenAsync("/beskeder");
        var seen = await PushAsync(portal);
        await Assertions.Expect(Row(page, seen)).ToBeVisibleAsync();
        await page.EvaluateAsync("window.sameDocument = true");

        wire.Cut();
        await IsReadableWhileAwayAsync(page, seen);
        var meanwhile = await PushAsync(portal);
        await Assertions.Expect(Row(page, meanwhile)).ToHaveCountAsync(0);

        wire.Mend();
        await Assertions.Expect(Row(page, meanwhile)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.DoesNotContain("fail:", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warn: Portal", portal.Output, StringComparison.Ordinal);
    }
}
