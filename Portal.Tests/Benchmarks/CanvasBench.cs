using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.Features.Chains.Document;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The canvas with 500 boxes: time to open, lag of a drag compared with the same drag on a plain page, bytes sent for one drag, time until
/// another browser shows an edit; and twenty people at one chain. Runs only when asked for, on a Release build: <c>dotnet build
/// Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class
/// "*CanvasBench" --show-live-output on</c>.
/// </summary>
public sealed class CanvasBench(ITestOutputHelper output)
{
    private const int Moves = 120, Edits = 30, Boxes = 60, Others = 18, Workers = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    private const string See =
        """
        ([box, text]) => {
          const told = () => document.querySelector(`[data-element-id=${box}] .box-main`)?.textContent === text;
          window.seenAt = new Promise(done => new MutationObserver((_, o) => { if (told()) { o.disconnect();
          done(performance.timeOrigin + performance.now());
          } }).observe(document.querySelector(".world"), { subtree: true, childList: true, characterData: true }));
        }
        """;

    private const string Work =
        """
        selector => {
          let right = false;
          setInterval(() => document.querySelector(selector)
          .dispatchEvent(new KeyboardEvent("keydown", { key: (right = !right) ? "ArrowRight" : "ArrowLeft", shiftKey: true,
          bubbles: true })), 1000);
        }
        """;

    // Lag of a drag: from the browser's timestamp of the pointer move to the end of the frame that shows the box at its new place.
    private const string Watch =
        """
        selector => {
          window.lags = [];
          let last = document.querySelector(selector).getBoundingClientRect().x;
          addEventListener("pointermove", e => requestAnimationFrame(() => {
            const now = document.querySelector(selector).getBoundingClientRect().x, moved = now !== last;
            last = now;
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { if (moved) window.lags.push(performance.now() - e.timeStamp); };
            channel.port2.postMessage(0);
          }), true);
        }
        """;

    private const string Plain =
        """
        <!doctype html><style>div{position:absolute;width:200px;height:34px;border:1px solid;background:#fff}</style><body><script>
        for (let n = 0; n < 500; n++) { const d = document.createElement("div"); d.textContent = "Boks " + n; d.id = "b" + n;
        d.style.left = n % 25 * 210 + "px"; d.style.top = (n / 25 | 0) * 44 + "px"; document.body.append(d); }
        let drag; addEventListener("pointerdown", e => { const r = e.target.getBoundingClientRect();
        drag = { el: e.target, x: e.clientX - r.x, y: e.clientY - r.y }; });
        addEventListener("pointermove", e => { if (drag) { drag.el.style.left = e.clientX - drag.x + "px";
        drag.el.style.top = e.clientY - drag.y + "px"; } }); addEventListener("pointerup", () => drag = null);
        </script>
        """;

