using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Changing the language keeps the open page.</summary>
public sealed class LanguageStoryTests
{
    private static async Task SwitchAsync(IPage page, string to)
    {
        // Waits until the page is live, since becoming live renders the menu again, closed.
        await Assertions.Expect(page.Locator("#global-search")).ToBeEnabledAsync();
        var address = page.Url;
        await page.GetByTestId("user-menu").ClickAsync();
        await page.GetByTestId("other-language").ClickAsync();
        await page.WaitForFunctionAsync("to => document.documentElement.lang === to", to);
        Assert.Equal(address.Split('#')[0], page.Url);
    }

    [Fact]
    public async Task Danish_and_english_are_chosen_from_any_page_after_going_about_by_links_and_the_page_stays()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona: null);
        var page = browser.Page;
        await page.GotoAsync("/sager?q=26-0412");
        await Assertions.Expect(page.GetByTestId("english-offered")).ToBeVisibleAsync();
        await page.GetByTestId("language-en").ClickAsync();
        await page.WaitForFunctionAsync("() => document.documentElement.lang === 'en'");
        await page.GetByTestId("login-administrator").ClickAsync();
        await page.IsAtAsync(url => url.EndsWith("/sager?q=26-0412", StringComparison.Ordinal));
        await SwitchAsync(page, "da");

        // By links only: the router changes the address without a request.
        foreach (var link in (string[])["/opfoelgning", "/beskeder", "/beskedkatalog", "/effektkaeder", "/drift", "/"])
        {
            await page.Locator($"#hovedmenu a[href='{link}']").ClickAsync();
            await page.IsAtAsync(url => new Uri(url).AbsolutePath == link);
            await SwitchAsync(page, "en");
            await SwitchAsync(page, "da");
        }

        await browser.OpenAsync("/opfoelgning");
        await page.GetByTestId("filter-reason").ChooseAsync("Fejlet");
        await page.IsAtAsync(url => url.EndsWith("/opfoelgning?grund=failed", StringComparison.Ordinal));
        await SwitchAsync(page, "en");

        await Assertions.Expect(page.Locator("#global-search")).ToBeEnabledAsync();

        // The menu closes on Escape, which keeps the focus on it, and on a click elsewhere.
        var menu = page.Locator("details.user");
        await page.GetByTestId("user-menu").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).Not.ToHaveAttributeAsync("open", "");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('[data-testid=user-menu]')"));
        await page.GetByTestId("user-menu").ClickAsync();
        await page.Locator("h1").ClickAsync();
        await Assertions.Expect(menu).Not.ToHaveAttributeAsync("open", "");

        await page.GetByTestId("user-menu").ClickAsync();
        await page.GetByTestId("log-out").ClickAsync();
        await Assertions.Expect(page.GetByTestId("login-administrator")).ToBeVisibleAsync();
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(browser.Errors);
    }
}
