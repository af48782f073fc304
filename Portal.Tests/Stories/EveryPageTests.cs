using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Every page is closed to the wrong role; <see cref="EveryPageSeenTests"/> checks how pages look.</summary>
public sealed class EveryPageTests
{
    private const string OfFacilitators = "/ /adgang /beskedkatalog /effektkaeder";
    private const string OfCaseworkers = "/ /adgang /beskeder /sager /opfoelgning /forsendelser /driftshaendelser";
    private const string OfManagers = "/ /adgang /effektkaeder";

    // What a closed page must not show, and the page where an administrator sees it.
    private static readonly (string Page, string Row)[] Rows =
    [
        ("/beskeder", "message-row"), ("/sager", "case-row"), ("/karantaene", "quarantine-row"), ("/drift", "transport"),
        ("/adgangslog", "access-row"), ("/effektkaeder", "chain-card"),
    ];

    [Fact]
    public async Task An_administrator_finds_the_rows_that_are_shut_to_others()
    {
        var portal = await SharedPortals.DemoAsync();
        await RunningPortal.EventuallyAsync(() => portal.GetAsync("/api/karantaene"), list => list["items"]!.AsArray().Count > 0);
        using (var searched = await portal.Http.PostAsJsonAsync("/api/sager/soeg", new { cpr = "0101011234", purpose = "Klage" }))
            searched.EnsureSuccessStatusCode();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        foreach (var (page, row) in Rows)
        {
            await browser.Page.GotoAsync(page);
            await Assertions.Expect(browser.Page.GetByTestId(row).First).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData(
        "facilitator", OfFacilitators, "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    [InlineData("sagsbehandler", OfCaseworkers, "/karantaene /drift /adgangslog /effektkaeder /beskedkatalog")]
    [InlineData("leder", OfManagers, "/beskeder /sager /forsendelser /driftshaendelser /opfoelgning /karantaene /drift /adgangslog")]
    public async Task A_role_opens_its_own_pages_and_no_others(string persona, string open, string shut)
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona);
        foreach (var page in open.Split(' '))
        {
            var answer = await browser.Page.GotoAsync(page);
            Assert.Equal(200, answer!.Status);
            await Assertions.Expect(browser.Page.Locator("main h1").First).ToBeVisibleAsync();
        }

        foreach (var page in shut.Split(' '))
        {
            var answer = await browser.Page.GotoAsync(page);
            Assert.True(answer!.Status == 403, $"{page} as {persona}: {answer.Status}");
            Assert.Equal(0, await browser.Page.Locator(string.Join(", ", Rows.Select(r => $"[data-testid={r.Row}]"))).CountAsync());
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
