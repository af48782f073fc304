using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A lost connection leaves the text readable, says so, and the page is true again by itself.</summary>
public sealed class ReconnectTests
{
    private const string When = "2026-02-13T12:00:00Z";

    private static async Task<string> PushAsync(PortalProcess portal, string action = KnownHandlinger.Fejlet)
    {
        var (id, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), action, When);
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        return id;
    }

    private static ILocator Row(IPage page, string beskedId) => page.Locator($"[data-testid=message-row][data-besked-id='{beskedId}']");

    // The bar stands below; what is written in the row is seen and can be pointed at.
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
    public async Task A_network_that_was_away_leaves_the_page_as_it_was_and_brings_what_came_meanwhile()
    {
        await using var portal = await PortalProcess.StartAsync();
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
