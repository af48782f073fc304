using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Whole chains in a real browser: created, renamed, saved as versions, deleted, restored, imported.</summary>
public sealed class GalleryStoryTests
{
    [Fact]
    public async Task A_facilitator_makes_renames_keeps_compares_deletes_restores_and_imports_chains()
    {
        await using var portal = await HostedPortal.StartAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var page = browser.Page;

        // Created from an example.
        await browser.OpenAsync("/effektkaeder");
        await page.GetByTestId("new-chain").ClickAsync();
        await Assertions.Expect(page.GetByTestId("new-title")).ToBeVisibleAsync();
        await browser.IsAccessibleAsync("new chain");
        await page.GetByTestId("new-title").FillAsync("Post i huslejesager");
        await page.GetByTestId("new-from").ChooseAsync("Eksempel: Bevis for digital post i huslejesager");
        await page.GetByTestId("make-chain").ClickAsync();
        await page.IsAtAsync(url => url.Contains("/effektkaeder/", StringComparison.Ordinal));
        var id = page.Url.Split('/')[^1];
        Assert.NotEmpty((await portal.GetAsync($"/api/effektkaeder/{id}"))["elements"]!.AsArray());

        // Renamed, saved as a version, changed, compared.
        await browser.OpenAsync($"/effektkaeder/{id}/workshop");
        await page.GetByTestId("chain-menu").Locator("button").First.ClickAsync();
        await page.GetByTestId("chain-title").FillAsync("Bevis for post");
        await page.GetByTestId("save-chain").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Bevis for post");
        await page.GetByTestId("keep-version").ClickAsync();
        await Assertions.Expect(page.GetByText("Versionen »før workshop« er gemt.")).ToBeVisibleAsync();
        await page.GetByTestId("chain-department-edit").FillAsync("Teknik og Miljø");
        await page.GetByTestId("save-chain").ClickAsync();
        await PortalProcess.EventuallyAsync(
            () => portal.GetAsync($"/api/effektkaeder/{id}"), chain => chain["department"]!.GetValue<string>() == "Teknik og Miljø");
        await page.GetByTestId("versions").ClickAsync();
        await Assertions.Expect(page.GetByTestId("comparison")).ToContainTextAsync("Teknik og Miljø");
        await Assertions.Expect(page.GetByTestId("comparison")).ToContainTextAsync("Afdeling");
        await browser.IsAccessibleAsync("comparison");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("comparison")).ToHaveCountAsync(0);

        // Exported files.
        var png = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-png").ClickAsync());
        Assert.EndsWith(".png", png.SuggestedFilename, StringComparison.Ordinal);
        var picture = await File.ReadAllBytesAsync(await png.PathAsync());
        Assert.Equal("\x89PNG"u8[2..].ToArray(), picture[1..4]);
        Assert.True(picture.Length > 20_000, $"the picture has {picture.Length} bytes");
        var json = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Hent som JSON").ClickAsync());
        var exported = await File.ReadAllTextAsync(await json.PathAsync());

        // Deleted, undone, deleted, restored from the trash.
        await page.GetByTestId("delete-chain").ClickAsync();
        await Assertions.Expect(page.GetByTestId("chain-deleted")).ToContainTextAsync("Bevis for post");
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(0);
        await page.GetByTestId("undo-delete").ClickAsync();
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(1);
        Assert.True((await portal.Http.DeleteAsync(new Uri($"/api/effektkaeder/{id}", UriKind.Relative))).IsSuccessStatusCode);
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(0);
        await page.GetByTestId("trash").Locator("summary").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trash-row")).ToContainTextAsync("30 dage tilbage");
        await page.GetByTestId("restore").ClickAsync();
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("open-hints")).ToBeVisibleAsync();

        // Imported: a wrong file is reported with line and field and creates nothing; a right one creates a chain.
        await page.GetByTestId("new-chain").ClickAsync();
        await Assertions.Expect(page.GetByTestId("import-file")).ToBeEnabledAsync();
        await page.GetByTestId("import-file").SetInputFilesAsync(
            FileOf("{\n \"title\": \"x\",\n \"elements\": [\n  { \"id\": \"a\", \"kind\": \"noget\", \"text\": \"t\" } ]\n}"));
        await Assertions.Expect(page.GetByTestId("import-wrong")).ToContainTextAsync("Linje 4, elements[0].kind");
        Assert.Single((await portal.GetAsync("/api/effektkaeder"))["items"]!.AsArray());
        await page.GetByTestId("import-file").SetInputFilesAsync(FileOf(exported));
        await page.IsAtAsync(url => url.Contains("/effektkaeder/", StringComparison.Ordinal));
        Assert.Equal(2, (await portal.GetAsync("/api/effektkaeder"))["items"]!.AsArray().Count);

        // Filtered; the filter is in the address.
        await browser.OpenAsync("/effektkaeder?afdeling=Teknik%20og%20Milj%C3%B8");
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(2);
        await page.GetByTestId("chain-search").FillAsync("findes ikke");
        await page.GetByTestId("chain-search").PressAsync("Enter");
        await page.IsAtAsync(url => url.Contains("tekst=findes", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("chain-card")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_gallery_and_the_big_screen_have_no_violation_in_either_theme_and_fit_a_telephone()
    {
        var portal = await SharedPortals.DemoAsync();
        var chains =
            await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/effektkaeder"), list => list["items"]!.AsArray().Count == 3);
        var id = chains["items"]![0]!["id"]!.GetValue<string>();
        foreach (var (scheme, width, height) in ((ColorScheme, int, int)[])[(ColorScheme.Light, 1440, 900), (ColorScheme.Dark, 390, 844)])
        {
            await using var browser = await Browser.SignInAsync(portal.Address, "facilitator", width, height, scheme);
            foreach (var path in (string[])["/effektkaeder", $"/effektkaeder/{id}/workshop"])
            {
                await browser.OpenAsync(path);
                foreach (var menu in await browser.Page.Locator(".tool-menu > button").AllAsync())
                {
                    await menu.ClickAsync();
                    await browser.IsAccessibleAsync($"{path} ({scheme}), with a menu open");
                    await browser.Page.Locator(".tool-close:visible").ClickAsync();
                }

                await browser.IsAccessibleAsync($"{path} ({scheme})");
                Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                    $"{path} scrolls sideways at {width}");
            }
        }
    }

    [Theory]
    [InlineData("leder", 200)]
    [InlineData("sagsbehandler", 403)]
    public async Task Managers_read_and_caseworkers_do_not(string persona, int status)
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona);
        Assert.Equal(status, (await browser.Page.GotoAsync("/effektkaeder"))!.Status);
        Assert.Equal(status == 200 ? 1 : 0, await browser.Page.Locator("nav a[href='/effektkaeder']").CountAsync());
        Assert.Equal(0, await browser.Page.GetByTestId("new-chain").CountAsync());
    }

    private static FilePayload FileOf(string json) =>
        new() { Name = "kæde.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(json) };
}
