using System.Net.Http.Json;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A lost connection leaves the text readable, says so, and the page is true again by itself.</summary>
public sealed class ReconnectTests
{
    private const string When = "2026-02-13T12:00:00Z";

    private static async Task<string> PushAsync(RunningPortal portal, string action = KnownHandlinger.Fejlet)
    {
        var (id, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), action, When);
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        return id;
    }

    private static ILocator Row(IPage page, string beskedId) => page.Locator($"[data-testid=message-row][data-besked-id='{beskedId}']");

    // The bar is below; what is written in the row is seen and can be pointed at.
    private static async Task IsReadableWhileAwayAsync(IPage page, string beskedId)
    {
        var bar = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(bar).ToContainTextAsync("Forbindelsen");
        await Row(page, beskedId).Locator("td").First.ClickAsync(new() { Trial = true });
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_finds_its_pages_again_with_what_came_meanwhile()
    {
        var folder = Directory.CreateTempSubdirectory("reconnect").FullName;
        var portal = await PortalProcess.StartAsync(folder);
        try
        {
            await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
            var page = browser.Page;
            await browser.OpenAsync($"/beskeder?status={KnownHandlinger.Fejlet}");
            var seen = await PushAsync(portal);
            await Row(page, seen).ClickAsync();
            await Assertions.Expect(page.GetByTestId("message-detail")).ToBeVisibleAsync();
            await page.EvaluateAsync("window.sameDocument = true");

            portal.Kill();
            await IsReadableWhileAwayAsync(page, seen);

            var port = portal.Address.Port;
            await portal.DisposeAsync();
            portal = await PortalProcess.StartAsync(folder, ready: new Uri($"http://127.0.0.1:{port}"));
            var meanwhile = await PushAsync(portal);
            await PushAsync(portal, KnownHandlinger.Klar);

            await Assertions.Expect(Row(page, meanwhile)).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Assertions.Expect(page.GetByTestId("message-row")).ToHaveCountAsync(2);
            await Assertions.Expect(Row(page, seen)).ToHaveAttributeAsync("aria-current", "true");
            await Assertions.Expect(page.GetByTestId("message-detail")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByTestId("filter-status")).ToHaveValueAsync(KnownHandlinger.Fejlet);
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();

            // And it is live, not only shown.
            await Assertions.Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
            await Assertions.Expect(Row(page, await PushAsync(portal))).ToBeVisibleAsync();
        }
        finally
        {
            await portal.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_was_being_written_when_the_server_was_killed_is_there_again_and_never_a_cpr_number()
    {
        const string Note = "#incident-text";
        var folder = Directory.CreateTempSubdirectory("draft").FullName;
        var portal = await PortalProcess.StartAsync(folder);
        try
        {
            await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
            var page = browser.Page;
            await browser.OpenAsync("/driftshaendelser");
            await Assertions.Expect(page.Locator(Note)).ToBeEnabledAsync();
            await page.Locator(Note).PressSequentiallyAsync("Fjernprint lå stille");
            await Assertions.Expect(page.GetByTestId("no-news")).ToBeHiddenAsync();

            portal.Kill();
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Assertions.Expect(page.GetByTestId("no-news")).ToBeVisibleAsync();
            await page.Locator(Note).PressSequentiallyAsync(" for Anna, 010101 1234, hele dagen");

            var port = portal.Address.Port;
            await portal.DisposeAsync();
            portal = await PortalProcess.StartAsync(folder, ready: new Uri($"http://127.0.0.1:{port}"));
            await Assertions.Expect(page.Locator(Note))
                .ToHaveValueAsync("Fjernprint lå stille for Anna, [CPR-nummer], hele dagen", new() { Timeout = 60_000 });
            await Assertions.Expect(page.Locator("#drafts")).ToContainTextAsync("CPR-nummer");
            Assert.DoesNotMatch(
                PageWalk.PersonNumber, await page.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));
            await browser.IsAccessibleAsync("a draft that was brought back");

            // The server has it too, and forgets nothing: saved, it is no draft any more.
            await page.GetByTestId("incident-from").FillAsync("2026-02-13T12:00");
            await page.GetByTestId("incident-save").ClickAsync();
            await Assertions.Expect(page.GetByTestId("incident-row")).ToContainTextAsync("hele dagen");
            await page.WaitForFunctionAsync("() => Object.keys(sessionStorage).every(key => !key.startsWith('draft:'))");
        }
        finally
        {
            await portal.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_stood_half_written_in_a_chains_menus_when_the_server_was_killed_is_one_press_away_and_never_a_cpr_number()
    {
        var folder = Directory.CreateTempSubdirectory("draft").FullName;
        var portal = await PortalProcess.StartAsync(folder);
        try
        {
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
            await page.Locator("[data-testid=quality-hint] .icon-btn").First.ClickAsync();
            await page.Locator(".hint-reason input").FillAsync("Tallene kommer i januar");

            portal.Kill();
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            var port = portal.Address.Port;
            await portal.DisposeAsync();
            portal = await PortalProcess.StartAsync(folder, ready: new Uri($"http://127.0.0.1:{port}"));
            await Assertions.Expect(page.Locator("#drafts")).ToBeVisibleAsync(new() { Timeout = 60_000 });

            // One after another, each where it was written; what was in the menu opens it again.
            await Assertions.Expect(page.GetByTestId("save-state")).ToHaveTextAsync("gemt");
            var (title, reason) = (page.GetByTestId("chain-title"), page.Locator(".hint-reason input"));
            for (var n = 0; n < 3; n++) await FetchAsync(page);
            await Assertions.Expect(title).ToHaveValueAsync("Kortere ventetid");
            await Assertions.Expect(title).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByTestId("version-name")).ToHaveValueAsync("før mødet med [CPR-nummer]");
            await Assertions.Expect(reason).ToHaveValueAsync("Tallene kommer i januar");
            Assert.DoesNotMatch(
                PageWalk.PersonNumber, await page.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));

            // Saved, it is no draft any more.
            await page.GetByTestId("save-chain").ClickAsync();
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Kortere ventetid");
            await page.GetByTestId("keep-version").ClickAsync();
            await page.WaitForFunctionAsync(
                "() => Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).every(key => key.includes('hint-'))");
        }
        finally
        {
            await portal.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    // What is offered, until another is, or none.
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
