using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What of the message pages only a browser shows: the strip that one draws over, and which tab is seen.</summary>
public sealed class MessageStoryTests
{
    [Fact]
    public async Task A_period_is_drawn_over_the_strip_by_pressing_dragging_and_letting_go_and_by_nothing_less()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/beskeder");
        await page.GetByTestId("brush-toggle").ClickAsync();
        var (strip, part) = (page.GetByTestId("brush-strip"), page.Locator("[data-brush]"));
        await Assertions.Expect(strip.Locator("rect")).ToHaveCountAsync(96);

        var box = (await strip.BoundingBoxAsync())!;
        async Task DragAsync(double from, double to, MouseButton button)
        {
            await page.Mouse.MoveAsync((float)(box.X + (from * box.Width)), box.Y + 20);
            await page.Mouse.DownAsync(new() { Button = button });
            await page.Mouse.MoveAsync((float)(box.X + (to * box.Width)), box.Y + 20, new() { Steps = 4 });
        }

        await DragAsync(.25, .5, MouseButton.Right);
        await page.Mouse.UpAsync(new() { Button = MouseButton.Right });
        Assert.DoesNotContain("from=", page.Url, StringComparison.Ordinal);

        // From right to left as well; again, when its script had not come yet.
        await PortalProcess.EventuallyAsync(
            async () =>
            {
                await DragAsync(.5, .25, MouseButton.Left);
                var drawn = await part.EvaluateAsync<string>("e => e.style.opacity + ' ' + Math.round(parseFloat(e.style.left))");
                await page.Mouse.UpAsync();
                return drawn;
            },
            drawn => drawn == "0.18 25");
        await page.IsAtAsync(url => url.Contains("from=", StringComparison.Ordinal) && url.Contains("to=", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("brush-period")).ToContainTextAsync(" til ");
        var share = await part.EvaluateAsync<double>("e => e.getBoundingClientRect().width / e.parentElement.clientWidth");
        Assert.InRange(share, .24, .28);

        // A pointer that moves without being pressed, or whose press was taken over, draws nothing.
        var url = page.Url;
        await page.Mouse.MoveAsync(box.X + 5, box.Y + 20);
        await page.Mouse.DownAsync();
        await strip.DispatchEventAsync("pointercancel");
        await page.Mouse.MoveAsync(box.X + 200, box.Y + 20);
        await page.Mouse.UpAsync();
        Assert.Equal(url, page.Url);
        await page.GetByTestId("brush-clear").ClickAsync();
        await page.IsAtAsync(address => !address.Contains("from=", StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_message_shows_the_tab_that_is_chosen_and_no_other()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/beskeder");
        await page.GetByTestId("message-row").First.GetByRole(AriaRole.Link).First.ClickAsync();
        var detail = page.GetByTestId("message-detail");
        await Assertions.Expect(detail.GetByTestId("message-sentence")).ToBeVisibleAsync();
        await Assertions.Expect(detail.GetByTestId("raw-xml")).ToBeHiddenAsync();
        await detail.GetByRole(AriaRole.Tab).Filter(new() { HasText = "XML" }).ClickAsync();
        await Assertions.Expect(detail.GetByTestId("raw-xml")).ToBeVisibleAsync();
        await Assertions.Expect(detail.GetByTestId("message-sentence")).ToBeHiddenAsync();
        Assert.Empty(browser.Errors);
    }
}
