using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A server that dies under someone who writes; two who build a whole chain are in <see cref="ChainBuildStoryTests"/>.</summary>
public sealed class ChainStoryTests
{
    private static ILocator Boxes(IPage page) => page.GetByTestId("chain-element");

    private static ILocator Box(IPage page, string text) => Boxes(page).Filter(new() { HasText = text });

    private static async Task<string> EmptyChainAsync(RunningPortal portal)
    {
        using var body = new StringContent("""{ "title": "Fælles kæde", "elements": [] }""", Encoding.UTF8, "application/json");
        using var answer = await portal.Http.PostAsync(new Uri("/api/effektkaeder", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GotoAsync($"/effektkaeder/{id}");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
    }

    private static async Task WriteByMouseAsync(IPage page, string kind, string text)
    {
        await page.GetByTestId("add-kind").SelectOptionAsync(kind);
        await page.GetByTestId("add-element").ClickAsync();
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Box(page, text)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_a_sentence_loses_neither_the_chain_nor_the_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("chain").FullName;
        var portal = await PortalProcess.StartAsync(folder);
        try
        {
            var id = await EmptyChainAsync(portal);
            await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
            var page = browser.Page;
            await OpenAsync(page, id);
            await WriteByMouseAsync(page, "purpose", "Det første");
            await Boxes(page).First.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(" og en halv sætn");

            portal.Kill();
            var port = portal.Address.Port;
            await portal.DisposeAsync();
            portal = await PortalProcess.StartAsync(folder, ready: new Uri($"http://127.0.0.1:{port}"));

            await Assertions.Expect(page.GetByTestId("kept")).ToContainTextAsync("Det første og en halv sætn", new() { Timeout = 60_000 });
            await Assertions.Expect(Box(page, "Det første")).ToHaveCountAsync(1);
            await page.GetByTestId("kept-save").ClickAsync();
            await Assertions.Expect(Box(page, "Det første og en halv sætn")).ToHaveCountAsync(1);
            await Assertions.Expect(page.GetByTestId("kept")).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByTestId("undo")).ToBeEnabledAsync();
        }
        finally
        {
            await portal.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
