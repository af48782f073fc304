using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Forms keep what is chosen, and files say that they are being made.</summary>
public sealed class FormStoryTests
{
    [Fact]
    public async Task What_was_chosen_and_picked_before_the_page_was_loaded_again_is_there_again_until_it_is_registered()
    {
        var portal = await SharedPortals.DemoAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/forsendelser");
        var (channel, receipts, day) = (
            page.Locator("#letter-channel"), page.Locator("#letter-receipts"), page.Locator("#letter-sentAt"));
        await channel.ChooseAsync("Fysisk post");
        await page.Locator("#letter-title").FillAsync("Valgt og husket");
        await day.FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await page.Locator(".mud-picker-calendar").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(day).Not.ToHaveValueAsync("");
        await page.WaitForFunctionAsync("() => Object.keys(sessionStorage).filter(k => k.startsWith('draft:')).length === 3");
        var picked = await day.InputValueAsync();
        var before = await receipts.InputValueAsync();

        await page.ReloadAsync();
        await Assertions.Expect(channel).ToHaveValueAsync("Fysisk post");
        await Assertions.Expect(day).ToHaveValueAsync(picked);
        await Assertions.Expect(page.Locator("#letter-title")).ToHaveValueAsync("Valgt og husket");
        await Assertions.Expect(receipts).ToHaveValueAsync(before);
        await Assertions.Expect(page.Locator("#drafts")).ToBeVisibleAsync();

        foreach (var field in (string[])["caseNumber", "letterId", "recipient-name"])
            await page.Locator($"#letter-{field}").FillAsync($"HUSKET-{field}");
        await page.Locator("#letter-identifiers-messageUuid").FillAsync(Guid.NewGuid().ToString());
        await page.GetByTestId("register-letter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("form-result")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(k => k.startsWith('draft:'))");
        await Assertions.Expect(page.Locator("#drafts")).ToBeHiddenAsync();
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_file_says_that_it_is_being_made_and_why_it_was_not_and_comes_when_it_is_tried_again()
    {
        var portal = await SharedPortals.DemoAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/sager/26-0412");
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/*bevis*pdf*", async route =>
        {
            asked.SetResult();
            await answered.Task;
            await route.FulfillAsync(new() { Status = 503, Body = "{}" });
        });
        var (link, status) = (page.GetByTestId("download-evidence"), page.GetByTestId("download-status"));
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await asked.Task;
        await Assertions.Expect(status.GetByRole(AriaRole.Status)).ToContainTextAsync("bliver lavet");
        await Assertions.Expect(link).ToHaveAttributeAsync("aria-busy", "true");

        answered.SetResult();
        await Assertions.Expect(status.GetByRole(AriaRole.Alert)).ToContainTextAsync("Vent et øjeblik, og prøv igen");
        await browser.IsAccessibleAsync("a file that was not made");
        await page.UnrouteAllAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-retry").PressAsync("Enter"));
        Assert.StartsWith("bevis-26-0412", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.True(new FileInfo(await file.PathAsync()).Length > 10_000);
        await Assertions.Expect(status.GetByRole(AriaRole.Status)).ToContainTextAsync(file.SuggestedFilename);
        await Assertions.Expect(link).ToBeFocusedAsync();

        // The file of the measurements says what each number is a number of.
        var measured = await portal.Http.GetStringAsync(
            new Uri("/api/effektkaeder/demo-digital-post-huslejenaevn/maalinger/eksport.csv", UriKind.Relative));
        Assert.Contains("tal;enhed;dag", measured, StringComparison.Ordinal);
        Assert.Contains(";tvister;", measured, StringComparison.Ordinal);

        // Whoever only fetches the address gets the file.
        var address = new Uri(new Uri(page.Url), (await link.GetAttributeAsync("href"))!);
        Assert.Equal(200, (await page.APIRequest.GetAsync(address.ToString())).Status);
    }
}
