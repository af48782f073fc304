using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// From the start of a push call to the row in the page, at 50 messages a second. Runs only when asked for, on a Release build:
/// <c>dotnet build Portal.Tests -c Release</c>, then
/// <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class "*LiveRowBench" --show-live-output on</c>.
/// </summary>
public sealed class LiveRowBench(ITestOutputHelper output)
{
    private const int PerSecond = 50;
    private const int Seconds = 20;

    // Both clocks are the machine's: the browser's in milliseconds since 1970, and ours.
    private const string Watch =
        """
        window.seen = {};
        new MutationObserver(changes => {
          const now = performance.timeOrigin + performance.now();
          for (const change of changes) for (const node of change.addedNodes) {
            if (node.nodeType !== 1) continue;
            for (const row of node.matches("[data-besked-id]") ? [node] : node.querySelectorAll("[data-besked-id]")) window.seen[row.dataset.beskedId] ??= now;
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task From_push_to_row(int pages)
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
            tabs.Add(tab);
        }

        // What comes first pays for compiling the road; it is not measured.
        for (var n = 0; n < 2 * PerSecond; n++) (await portal.PushAsync(Status().Bytes)).Dispose();

        var (before, wall) = (portal.ProcessorTime, Stopwatch.StartNew());
        var sent = new List<Task<(string BeskedId, double Sent, double Answered)>>();
        while (sent.Count < PerSecond * Seconds)
        {
            var due = TimeSpan.FromSeconds((double)sent.Count / PerSecond) - wall.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            sent.Add(PushAsync(portal));
        }

        var pushed = await Task.WhenAll(sent);
        var cores = (portal.ProcessorTime - before) / wall.Elapsed;
        await Task.WhenAll(tabs.Select(tab => tab.WaitForFunctionAsync("id => id in window.seen", pushed[^1].BeskedId)));
        var waits = new List<double>();
        foreach (var tab in tabs)
        {
            var seen = JsonSerializer.Deserialize<Dictionary<string, double>>(await tab.EvaluateAsync<string>("JSON.stringify(window.seen)"))!;
            waits.AddRange(pushed.Where(p => seen.ContainsKey(p.BeskedId)).Select(p => seen[p.BeskedId] - p.Sent));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pages} pages: push to row p50 {At(waits, .5):F0} ms, p95 {At(waits, .95):F0} ms; seen {waits.Count} of {pages * pushed.Length}; push answer p50 {At([.. pushed.Select(p => p.Answered - p.Sent)], .5):F0} ms, p95 {At([.. pushed.Select(p => p.Answered - p.Sent)], .95):F0} ms; server {cores:F2} cores"));
        Assert.Equal(pages * pushed.Length, waits.Count);
    }

    private static (string BeskedId, byte[] Bytes) Status() => Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:22:05+01:00");

    private static async Task<(string BeskedId, double Sent, double Answered)> PushAsync(PortalProcess portal)
    {
        var (id, bytes) = Status();
        var sent = Now();
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        return (id, sent, Now());
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