    [Fact(Explicit = true)]
    public async Task A_chain_of_500_boxes()
    {
        await using var portal = await PortalProcess.StartAsync();
        var id = await MakeAsync(portal, 500);
        await using var one = await Browser.SignInAsync(portal.Address, "facilitator");
        await using var two = await Browser.SignInAsync(portal.Address, "administrator");

        var page = one.Page;
        var opening = new List<double>();
        for (var n = 0; n < 4; n++)
        {
            var clock = Stopwatch.StartNew();
            await OpenAsync(page, id);
            if (n > 0) opening.Add(clock.Elapsed.TotalMilliseconds);
        }

        long sent = 0;
        page.WebSocket +=
            (_, socket) => socket.FrameSent += (_, frame) => Interlocked.Add(ref sent, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await OpenAsync(page, id);
        var box = page.Locator("[data-element-id=b250]");
        await box.FocusAsync();
        await page.EvaluateAsync(Watch, "[data-element-id=b250]");
        Interlocked.Exchange(ref sent, 0);
        var canvas = await DragAsync(page, box);
        var bytes = Interlocked.Read(ref sent);

        await OpenAsync(two.Page, id);
        var seen = await SeenAsync(page, two.Page, "b100", "rettet");
        await two.Page.SetContentAsync("<p></p>");
        var bare = await two.Page.Context.NewPageAsync();
        await bare.SetContentAsync(Plain);
        await bare.EvaluateAsync(Watch, "#b30");
        var plain = await DragAsync(bare, bare.Locator("#b30"));
        var load = await File.ReadAllTextAsync("/proc/loadavg");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"opening 500 boxes p50 {At(opening, .5):F0} ms; drag p50 {At(canvas, .5):F1} p95 {At(canvas, .95):F1} ms ({canvas.Count} "
                + $"moves); plain page p50 {At(plain, .5):F1} p95 {At(plain, .95):F1} ms; one drag {bytes} bytes sent; "
                + $"edit seen by another p50 {At(seen, .5):F0} p95 {At(seen, .95):F0} ms; load {load.Trim()}"));
        Assert.True(canvas.Count > Moves / 2 && plain.Count > Moves / 2, "the box did not follow the mouse");
    }

    /// <summary>
    /// Two browsers and eighteen clients without a browser (<see cref="BareCircuit"/>): the server works for twenty, but only the two
    /// measured browsers use processor time for drawing, as if each were on a machine of its own.
    /// </summary>
    [Fact(Explicit = true)]
    public Task Twenty_at_one_chain_of_whom_ten_work() => AtOneChainAsync(async (portal, id, one, two) =>
    {
        var cookies = string.Join("; ", (await one.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}"));
        var crowd = new List<BareCircuit>();
        for (var n = 0; n < Others; n++) crowd.Add(await BareCircuit.OpenAsync(portal.Address, cookies, $"/effektkaeder/{id}"));
        using var enough = new CancellationTokenSource();
        var work = crowd.Take(Workers).Select((c, n) => WorkAsync(c, n, enough.Token)).ToList();
        // The first rounds include JIT compilation and are not measured.
        await Task.Delay(WarmUp);
        var (before, wall, drawn) = (ProcessorUse.Now(), Stopwatch.StartNew(), Drawn());
        var bare = new List<double>();
        var together = await SeenAsync(one, two, "b40", "sammen", crowd[^1], bare);
        var (cores, seconds, now) = (ProcessorUse.Between(before, ProcessorUse.Now(), wall.Elapsed), wall.Elapsed.TotalSeconds, Drawn());
        await enough.CancelAsync();
        List<double> own = [.. (await Task.WhenAll(work)).SelectMany(w => w)];
        foreach (var circuit in crowd) await circuit.DisposeAsync();
        return (together, string.Create(CultureInfo.InvariantCulture,
            $"without a browser: the edit comes p50 {At(bare, .5):F0} p95 {At(bare, .95):F0} ms, "
                + $"own step p50 {At(own, .5):F0} p95 {At(own, .95):F0} ms, {(now.Batches - drawn.Batches) / seconds / Others:F1} batches "
                + $"and {(now.Bytes - drawn.Bytes) / seconds / Others:F0} bytes a second; {cores}"));

        (long Batches, long Bytes) Drawn() =>
            crowd.Aggregate((0L, 0L), (sum, c) => (sum.Item1 + c.Drawn.Batches, sum.Item2 + c.Drawn.Bytes));
    });

    /// <summary>
    /// The same with twenty Chromium pages on the server's own processors, which no real installation has; only the two measured pages
    /// draw.
    /// </summary>
    [Fact(Explicit = true)]
    public Task Twenty_at_one_chain_all_in_browsers() => AtOneChainAsync(async (portal, id, one, two) =>
    {
        await using var crowd = await Browser.SignInAsync(portal.Address, "facilitator");
        for (var n = 0; n < Others; n++)
        {
            var page = await crowd.Page.Context.NewPageAsync();
            await OpenAsync(page, id);
            await page.EvaluateAsync("() => { document.body.style.display = 'none'; }");
            if (n < Workers) await page.EvaluateAsync(Work, $"[data-element-id=b{n}]");
        }

        var (before, wall) = (ProcessorUse.Now(), Stopwatch.StartNew());
        var together = await SeenAsync(one, two, "b40", "sammen");
        return (together, ProcessorUse.Between(before, ProcessorUse.Now(), wall.Elapsed));
    });

    // The time until an edit is seen, with two people at a chain and then with the crowd that crowdAsync adds.
    private async Task AtOneChainAsync(Func<PortalProcess, string, IPage, IPage, Task<(List<double> Together, string More)>> crowdAsync)
    {
        await using var portal = await PortalProcess.StartAsync();
        var id = await MakeAsync(portal, Boxes);
        await using var one = await Browser.SignInAsync(portal.Address, "facilitator");
        await using var two = await Browser.SignInAsync(portal.Address, "administrator");
        await OpenAsync(one.Page, id);
        await OpenAsync(two.Page, id);
        var alone = await SeenAsync(one.Page, two.Page, "b40", "alene");
        var (together, more) = await crowdAsync(portal, id, one.Page, two.Page);
        var chain = await portal.GetAsync($"/api/effektkaeder/{id}");
        var load = await File.ReadAllTextAsync("/proc/loadavg");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Boxes} boxes: edit seen by another, two at it p50 {At(alone, .5):F0} p95 {At(alone, .95):F0} ms; {Others + 2} at it of whom "
                + $"{Workers} work p50 {At(together, .5):F0} p95 {At(together, .95):F0} ms; {chain["revision"]} operations stored; "
                + $"{more}; load {load.Trim()}"));
        Assert.True(chain["revision"]!.GetValue<long>() > 2 * Workers, "the others did not work");
    }

    // Moves its own box back and forth once a second; gives the milliseconds until each step was stored and answered.
    private static async Task<List<double>> WorkAsync(BareCircuit circuit, int number, CancellationToken enough)
    {
        var took = new List<double>();
        try
        {
            await Task.Delay(number * 100, enough);
            while (true)
            {
                var clock = Stopwatch.StartNew();
                await circuit.KeyAsync($"b{number}", took.Count % 2 == 0 ? "ArrowRight" : "ArrowLeft", true);
                took.Add(clock.Elapsed.TotalMilliseconds);
                if (clock.Elapsed < TimeSpan.FromSeconds(1)) await Task.Delay(TimeSpan.FromSeconds(1) - clock.Elapsed, enough);
            }
        }
        catch (OperationCanceledException)
        {
            return took;
        }
    }

    private static async Task<string> MakeAsync(PortalProcess portal, int boxes)
    {
        var elements = Enumerable.Range(0, boxes).Select(n => new { id = $"b{n}", kind = ChainKinds.Wire[n % 10],
            text = $"Boks nummer {n} med lidt tekst", to = n + 1 < boxes ? new[] { $"b{n + 1}" } : [] });
        using var made =
            await portal.Http.PostAsJsonAsync(new Uri("/api/effektkaeder", UriKind.Relative), new { title = $"{boxes} bokse", elements });
        made.EnsureSuccessStatusCode();
        return JsonNode.Parse(await made.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    // Milliseconds from leaving the field in one browser until the text is in the other's document, or in a render batch of the circuit
    // without a browser.
    private static async Task<List<double>> SeenAsync(
        IPage page, IPage other, string box, string word, BareCircuit? bare = null, List<double>? came = null)
    {
        var seen = new List<double>();
        for (var n = 0; n < Edits; n++)
        {
            var text = $"{word} {n}";
            await other.EvaluateAsync(See, new[] { box, text });
            var comes = bare?.SeesAsync(text);
            await page.Locator($"[data-element-id={box}]").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
            await page.Locator("textarea.in-place").FillAsync(text);
            var start = await page.EvaluateAsync<double>(
                "() => { const t = performance.timeOrigin + performance.now(); document.activeElement.blur(); return t; }");
            seen.Add(await other.EvaluateAsync<double>("window.seenAt") - start);
            if (comes is not null) came?.Add(await comes - start);
        }

        return seen;
    }

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GotoAsync($"/effektkaeder/{id}", new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".world.ready").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 120_000 });
        // Two frames, so that the change is painted and not only in the document.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static async Task<List<double>> DragAsync(IPage page, ILocator box)
    {
        var at = (await box.BoundingBoxAsync())!;
        var (x, y) = (at.X + (at.Width / 2), at.Y + (at.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.EvaluateAsync("window.lags = []");
        for (var n = 1; n <= Moves; n++) await page.Mouse.MoveAsync(x + (n * 2), y + n);
        await page.Mouse.UpAsync();
        return [.. await page.EvaluateAsync<double[]>("window.lags")];
    }

    private static double At(List<double> values, double share) =>
        values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * share));
}
