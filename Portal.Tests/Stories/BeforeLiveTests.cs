using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A page that is shown but not yet live accepts no input, which would be lost; clicks made right after it is live count.
/// </summary>
public sealed class BeforeLiveTests
{
    private const string Script = "**/_framework/blazor.web*.js";

    private static readonly string[] Pages =
    [
        "/", "/beskeder", "/sager", "/opfoelgning", "/karantaene", "/beskedkatalog", "/effektkaeder",
        "/effektkaeder/demo-digital-post-huslejenaevn",
        "/effektkaeder/demo-digital-post-huslejenaevn/gevinster", "/adgangslog", "/drift", "/driftshaendelser", "/forsendelser",
    ];

    // The controls of page and header that can be used now. Language and sign-out are plain forms, which always work.
    private const string Usable =
        "() => [...document.querySelectorAll('main :is(button, select, input, textarea), header :is(button, select, input, textarea)')]"
        + ".filter(e => !e.matches(':disabled') && !e.closest('.user-menu')).map(e => e.outerHTML.slice(0, 120))";

    [Fact]
    public async Task Nothing_can_be_chosen_before_a_page_is_live_and_everything_after()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "administrator");
        var page = browser.Page;
        await page.RouteAsync(Script, route => route.AbortAsync());
        foreach (var path in Pages)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            await Assertions.Expect(page.GetByTestId("until-live")).ToHaveAttributeAsync("disabled", "");
            Assert.Empty(await page.EvaluateAsync<string[]>(Usable));
        }

        await page.UnrouteAsync(Script);
        await browser.OpenAsync("/opfoelgning");
        await Assertions.Expect(page.GetByTestId("until-live")).Not.ToHaveAttributeAsync("disabled", "");
        await page.GetByTestId("filter-reason").ChooseAsync("Fejlet");
        await page.IsAtAsync(url => url.EndsWith("/opfoelgning?grund=failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_leads_on_though_it_is_replaced_while_it_is_pressed_and_loads_a_whole_page_while_its_own_is_not_live()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "administrator");
        var page = browser.Page;
        var link = (await page.Locator("#hovedmenu a[href='/sager']").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(link.X + (link.Width / 2), link.Y + (link.Height / 2));
        await page.Mouse.DownAsync();
        await page.Locator("#hovedmenu a[href='/sager']").EvaluateAsync("a => a.replaceWith(a.cloneNode(true))");
        await page.Mouse.UpAsync();
        await page.IsAtAsync(url => url.EndsWith("/sager", StringComparison.Ordinal));

        await page.RouteAsync("**/_blazor/negotiate*", route => route.AbortAsync());
        await page.GotoAsync("/beskeder");
        await page.EvaluateAsync("window.fromBefore = true");
        await page.Locator("#hovedmenu a[href='/opfoelgning']").ClickAsync();
        await page.IsAtAsync(url => url.EndsWith("/opfoelgning", StringComparison.Ordinal));
        Assert.False(await page.EvaluateAsync<bool>("'fromBefore' in window"));
    }

    [Fact]
    public async Task A_row_that_is_clicked_before_the_stream_listens_opens_as_soon_as_it_does()
    {
        var portal = await SharedPortals.EmptyAsync();
        var (id, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Fejlet, "2026-02-13T12:00:00Z");
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var (page, held) = (browser.Page, new TaskCompletionSource());
        await page.RouteAsync("**/MessagesPage.razor.js*", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/beskeder", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("#global-search")).ToBeEnabledAsync();
        await page.Locator($"[data-testid=message-row][data-besked-id='{id}'] td").Nth(3).ClickAsync();
        held.SetResult();
        await Assertions.Expect(page.GetByTestId("message-detail")).ToBeVisibleAsync();
        await page.IsAtAsync(url => url.Contains($"valgt={id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reason_chosen_while_another_program_holds_the_database_is_in_force_at_once_and_afterwards()
    {
        // Default Timeout: reads that wait for the other program give up after 5 seconds instead of 30.
        await using var portal = await HostedPortal.StartAsync(
            settings: ["--Database:ConnectionString=Data Source={folder}/portal.db;Default Timeout=5"]);
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var page = browser.Page;
        var (_, bytes) = Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Fejlet, "2026-02-13T12:00:00Z");
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        await browser.OpenAsync("/sager");

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(portal.Folder, "portal.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = other.BeginTransaction(deferred: false);
            await page.Locator("#hovedmenu a[href='/opfoelgning']").ClickAsync();
            await page.GetByTestId("filter-reason").ChooseAsync("Retur");
            await page.IsAtAsync(url => url.EndsWith("/opfoelgning?grund=returned", StringComparison.Ordinal));
            await Assertions.Expect(page.Locator("main .empty")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByTestId("filter-reason")).ToHaveValueAsync("Retur");
        }

        await page.GetByTestId("filter-owner").ChooseAsync("Ingen endnu");
        await page.IsAtAsync(url => url.EndsWith("/opfoelgning?grund=returned&ejer=ingen", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("filter-reason")).ToHaveValueAsync("Retur");
        await Assertions.Expect(page.Locator("main .empty")).ToBeVisibleAsync();
        Assert.Empty(browser.Errors);
    }
}
