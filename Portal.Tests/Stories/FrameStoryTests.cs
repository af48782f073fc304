using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What the frame around all pages does for whoever uses a mouse, a keyboard and more than one tab.</summary>
public sealed class FrameStoryTests
{
    [Fact]
    public async Task A_tab_that_is_closed_leaves_what_was_being_written_to_the_next_one_and_nothing_after_sign_out()
    {
        const string Note = "#incident-text";
        const string Text = "Fjernprint lå stille for 010101-1234";
        await using var browser = await Browser.SignInAsync((await SharedPortals.EmptyAsync()).Address, "sagsbehandler");
        var first = browser.Page;
        await browser.OpenAsync("/driftshaendelser");
        await first.Locator(Note).PressSequentiallyAsync(Text);

        var second = await first.Context.NewPageAsync();
        await first.CloseAsync();
        await second.GotoAsync("/driftshaendelser");
        await Assertions.Expect(second.Locator(Note)).ToHaveValueAsync("Fjernprint lå stille for [CPR-nummer]");
        Assert.DoesNotMatch(PageWalk.PersonNumber, await second.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));

        var third = await second.Context.NewPageAsync();
        await second.CloseAsync();
        await third.GotoAsync("/");
        await Assertions.Expect(third.Locator("#global-search")).ToBeEnabledAsync();
        await third.Locator("details.user > summary").ClickAsync();
        await third.GetByTestId("log-out").ClickAsync();
        await third.WaitForURLAsync(url => url.Contains("/login", StringComparison.Ordinal));
        Assert.Empty(await third.EvaluateAsync<string[]>("[...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(k => k.startsWith('draft:') || k.startsWith('drafts-left:'))"));
    }

    [Fact]
    public async Task What_lies_on_a_chain_card_is_clicked_where_it_is_seen_and_the_next_page_begins_at_its_top()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "leder");
        var page = browser.Page;
        await page.SetViewportSizeAsync(1440, 500);
        foreach (var way in (string[])["card-benefits", "card-report"])
        {
            await browser.OpenAsync("/effektkaeder");
            await page.GetByTestId(way).Last.ScrollIntoViewIfNeededAsync();
            var box = (await page.GetByTestId(way).Last.BoundingBoxAsync())!;
            await page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
            await page.WaitForURLAsync(url => url.EndsWith(way == "card-benefits" ? "/gevinster" : "/rapport", StringComparison.Ordinal));
            await page.WaitForFunctionAsync("() => document.activeElement?.matches('h1, [data-page-start]')");
            Assert.Equal(0, await page.EvaluateAsync<double>("scrollY"));
        }
    }

    [Fact]
    public async Task A_dialog_opens_with_its_first_field_and_a_number_that_was_refused_does_not_follow_to_the_next_page()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/sager/26-0412");
        await page.GetByTestId("hold").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hold-reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Locator("#global-search").FillAsync("010101-1234");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#global-search-hint")).ToBeVisibleAsync();
        await page.Locator("#hovedmenu").GetByRole(AriaRole.Link, new() { Name = "Opfølgning" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync("Opfølgning");
        await Assertions.Expect(page.Locator("#global-search-hint")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#global-search")).ToHaveValueAsync("");
    }
}
