using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// Rules for every page: accessible in both themes, a visible focus, links that bypass the router where it cannot show their target, and no
/// sideways scrolling on a telephone. Each page is opened once and checked in the light theme on a wide screen and in the dark theme on a
/// telephone; the two derived classes have half of the pages each, so that they run in parallel.
/// </summary>
public abstract class EveryPageSeenTests
{
    private static readonly (string Theme, int Width, int Height)[] Screens = [("light", 1440, 900), ("dark", 390, 844)];

    private protected abstract string[] Pages { get; }

    [Fact]
    public async Task No_page_has_a_violation_at_WCAG_AA_nor_scrolls_sideways()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/karantaene"), list => list["items"]!.AsArray().Count > 0);
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/beskeder?limit=1"), list => list["items"]!.AsArray().Count > 0);
        var besked = (await portal.GetAsync("/api/beskeder?limit=1"))["items"]![0]!["beskedId"]!.GetValue<string>();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var shown = 0;
        foreach (var page in Pages.Select(p => p.Replace("{besked}", besked, StringComparison.Ordinal)))
        {
            await browser.OpenAsync(page);
            Assert.Equal("da", await browser.Page.EvaluateAsync<string>("document.documentElement.lang"));
            await PageWalk.LeavesTheRouterOutAsync(browser.Page, page);
            await IsWholeAsync(browser, page, Screens[shown]);

            // The next page opens on the screen that this one ends with, so that each page needs only one switch.
            shown = 1 - shown;
            await ShowAsync(browser.Page, Screens[shown]);
            await IsWholeAsync(browser, page, Screens[shown]);
        }
    }

    private static async Task IsWholeAsync(Browser browser, string page, (string Theme, int Width, int Height) screen)
    {
        var where = $"{page} ({screen.Theme}, {screen.Width})";
        await Assertions.Expect(browser.Page.Locator("html")).ToHaveAttributeAsync("data-theme", screen.Theme);
        await browser.IsAccessibleAsync(where);
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
            $"{where} scrolls sideways");
        await PageWalk.ShowsTheFocusAsync(browser.Page, where);
    }

    private static async Task ShowAsync(IPage page, (string Theme, int Width, int Height) screen)
    {
        await page.SetViewportSizeAsync(screen.Width, screen.Height);
        await page.GetByTestId("user-menu").ClickAsync();
        await page.Locator($".user-menu [data-theme-choice={screen.Theme}]").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
    }
}

public sealed class MessagePagesSeenTests : EveryPageSeenTests
{
    private protected override string[] Pages =>
        ["/", "/beskeder", "/beskeder/{besked}", "/sager", "/sager/26-0412", "/sager/26-0412/bevis", "/opfoelgning", "/forsendelser",
            "/beskedkatalog"];
}

public sealed class ChainAndOperationPagesSeenTests : EveryPageSeenTests
{
    private protected override string[] Pages =>
    [
        "/driftshaendelser", "/karantaene", "/drift", "/adgangslog", "/adgangslog/indsigt", "/adgang", "/effektkaeder",
        "/effektkaeder/demo-digital-post-huslejenaevn",
        "/effektkaeder/demo-digital-post-huslejenaevn/rapport", "/effektkaeder/rapport", "/findes-ikke",
    ];
}
