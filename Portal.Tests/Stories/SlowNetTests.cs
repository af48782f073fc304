using System.Diagnostics;
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

    // Of a person's first page, the sign-in before it included, with nothing in the browser's cache: as sent, so compressed.
    private const int MostBytes = 400 * 1024, MostRequests = 60;

    // Of a page that is opened after it: styles, fonts and scripts are in the cache.
    private const int MostBytesOfNext = 60 * 1024;

    // Faster than the net answers.
    private const int MsBetweenKeys = 40;

    private static async Task<Wire> SlowAsync(IPage page)
    {
        var (session, wire) = (await page.Context.NewCDPSessionAsync(page), new Wire());
        session.Event("Network.loadingFinished").OnEvent +=
            (_, finished) => wire.Add(finished?.GetProperty("encodedDataLength").GetDouble() ?? 0);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = BytesASecond, ["uploadThroughput"] = BytesASecond,
        });
        return wire;
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
        var wire = await SlowAsync(page);
        var clock = Stopwatch.StartNew();
        await page.GotoAsync("/login", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByTestId("login-sagsbehandler").ClickAsync();
        output.WriteLine($"sign-in page usable after {clock.Elapsed.TotalSeconds:F1} s");
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        output.WriteLine($"first page to be read after {clock.Elapsed.TotalSeconds:F1} s");
        await LiveAsync(page);
        output.WriteLine($"first page live after {clock.Elapsed.TotalSeconds:F1} s; {wire}");
        Assert.InRange(wire.Bytes, 1, MostBytes);
        Assert.InRange(wire.Requests, 1, MostRequests);
        wire.Reset();

        // The note of a worklist row, the form of a letter, and the search.
        await page.Locator("#hovedmenu a[href='/opfoelgning']").ClickAsync();
        await Assertions.Expect(page.GetByTestId("filter-reason").First).ToBeVisibleAsync();
        output.WriteLine($"the next page: {wire}");
        Assert.InRange(wire.Bytes, 0, MostBytesOfNext);
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

    /// <summary>What has come over the net, headers included.</summary>
    private sealed class Wire
    {
        private long _bytes;
        private int _requests;

        public long Bytes => Interlocked.Read(ref _bytes);

        public int Requests => Volatile.Read(ref _requests);

        public void Add(double bytes)
        {
            Interlocked.Add(ref _bytes, (long)bytes);
            Interlocked.Increment(ref _requests);
        }

        public void Reset() => (_bytes, _requests) = (0, 0);

        public override string ToString() => $"{Bytes / 1024} KB in {Requests} requests";
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
