using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A slow net, 400 kbit/s with 400 ms each way: the pages say that they wait, and what one types is not lost. What makes such a net
/// bearable is asserted: few bytes and few requests.
/// </summary>
public sealed class SlowNetTests(ITestOutputHelper output)
{
    private const int BytesASecond = 400_000 / 8;
    private const int LatencyMs = 400;

    // Of a person's first page, the sign-in before it included, with nothing in the browser's cache. Compressed as a published portal does:
    // a build for development stores its files uncompressed.
    private const int MostBytes = 400 * 1024, MostFiles = 60;

    // Faster than the net answers.
    private const int MsBetweenKeys = 40;

    private static async Task SlowAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = BytesASecond, ["uploadThroughput"] = BytesASecond,
        });
    }

    [Fact, Long]
    public async Task What_is_typed_stays_as_typed_and_what_takes_time_is_shown_to_do_so()
    {
        var portal = await SharedPortals.EmptyAsync();
        var (number, letter, uuid) = ($"26-{Random.Shared.Next(100_000, 999_999)}", "T-" + Guid.NewGuid().ToString("N"), Guid.NewGuid());
        (await portal.RegisterAsync(Envelopes.Letter(number, uuid.ToString(), letter))).EnsureSuccessStatusCode().Dispose();
        (await portal.PushAsync(Envelopes.Status(uuid.ToString(), KnownHandlinger.Fejlet, "2026-02-13T12:30:00+01:00").Bytes))
            .EnsureSuccessStatusCode().Dispose();
        await using var browser = await Browser.SignInAsync(portal.Address, persona: null);
        var page = browser.Page;
        await SlowAsync(page);
        var files = new ConcurrentDictionary<string, string>();
        page.Request += (_, request) => files[request.Url] = request.ResourceType;
        var clock = Stopwatch.StartNew();
        await page.GotoAsync("/login", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByTestId("login-sagsbehandler").ClickAsync();
        output.WriteLine($"sign-in page usable after {clock.Elapsed.TotalSeconds:F1} s");
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        output.WriteLine($"first page to be read after {clock.Elapsed.TotalSeconds:F1} s");
        await LiveAsync(page);
        output.WriteLine($"first page live after {clock.Elapsed.TotalSeconds:F1} s, of which the sign-in page");
        var bytes = await CompressedAsync(portal, browser, files.Where(f => f.Value is not "websocket").Select(f => f.Key));
        output.WriteLine($"{bytes / 1024} KB compressed in {files.Count} files");
        Assert.InRange(bytes, 100 * 1024, MostBytes);
        Assert.InRange(files.Count, 1, MostFiles);
        files.Clear();

        // The note of a worklist row, the form of a letter, and the search.
        await page.Locator("#hovedmenu a[href='/opfoelgning']").ClickAsync();
        await Assertions.Expect(page.GetByTestId("filter-reason").First).ToBeVisibleAsync();

        // It comes over the connection that is open: nothing is fetched but what a page has of its own.
        Assert.DoesNotContain(files, f => f.Value is "document" or "stylesheet" or "font");
        var row = page.Locator($"[data-testid=follow-up-row][data-letter-id='{letter}']");
        await row.GetByTestId("open-row").ClickAsync();
        await TypesAsync(page, row.GetByTestId("note"));
        await page.Locator("#hovedmenu a[href='/sager']").ClickAsync();
        await page.Locator("main a[href='/forsendelser']").ClickAsync();
        foreach (var field in (string[])["caseNumber", "title", "recipient-name"]) await TypesAsync(page, page.Locator($"#letter-{field}"));
        await TypesAsync(page, page.Locator("#global-search"));

        // A page of the live list whose rows take their time says so.
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#hovedmenu a[href='/beskeder']").ClickAsync();
        await Assertions.Expect(page.GetByTestId("pause")).ToBeEnabledAsync();
        await TypesAsync(page, page.GetByTestId("filter-text"));
        Assert.Empty(browser.Errors);
    }

    // Each file once, by the person's own sign-in; texts compressed by gzip, pictures and fonts as they are.
    private static async Task<int> CompressedAsync(RunningPortal portal, Browser browser, IEnumerable<string> urls)
    {
        var sum = 0;
        foreach (var url in urls.Where(u => u.StartsWith(portal.Address.ToString(), StringComparison.Ordinal)))
        {
            await using var answer = await browser.Page.Context.APIRequest.GetAsync(url);
            var (body, type) = (await answer.BodyAsync(), answer.Headers.GetValueOrDefault("content-type") ?? "");
            if (type.StartsWith("font", StringComparison.Ordinal) || type.StartsWith("image", StringComparison.Ordinal))
            {
                sum += body.Length;
                continue;
            }

            using var zipped = new MemoryStream();
            await using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true)) await zip.WriteAsync(body);
            sum += (int)zipped.Length;
        }

        return sum;
    }

    private static async Task TypesAsync(IPage page, ILocator field)
    {
        const string Text = "Ringet til lejeren, som har flyttet";
        await Assertions.Expect(field).ToBeEnabledAsync();
        await field.ClickAsync();
        await page.Keyboard.TypeAsync(Text, new() { Delay = MsBetweenKeys });

        // Each answer to a letter comes when more are typed; when the last has come the text is as it was typed.
        for (var answer = 0; answer < 4; answer++)
        {
            await Assertions.Expect(field).ToHaveValueAsync(Text);
            await page.EvaluateAsync("() => fetch('/health/live')");
        }
    }

    private static Task LiveAsync(IPage page) =>
        Assertions.Expect(page.GetByTestId("until-live")).Not.ToHaveAttributeAsync("disabled", "");
}
