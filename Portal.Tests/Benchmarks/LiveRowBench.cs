using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The time from the start of a push call until the row is in the page, at 50 messages a second. Runs only when asked for, on a Release
/// build: <c>dotnet build Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit
/// only --filter-class "*LiveRowBench" --show-live-output on</c>.
/// </summary>
public sealed class LiveRowBench(ITestOutputHelper output)
{
    private const int PerSecond = 50;
    private const int Seconds = 20;

    // Browser and test read the same machine's clock, in milliseconds since 1970.
    private const string Watch =
        """
        window.seen = {};
        new MutationObserver(changes => {
          const now = performance.timeOrigin + performance.now();
          for (const change of changes) for (const node of change.addedNodes) {
            if (node.localName === "tr") window.seen[node.dataset.beskedId] ??= now;
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    [Fact(Explicit = true)]
    [Trait("Pages", "1")]
    public Task With_one_page_open() => From_push_to_row(1);

    [Fact(Explicit = true)]
    [Trait("Pages", "20")]
    public Task With_twenty_pages_open() => From_push_to_row(20);

    /// <summary>
    /// Measures only the server and the way to twenty pages: their browsers, which in production are twenty machines, update the document
    /// but draw nothing.
    /// </summary>
    [Fact(Explicit = true)]
    [Trait("Pages", "20 undrawn")]
    public Task With_twenty_pages_that_are_not_drawn() => From_push_to_row(20, drawn: false);

    private async Task From_push_to_row(int pages, bool drawn = true)
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        var tabs = new List<IPage>();
        for (var n = 0; n < pages; n++)
        {
            var tab = await browser.Page.Context.NewPageAsync();
            await tab.AddInitScriptAsync(Watch);
            await tab.GotoAsync("/beskeder");
            await Assertions.Expect(tab.GetByTestId("pause")).ToBeEnabledAsync();
            if (!drawn) await tab.AddStyleTagAsync(new() { Content = "body { display: none }" });
            tabs.Add(tab);
        }

        // The first messages include JIT compilation and are not measured.
        for (var n = 0; n < 2 * PerSecond; n++) await PushAsync(portal);
        var (last, _, _) = await PushAsync(portal);
        await ShownAsync(tabs, last);

        var (before, wall) = (ProcessorUse.Now(), Stopwatch.StartNew());
        var sent = new List<Task<(string BeskedId, double Sent, double Answered)>>();
        while (sent.Count < PerSecond * Seconds)
        {
            var due = TimeSpan.FromSeconds((double)sent.Count / PerSecond) - wall.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            sent.Add(PushAsync(portal));
        }

        var pushed = await Task.WhenAll(sent);
        var cores = ProcessorUse.Between(before, ProcessorUse.Now(), wall.Elapsed);
        await ShownAsync(tabs, pushed[^1].BeskedId);
        var waits = new List<double>();
        List<double>[] fifths = [[], [], [], [], []];
        foreach (var tab in tabs)
        {
            var seen =
                JsonSerializer.Deserialize<Dictionary<string, double>>(await tab.EvaluateAsync<string>("JSON.stringify(window.seen)"))!;
            for (var n = 0; n < pushed.Length; n++)
            {
                if (!seen.TryGetValue(pushed[n].BeskedId, out var at)) continue;
                waits.Add(at - pushed[n].Sent);
                fifths[n * fifths.Length / pushed.Length].Add(at - pushed[n].Sent);
            }
        }

        output.WriteLine("p50 of each fifth of the time: "
            + string.Join(", ", fifths.Select(f => string.Create(CultureInfo.InvariantCulture, $"{At(f, .5):F0}"))));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pages} pages{(drawn ? "" : " that are not drawn")}: push to row p50 {At(waits, .5):F0} ms, p95 {At(waits, .95):F0} ms; seen "
                + $"{waits.Count} of {pages * pushed.Length}; push answer p50 {At([.. pushed.Select(p => p.Answered - p.Sent)], .5):F0} "
                + $"ms, p95 {At([.. pushed.Select(p => p.Answered - p.Sent)], .95):F0} ms; {cores}"));
        Assert.Equal(pages * pushed.Length, waits.Count);
    }

    private static (string BeskedId, byte[] Bytes) Status() =>
        Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:22:05+01:00");

    private static async Task<(string BeskedId, double Sent, double Answered)> PushAsync(PortalProcess portal)
    {
        var (id, bytes) = Status();
        var sent = Now();
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        return (id, sent, Now());
    }

    private static async Task ShownAsync(List<IPage> tabs, string beskedId)
    {
        foreach (var tab in tabs) await tab.WaitForFunctionAsync("id => id in window.seen", beskedId);
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    private static double At(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
