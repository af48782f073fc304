using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What a facilitator does in a day, by keyboard.</summary>
internal sealed class FacilitatorKeys(IPage page, KeyboardPerson person)
{
    private readonly string _title = "Tastatur " + Guid.NewGuid().ToString("N")[..8];

    private static string Box(string id) => $"[data-element-id='{id}']";

    public async Task MakeAsync()
    {
        await person.OpenAsync("/effektkaeder");
        await person.PressOnAsync("[data-testid=new-chain]");
        await Assertions.Expect(page.Locator("#new-chain-title")).ToBeFocusedAsync();
        person.Where = "a new chain";
        await person.TypeAsync(_title);
        await person.ChooseAsync("[data-testid=new-from]", "Eksempel: Bevis for digital post i huslejesager");
        await person.PressOnAsync("[data-testid=make-chain]");
        await page.IsAtAsync(url => url.Contains("/effektkaeder/", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(_title);
        await person.LiveAsync();
    }

    public async Task WriteInOutlineAsync()
    {
        person.Where = "the outline";
        await person.PressOnAsync("[data-testid=outline-add][data-kind=problem]");
        await Assertions.Expect(page.Locator("[data-testid=chain-outline] textarea:focus")).ToHaveCountAsync(1);
        await person.TypeAsync("Mange ringer");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("chain-outline")).ToContainTextAsync("Mange ringer");
        await person.PressAsync("Tab");
    }

    public async Task EditOnCanvasAsync()
    {
        person.Where = "the canvas";
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
        var boxes = await page.GetByTestId("chain-element").CountAsync();
        await person.PressOnAsync("[data-testid=add-element]");
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await person.TypeAsync("Mange ringer");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("chain-element")).ToHaveCountAsync(boxes + 1);
        var made = (await page.EvaluateAsync<string>("document.activeElement.closest('[data-element-id]').dataset.elementId"))!;

        await person.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await person.TypeAsync(" hver dag");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(Box(made))).ToContainTextAsync("Mange ringer hver dag");

        var before = await page.Locator(Box(made)).GetAttributeAsync("data-r");
        await person.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(page.Locator(Box(made))).Not.ToHaveAttributeAsync("data-r", before!);

        // Linked with a box of another place, which the arrow keys would lead to as well.
        var capability = (await page.Locator("[data-testid=chain-element][data-kind=capability]").First
            .GetAttributeAsync("data-element-id"))!;
        await person.PressAsync("l");
        await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "true");
        await person.PressOnAsync(Box(capability), "l");
        await Assertions.Expect(page.Locator($".links .link:is([data-from='{made}'], [data-to='{made}'])")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    public async Task OpenWorkshopAndVoteAsync()
    {
        person.Where = "the workshop";
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=open-workshop]");
        await Assertions.Expect(page.GetByTestId("join-code").First).ToBeVisibleAsync();
        await person.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await person.PressOnAsync("[data-testid=votes-start]");
        await person.PressAsync("Escape");
        if (await page.GetByTestId("chain-element").CountAsync() > 0)
        {
            // Votes are given in the panel of the box.
            if (await page.GetByTestId("aside-toggle").GetAttributeAsync("aria-expanded") == "false")
                await person.PressOnAsync("[data-testid=aside-toggle]");
            await person.ToAsync("[data-testid=chain-element]");
            await person.PressAsync("Escape");
            await person.PressAsync(" ");
        }

        await person.PressOnAsync("[data-testid=vote]");
        await Assertions.Expect(page.GetByTestId("votes-left")).ToContainTextAsync("2");
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=votes-show]");
        await Assertions.Expect(page.GetByTestId("votes-total").First).ToBeAttachedAsync();
    }

    public async Task PresentAndExportAsync()
    {
        person.Where = "presenting";
        await person.PressOnAsync("[data-testid=big-screen]");
        await page.IsAtAsync(url => url.EndsWith("/workshop", StringComparison.Ordinal));
        await person.LiveAsync();
        await MenuAsync("chain-menu");
        await person.ToAsync("[data-testid=chain-menu] a[download][href*='json']");
        var download = await page.RunAndWaitForDownloadAsync(() => person.PressAsync("Enter"));
        Assert.EndsWith(".json", download.SuggestedFilename, StringComparison.Ordinal);
        await person.PressAsync("Escape");
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=close-workshop]");
        await person.PressOnAsync("[data-testid=confirm]");
        await Assertions.Expect(page.GetByTestId("open-workshop")).ToBeVisibleAsync();
        await person.PressAsync("Tab");
    }

    private async Task MenuAsync(string testId)
    {
        await person.PressOnAsync($"[data-testid={testId}] > button");
        await Assertions.Expect(page.Locator($"[data-testid={testId}] > button")).ToHaveAttributeAsync("aria-expanded", "true");
    }
}
