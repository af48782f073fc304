using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What holds for every page: accessible in both themes, whole on a telephone, and shut to the wrong role.</summary>
public sealed class EveryPageTests(DemoPortal one) : IClassFixture<DemoPortal>
{
    private static readonly string[] Pages = ["/", "/beskeder", "/sager", "/sager/26-0412", "/sager/26-0412/bevis", "/opfoelgning", "/forsendelser", "/driftshaendelser", "/beskedkatalog", "/karantaene", "/drift", "/adgangslog", "/effektkaeder", "/effektkaeder/demo-digital-post-huslejenaevn", "/effektkaeder/demo-digital-post-huslejenaevn/rapport", "/effektkaeder/rapport", "/findes-ikke"];

    [Fact]
    public async Task No_page_has_a_violation_at_WCAG_AA_in_either_theme_nor_scrolls_sideways_on_a_telephone()
    {
        var portal = one.Portal;
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/karantaene"), list => list["items"]!.AsArray().Count > 0);
        var besked = (await portal.GetAsync("/api/beskeder?limit=1"))["items"]![0]!["beskedId"]!.GetValue<string>();
        foreach (var (scheme, width, height) in ((ColorScheme, int, int)[])[(ColorScheme.Light, 1440, 900), (ColorScheme.Dark, 390, 844)])
        {
            await using var browser = await Browser.SignInAsync(portal.Address, "administrator", width, height, scheme);
            foreach (var page in (string[])[.. Pages, $"/beskeder/{besked}"])
            {
                await browser.OpenAsync(page);
                await browser.IsAccessibleAsync($"{page} ({scheme})");
                Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{page} scrolls sideways at {width}");
                Assert.Equal("da", await browser.Page.EvaluateAsync<string>("document.documentElement.lang"));
            }
        }
    }

    [Theory]
    [InlineData("facilitator", "/ /beskedkatalog /effektkaeder", "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    [InlineData("sagsbehandler", "/ /beskeder /sager /opfoelgning /forsendelser /driftshaendelser /beskedkatalog", "/karantaene /drift /adgangslog /effektkaeder")]
    [InlineData("leder", "/ /effektkaeder", "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    public async Task A_role_opens_its_own_pages_and_no_others(string persona, string open, string shut)
    {
        await using var browser = await Browser.SignInAsync(one.Address, persona);
        foreach (var page in open.Split(' '))
        {
            var answer = await browser.Page.GotoAsync(page);
            Assert.Equal(200, answer!.Status);
            await browser.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await browser.IsAccessibleAsync($"{page} as {persona}");
        }

        foreach (var page in shut.Split(' '))
        {
            var answer = await browser.Page.GotoAsync(page);
            Assert.True(answer!.Status == 403, $"{page} as {persona}: {answer.Status}");
            Assert.Equal(0, await browser.Page.Locator("[data-testid=message-row], [data-testid=case-row], [data-testid=quarantine-row], [data-testid=transport]").CountAsync());
        }
    }

    [Fact]
    public async Task Without_sign_in_every_page_leads_to_the_sign_in_page_and_back()
    {
        await using var browser = await Browser.SignInAsync(one.Address, persona: null);

        await browser.Page.GotoAsync("/beskedkatalog");
        await Assertions.Expect(browser.Page.GetByTestId("login-facilitator")).ToBeVisibleAsync();
        await browser.IsAccessibleAsync("/login");
        await browser.Page.GetByTestId("login-facilitator").ClickAsync();

        await Assertions.Expect(browser.Page.Locator("[data-testid=catalogue-row]").First).ToBeVisibleAsync();
    }
}

/// <summary>A portal with demo data, for all that only look.</summary>
public sealed class DemoPortal : IAsyncLifetime
{
    internal PortalProcess Portal { get; private set; } = null!;

    /// <summary>Where it is met.</summary>
    public Uri Address => Portal.Address;

    public async ValueTask InitializeAsync() => Portal = await PortalProcess.StartAsync(demo: true);

    public async ValueTask DisposeAsync() => await Portal.DisposeAsync();
}
