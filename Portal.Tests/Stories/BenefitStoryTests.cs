using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Benefits in a real browser: described, entered, pasted and updated live; read by a manager from the overview.</summary>
public sealed class BenefitStoryTests
{
    private const string Chain = "demo-digital-post-huslejenaevn";

    [Fact]
    public async Task A_facilitator_measures_sees_numbers_move_and_a_manager_finds_them_on_the_overview()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/effektkaeder"), list => list["items"]!.AsArray().Count == 3);
        await PortalProcess.EventuallyAsync(
            () => portal.GetAsync($"/api/effektkaeder/{Chain}/maalinger"), list => list["items"]!.AsArray().Count >= 12);
        await using (var browser = await Browser.SignInAsync(portal.Address, "facilitator"))
        {
            var page = browser.Page;
            await browser.OpenAsync($"/effektkaeder/{Chain}");
            await page.GetByTestId("to-benefits").ClickAsync();
            await page.IsAtAsync(url => url.EndsWith("/gevinster", StringComparison.Ordinal));
            var hours = page.Locator("[data-testid=benefit-row][data-element-id=g2]");
            await Assertions.Expect(hours.GetByTestId("benefit-state")).ToContainTextAsync("bagud");
            await Assertions.Expect(hours.GetByTestId("describe")).ToBeEnabledAsync();
            await FitsAsync(browser, "gevinster 1440");

            // A measurement from another system updates the calculated benefit on the open page.
            var before = await hours.GetByTestId("now").TextContentAsync();
            var answer = await portal.Http.PostAsJsonAsync(
                $"/api/effektkaeder/{Chain}/maalinger", new { elementId = "d1", at = DateTimeOffset.UtcNow, value = 1 });
            Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
            await Assertions.Expect(hours.GetByTestId("now")).Not.ToHaveTextAsync(before!);
            await Assertions.Expect(page.Locator("[data-testid=helper-row][data-element-id=d1] [data-testid=measurement]").First)
                .ToContainTextAsync("fra et andet system");

            // Describing the indicator: an error is shown in the form, and nothing typed is lost.
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

            // Pasting: a preview first, then the save.
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
        await Assertions.Expect(manager.Page.Locator($"[data-testid=portfolio-row][data-chain-id={Chain}]")).ToContainTextAsync("aftalt");
        await Assertions.Expect(manager.Page.Locator($"[data-chain-id={Chain}] [data-testid=portfolio-report]"))
            .ToHaveAttributeAsync("href", $"/effektkaeder/{Chain}/rapport");
        await FitsAsync(manager, "overview of a manager");
        await manager.OpenAsync($"/effektkaeder/{Chain}/gevinster");
        await Assertions.Expect(manager.Page.GetByTestId("benefit-row")).ToHaveCountAsync(4);
        await Assertions.Expect(manager.Page.Locator("[data-testid=benefit-row] [data-testid=name-owner]")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_thousand_pasted_lines_close_no_connection_and_take_the_place_of_an_older_preview()
    {
        const string Pasted = "/api/effektkaeder/k1/maalinger?limit=1000";
        await using var portal = await HostedPortal.StartAsync();
        Assert.Equal(System.Net.HttpStatusCode.Created, (await portal.Http.PostAsJsonAsync("/api/effektkaeder", new { id = "k1",
            title = "Ventetid", elements = new[] { new { id = "n1", kind = "negative-benefit", text = "Mere indkøb" } } })).StatusCode);
        await using var browser = await Browser.SignInAsync(portal.Address, "facilitator");
        var (page, closed) = (browser.Page, 0);
        page.WebSocket += (_, socket) => socket.Close += (_, _) => Interlocked.Increment(ref closed);
        await browser.OpenAsync("/effektkaeder/k1/gevinster");
        await Assertions.Expect(page.GetByTestId("paste")).ToBeEnabledAsync();
        await page.EvaluateAsync("window.sameDocument = true");

        // Pastes while the dialog's script is still loading.
        var come = new TaskCompletionSource();
        await page.RouteAsync("**/PasteDialog.razor*js*", async route =>
        {
            await come.Task;
            await route.ContinueAsync();
        });
        await page.GetByTestId("paste").ClickAsync();
        await page.GetByTestId("paste-text").FillAsync("januar 2026\t1\nfebruar 2026\t2");
        come.SetResult();
        await Assertions.Expect(page.GetByTestId("paste-save")).ToHaveTextAsync("Gem 2 tal");
        await Assertions.Expect(page.GetByTestId("paste-save")).ToBeEnabledAsync();

        // From here on the earlier preview of two numbers can no longer be saved: the button is disabled until the preview matches the
        // field.
        var day = new DateOnly(2023, 1, 1);
        var lines = string.Join('\n', Enumerable.Range(0, 1_000)
            .Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{day.AddDays(n):dd-MM-yyyy}\t{n},5")));
        Assert.InRange(lines.Length, 15_000, int.MaxValue);
        await page.EvaluateAsync("""
            () => {
              window.wronglyOpen = 0;
              const save = document.querySelector("[data-testid=paste-save]");
              new MutationObserver(() => { if (!save.disabled && save.textContent.includes("Gem 2 ")
              && document.querySelector("[data-testid=paste-summary]").textContent.includes("1.000")) window.wronglyOpen++; })
                .observe(save, { attributes: true, childList: true, characterData: true, subtree: true });
            }
            """);
        await page.GetByTestId("paste-text").FillAsync(lines);
        await Assertions.Expect(page.GetByTestId("paste-summary")).ToContainTextAsync("1.000 linjer forstået");
        await Assertions.Expect(page.GetByTestId("paste-save"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Gem 1.?000 tal$"));
        await Assertions.Expect(page.GetByTestId("paste-save")).ToBeEnabledAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("window.wronglyOpen"));
        await browser.IsAccessibleAsync("a thousand lines");
        await page.GetByTestId("paste-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("paste-text")).ToHaveCountAsync(0);

        var saved = (await portal.GetAsync(Pasted))["items"]!.AsArray();
        Assert.Equal(1_000, saved.Count);
        Assert.Equal(Enumerable.Range(0, 1_000).Sum(n => n + 0.5m), saved.Sum(m => m!["value"]!.GetValue<decimal>()));
        Assert.DoesNotContain(saved, m => m!["at"]!.GetValue<string>().StartsWith("2026", StringComparison.Ordinal));
        Assert.Equal(0, closed);
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Empty(browser.Errors);
    }

    private static async Task FitsAsync(Browser browser, string where)
    {
        await browser.IsAccessibleAsync(where);
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
            $"{where} scrolls sideways");
    }
}
