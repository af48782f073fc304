using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What holds for every page: accessible in both themes, the focus always seen, no link that goes astray, and whole on a telephone. The derived classes say in which theme, so that both are looked at side by side.</summary>
public abstract class EveryPageSeenTests
{
    private static readonly string[] Pages = ["/", "/beskeder", "/sager", "/sager/26-0412", "/sager/26-0412/bevis", "/opfoelgning", "/forsendelser", "/driftshaendelser", "/beskedkatalog", "/karantaene", "/drift", "/adgangslog", "/effektkaeder", "/effektkaeder/demo-digital-post-huslejenaevn", "/effektkaeder/demo-digital-post-huslejenaevn/rapport", "/effektkaeder/rapport", "/findes-ikke"];

    private protected abstract (ColorScheme Scheme, int Width, int Height) Screen { get; }

    [Fact]
    public async Task No_page_has_a_violation_at_WCAG_AA_nor_scrolls_sideways()
    {
        var (scheme, width, height) = Screen;
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/karantaene"), list => list["items"]!.AsArray().Count > 0);
        var besked = (await portal.GetAsync("/api/beskeder?limit=1"))["items"]![0]!["beskedId"]!.GetValue<string>();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator", width, height, scheme);
        foreach (var page in (string[])[.. Pages, $"/beskeder/{besked}"])
        {
            await browser.OpenAsync(page);
            await browser.IsAccessibleAsync($"{page} ({scheme})");
            Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{page} scrolls sideways at {width}");
            await PageWalk.ShowsTheFocusAsync(browser.Page, $"{page} ({scheme})");
            await PageWalk.LeavesTheRouterOutAsync(browser.Page, page);
            Assert.Equal("da", await browser.Page.EvaluateAsync<string>("document.documentElement.lang"));
        }
    }
}

public sealed class EveryPageLightTests : EveryPageSeenTests
{
    private protected override (ColorScheme Scheme, int Width, int Height) Screen => (ColorScheme.Light, 1440, 900);
}

public sealed class EveryPageDarkOnATelephoneTests : EveryPageSeenTests
{
    private protected override (ColorScheme Scheme, int Width, int Height) Screen => (ColorScheme.Dark, 390, 844);
}
