using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A caseworker finds the letters that only probably arrived, takes the list along, and reads what to answer a citizen.</summary>
public sealed class ContestedStoryTests
{
    private static object Letter(string uuid, string id, string name) => new
    {
        caseNumber = $"26-{id}", caseType = "huslejenaevn", letterId = $"L-{id}", title = "Afgørelse om varme", decision = true,
        recipient = new { name, id = "0101011234", idType = "CPR" }, channel = "FysiskPost", sentAt = "2026-02-13T12:00:00+01:00",
        identifiers = new { messageUuid = uuid },
    };

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task From_the_filter_to_the_list_as_a_file_and_the_answers_for_a_contested_letter(int width, ColorScheme scheme)
    {
        await using var portal = await HostedPortal.StartAsync();
        var (posted, waiting) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        foreach (var letter in new[] { Letter(posted, "901", "Anna Lejer"), Letter(waiting, "902", "Bo Lejer") })
        {
            using var created = await portal.RegisterAsync(letter);
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        using (var answer = await portal.PushAsync(
            Envelopes.Status(posted, KnownHandlinger.ModtagetPostDanmark, "2026-02-14T09:00:00+01:00").Bytes))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler", width, scheme: scheme);
        var page = browser.Page;
        await browser.OpenAsync("/sager");
        await Assertions.Expect(page.GetByTestId("case-row")).ToHaveCountAsync(2);

        // By keyboard alone; on a telephone the filters lie behind a button.
        if (await page.GetByTestId("list-filters").IsVisibleAsync()) await page.GetByTestId("list-filters").PressAsync("Enter");
        await page.GetByTestId("filter-from").FillAsync("01-02-2026");
        await page.GetByTestId("filter-presumed").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync(url => url.EndsWith("/sager?from=2026-02-01&kind=presumed", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("letter-count")).ToHaveTextAsync("1 brev");
        await Assertions.Expect(page.GetByTestId("arrival")).ToContainTextAsync("Formodes kommet frem");
        await browser.IsAccessibleAsync("the letters that a filter gives");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("letter-export").ClickAsync());
        var file = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("26-901;Afgørelse om varme;Anna Lejer;", file, StringComparison.Ordinal);
        Assert.Contains("sandsynliggjort, ikke bevist", file, StringComparison.Ordinal);
        Assert.DoesNotContain("26-902", file, StringComparison.Ordinal);
        Assert.DoesNotContain("010101", file, StringComparison.Ordinal);

        await page.GetByTestId("letter-row").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("contested-link").ClickAsync();
        await page.IsAtAsync(url => url.EndsWith("/sager/26-901/breve/L-901/bestridt", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("contested")).ToContainTextAsync("Hvad formodes, og hvad tager formodningen tilbage?");
        await Assertions.Expect(page.GetByTestId("contested")).ToContainTextAsync("14. februar 2026 kl. 09.00.00");
        await browser.IsAccessibleAsync("what to answer when a letter is contested");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        Assert.Empty(browser.Errors);
    }
}
