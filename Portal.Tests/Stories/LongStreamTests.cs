using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>The page of messages over a log of thousands.</summary>
public sealed class LongStreamTests
{
    private const int Stored = 3000;
    private const int MostRows = 500;

    private static async Task<List<string>> PushAsync(RunningPortal portal, int count)
    {
        var sent = new List<string>();
        foreach (var part in Enumerable.Range(0, count).Chunk(50))
        {
            var envelopes =
                part.Select(_ => Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z")).ToList();
            foreach (var answer in await Task.WhenAll(envelopes.Select(e => portal.PushAsync(e.Bytes))))
                answer.EnsureSuccessStatusCode().Dispose();
            sent.AddRange(envelopes.Select(e => e.BeskedId));
        }

        return sent;
    }

    [Fact]
    public async Task A_log_of_thousands_scrolls_stays_bounded_and_pauses_without_loss()
    {
        await using var portal = await HostedPortal.StartAsync();
        await PushAsync(portal, Stored);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var (page, rows) = (browser.Page, browser.Page.GetByTestId("message-row"));
        await browser.OpenAsync("/beskeder");
        await Assertions.Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
        await Assertions.Expect(page.GetByText("af 3.000")).ToBeVisibleAsync();
        var first = await rows.CountAsync();
        Assert.InRange(first, 50, 200);

        // Scrolling down loads more rows before the end is reached, in the log's order, up to the window's limit.
        await page.GetByTestId("live-feed").HoverAsync();
        await PortalProcess.EventuallyAsync(
            async () =>
            {
                await page.Mouse.WheelAsync(0, 4000);
                return await rows.CountAsync();
            },
            count => count > 350);
        Assert.InRange(await rows.CountAsync(), 351, MostRows);
        var order = await AllAsync(portal, 500);
        Assert.Equal(order.Take(await rows.CountAsync()), await ShownAsync(rows));

        // A row that is being read keeps its place while others come in above it.
        var held = rows.Nth(300);
        await held.ScrollIntoViewIfNeededAsync();
        await held.HoverAsync();
        var id = await held.GetAttributeAsync("data-besked-id");
        var under = page.Locator($"[data-besked-id='{id}']");
        var before = (await under.BoundingBoxAsync())!.Y;
        await PushAsync(portal, 20);
        await Assertions.Expect(page.GetByTestId("to-top")).ToContainTextAsync("20");
        Assert.Equal(before, (await under.BoundingBoxAsync())!.Y, 1.0);

        // Loading older pages beyond the limit drops the newest rows.
        var newest = (await AllAsync(portal, 1))[0];
        await PortalProcess.EventuallyAsync(
            async () =>
            {
                await page.GetByText("Vis ældre").ClickAsync();
                return await rows.First.GetAttributeAsync("data-besked-id");
            },
            top => top != newest);
        Assert.InRange(await rows.CountAsync(), 300, MostRows);
        await page.GetByTestId("to-top").ClickAsync();
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("data-besked-id", newest);

        await page.Mouse.MoveAsync(5, 5);
        await page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(page.GetByTestId("resume")).ToBeVisibleAsync();
        var top = await rows.First.GetAttributeAsync("data-besked-id");
        var waiting = await PushAsync(portal, 750);
        await Assertions.Expect(page.GetByTestId("resume")).ToContainTextAsync("750");
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("data-besked-id", top!);
        await page.GetByTestId("resume").ClickAsync();
        await Assertions.Expect(page.GetByText("af 3.770")).ToBeVisibleAsync();
        await Assertions.Expect(rows.First).ToHaveAttributeAsync("data-besked-id", (await AllAsync(portal, 1))[0]);
        var shown = await ShownAsync(rows);
        Assert.Equal((await AllAsync(portal, 1000)).Take(shown.Count), shown);
        Assert.All(shown, row => Assert.Contains(row, waiting));
        Assert.InRange(shown.Count, 50, MostRows);
        await browser.IsAccessibleAsync("/beskeder over thousands");
        Assert.Empty(browser.Errors);
    }

    private static async Task<List<string>> ShownAsync(
        ILocator rows) => [.. await rows.EvaluateAllAsync<string[]>("all => all.map(row => row.dataset.beskedId)")];

    private static async Task<List<string>> AllAsync(RunningPortal portal, int limit) =>
        [.. (await portal.GetAsync($"/api/beskeder?limit={limit}"))["items"]!.AsArray().Select(m => m!["beskedId"]!.GetValue<string>())];
}
