using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Benefits in a real browser: described, entered, pasted and moving while one looks; read by a manager from the overview.</summary>
public sealed class BenefitStoryTests
{
    private const string Chain = "demo-digital-post-huslejenaevn";

    [Fact]
    public async Task A_facilitator_measures_sees_numbers_move_and_a_manager_finds_them_on_the_overview()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/effektkaeder"), list => list["items"]!.AsArray().Count == 3);
        await PortalProcess.EventuallyAsync(() => portal.GetAsync($"/api/effektkaeder/{Chain}/maalinger"), list => list["items"]!.AsArray().Count >= 12);
        await using (var browser = await Browser.SignInAsync(portal.Address, "facilitator"))
        {
            var page = browser.Page;
            await browser.OpenAsync($"/effektkaeder/{Chain}");
            await page.GetByTestId("to-benefits").ClickAsync();
            await page.WaitForURLAsync("**/gevinster");
            var hours = page.Locator("[data-testid=benefit-row][data-element-id=g2]");
            await Assertions.Expect(hours.GetByTestId("benefit-state")).ToContainTextAsync("på vej");
            await Assertions.Expect(hours.GetByTestId("describe")).ToBeEnabledAsync();
            await FitsAsync(browser, "gevinster 1440");

            // Another system's number moves what is worked out from it, while one looks.
            var before = await hours.GetByTestId("now").TextContentAsync();
            var answer = await portal.Http.PostAsJsonAsync($"/api/effektkaeder/{Chain}/maalinger", new { elementId = "d1", at = DateTimeOffset.UtcNow, value = 1 });
            Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
            await Assertions.Expect(hours.GetByTestId("now")).Not.ToHaveTextAsync(before!);
            await Assertions.Expect(page.Locator("[data-testid=helper-row][data-element-id=d1] [data-testid=measurement]").First).ToContainTextAsync("fra et andet system");

            // Described: what is wrong is said beside the form, and nothing is lost.
            await hours.GetByTestId("describe").ClickAsync();
            await Assertions.Expect(page.GetByTestId("formula")).ToBeVisibleAsync();
            await browser.IsAccessibleAsync("indicator form");
            await page.GetByTestId("formula").FillAsync("tvister ÷ 0");
            await page.GetByTestId("indicator-save").ClickAsync();
            await Assertions.Expect(page.GetByTestId("indicator-problems")).ToContainTextAsync("divideres med nul");
            await Assertions.Expect(page.GetByTestId("formula")).ToHaveValueAsync("tvister ÷ 0");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.GetByTestId("formula")).ToHaveValueAsync("tvister ÷ 0");
            await page.GetByTestId("confirm").ClickAsync();
            await Assertions.Expect(page.GetByTestId("indicator-form")).ToHaveCountAsync(0);

            // Pasted: shown first, then saved.
            await page.Locator("[data-testid=benefit-row][data-element-id=n1]").GetByTestId("paste").ClickAsync();
            await page.GetByTestId("paste-text").FillAsync("januar 2026\t2,5\nfebruar 2026\tmange");
            await Assertions.Expect(page.GetByTestId("paste-summary")).ToContainTextAsync("1 linje forstået, 1 ikke forstået");
            await Assertions.Expect(page.GetByTestId("paste-save")).ToBeDisabledAsync();
            await browser.IsAccessibleAsync("paste");
            await page.GetByTestId("paste-text").FillAsync("januar 2026\t2,5");
            await page.GetByTestId("paste-save").ClickAsync();
            await Assertions.Expect(page.GetByTestId("paste-text")).ToHaveCountAsync(0);
            Assert.Empty(browser.Errors);
        }

        await using (var telephone = await Browser.SignInAsync(portal.Address, "facilitator", 390, 844, ColorScheme.Dark))
        {
            await telephone.OpenAsync($"/effektkaeder/{Chain}/gevinster");
            await FitsAsync(telephone, "gevinster 390 dark");
        }

        await using var manager = await Browser.SignInAsync(portal.Address, "leder");
        await Assertions.Expect(manager.Page.Locator($"[data-testid=portfolio-row][data-chain-id={Chain}]")).ToContainTextAsync("ventet");
        await Assertions.Expect(manager.Page.Locator($"[data-chain-id={Chain}] [data-testid=portfolio-report]")).ToHaveAttributeAsync("href", $"/effektkaeder/{Chain}/rapport");
        await FitsAsync(manager, "overview of a manager");
        await manager.OpenAsync($"/effektkaeder/{Chain}/gevinster");
        await Assertions.Expect(manager.Page.GetByTestId("benefit-row")).ToHaveCountAsync(4);
        Assert.Equal(0, await manager.Page.Locator("main form, [data-testid=describe]").CountAsync());
    }

    private static async Task FitsAsync(Browser browser, string where)
    {
        await browser.IsAccessibleAsync(where);
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{where} scrolls sideways");
    }
}
