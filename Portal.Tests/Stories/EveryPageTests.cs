using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Every page is shut to the wrong role; how it looks is in <see cref="EveryPageSeenTests"/>.</summary>
public sealed class EveryPageTests
{
    [Theory]
    [InlineData("facilitator", "/ /beskedkatalog /effektkaeder", "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    [InlineData("sagsbehandler", "/ /beskeder /sager /opfoelgning /forsendelser /driftshaendelser /beskedkatalog", "/karantaene /drift /adgangslog /effektkaeder")]
    [InlineData("leder", "/ /effektkaeder", "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    public async Task A_role_opens_its_own_pages_and_no_others(string persona, string open, string shut)
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona);
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
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona: null);

        await browser.Page.GotoAsync("/beskedkatalog");
        await Assertions.Expect(browser.Page.GetByTestId("login-facilitator")).ToBeVisibleAsync();
        await browser.IsAccessibleAsync("/login");
        await browser.Page.GetByTestId("login-facilitator").ClickAsync();

        await Assertions.Expect(browser.Page.Locator("[data-testid=catalogue-row]").First).ToBeVisibleAsync();
    }
}
