using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>The canvas with real mouse, keyboard, pen and touch input, and with the network lost in the middle of it.</summary>
public sealed class ChainGestureStoryTests(OnePortal portal) : IClassFixture<OnePortal>
{
    private static ILocator Box(IPage page, string id) => page.Locator($"[data-element-id='{id}']");

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GotoAsync($"/effektkaeder/{id}");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
    }

    private static async Task<(float X, float Y)> MiddleAsync(ILocator of)
    {
        var at = (await of.BoundingBoxAsync())!;
        return (at.X + (at.Width / 2), at.Y + (at.Height / 2));
    }

    private static async Task<double> ZoomAsync(IPage page) =>
        await page.Locator(".world").EvaluateAsync<double>("w => new DOMMatrix(getComputedStyle(w).transform).a");

    private static Task<(double X, double Y)> NewPlaceAsync(OnePortal portal, string chain, string box, (double X, double Y) before) =>
        PortalProcess.EventuallyAsync(() => portal.PlaceAsync(chain, box), now => now != before);

    [Fact]
    public async Task A_drag_is_one_step_to_undo_and_the_box_stays_where_it_was_let_go()
    {
        var id = await portal.WorkedChainAsync();
        await using var browser = await Browser.SignInAsync(portal.Process.Address, "facilitator");
        var page = browser.Page;
        await OpenAsync(page, id);
        var box = page.Locator("[data-kind=problem]").First;
        var before = (await box.BoundingBoxAsync())!;
        var (x, y) = (before.X + (before.Width / 2), before.Y + (before.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 90, y + 60, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.GetByTestId("undo")).ToBeEnabledAsync();
        var after = (await box.BoundingBoxAsync())!;
        Assert.InRange(after.X - before.X, 88, 92);
        Assert.InRange(after.Y - before.Y, 58, 62);

        await page.GetByTestId("undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("undo")).ToBeDisabledAsync();
        Assert.InRange((await box.BoundingBoxAsync())!.X - before.X, -1, 1);
    }

    [Fact]
    public async Task Mouse_and_keys_choose_move_link_tidy_and_look_around()
    {
        var id = await portal.WorkedChainAsync();
        await using var browser = await Browser.SignInAsync(portal.Process.Address, "facilitator");
        var page = browser.Page;
        await OpenAsync(page, id);

        // A frame drawn around the benefits selects all three; they move in one step, and one undo moves all back.
        var (first, last) = ((await Box(page, "g1").BoundingBoxAsync())!, (await Box(page, "g3").BoundingBoxAsync())!);
        var before = (G1: await portal.PlaceAsync(id, "g1"), G3: await portal.PlaceAsync(id, "g3"));
        await page.Keyboard.DownAsync("Shift");
        await page.Mouse.MoveAsync(first.X - 4, first.Y - 4);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(last.X + last.Width - 6, last.Y + last.Height - 4, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await page.Keyboard.UpAsync("Shift");
        await Assertions.Expect(page.Locator(".box.chosen")).ToHaveCountAsync(3);
        var (x, y) = await MiddleAsync(Box(page, "g2"));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x - 30, y + 24, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        var moved = (G1: await NewPlaceAsync(portal, id, "g1", before.G1), G3: await portal.PlaceAsync(id, "g3"));
        Assert.Equal(moved.G1.X - before.G1.X, moved.G3.X - before.G3.X, 0.2);
        Assert.Equal(moved.G1.Y - before.G1.Y, moved.G3.Y - before.G3.Y, 0.2);
        await page.GetByTestId("undo").ClickAsync();
        await PortalProcess.EventuallyAsync(
            async () => (await portal.PlaceAsync(id, "g1"), await portal.PlaceAsync(id, "g3")), now => now == before);

        // »Ryd op« moves a misplaced box back to its place.
        var (px, py) = await MiddleAsync(Box(page, "n1"));
        await page.Mouse.MoveAsync(px, py);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(px - 260, py - 120, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        await page.GetByTestId("undo").And(page.Locator(":enabled")).WaitForAsync();
        await page.GetByTestId("tidy").ClickAsync();
        await page.WaitForFunctionAsync("() => { const r = e => e.dataset.r.split(' ').map(Number), "
            + "all = [...document.querySelectorAll('[data-element-id]')].map(r); return all.every((a, n) => all.every((b, m) => "
            + "n === m || a[0] >= b[0] + b[2] || b[0] >= a[0] + a[2] || a[1] >= b[1] + b[3] || b[1] >= a[1] + a[3])); }");

        // A link is selected by a click on its line, says what it connects, accepts an assumption, and is removed by Delete.
        var links = await page.Locator(".links > g > .link").CountAsync();
        var on = await page.Locator(".links > g > .link[data-from=t1]").EvaluateAsync<float[]>("p => { const a = "
            + "p.getPointAtLength(p.getTotalLength() / 2), m = p.getScreenCTM(); return [a.x * m.a + m.e, a.y * m.d + m.f]; }");
        await page.Mouse.ClickAsync(on[0], on[1]);
        await Assertions.Expect(page.GetByTestId("link-panel")).ToContainTextAsync("Vi kan følge hvert digitalt brev");
        await Box(page, "f1").FocusAsync();
        await page.Keyboard.PressAsync("Shift+L");
        await Assertions.Expect(page.Locator(".links .chosen")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea:focus")).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync("Brevene bliver sendt digitalt");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".links title").Filter(new() { HasText = "Brevene bliver sendt digitalt" }))
            .ToHaveCountAsync(1);
        await Box(page, "f1").FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Locator(".links > g > .link")).ToHaveCountAsync(links - 1);
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator(".links > g > .link")).ToHaveCountAsync(links);

        // A hint is dismissed with a reason, and restored.
        var hints = await page.GetByTestId("quality-hint").CountAsync();
        await page.GetByTestId("quality-hint").First.Locator(".hint-aside").ClickAsync();
        await page.Locator(".hint-reason input").FillAsync("Tallet kommer i næste uge");
        await page.Locator(".hint-reason .mud-button-filled").ClickAsync();
        await Assertions.Expect(page.GetByTestId("quality-hint")).ToHaveCountAsync(hints - 1);
        await page.Locator("summary").Filter(new() { HasText = "Lagt til side: 1" }).ClickAsync();
        await Assertions.Expect(page.Locator(".put-aside")).ToContainTextAsync("»Tallet kommer i næste uge«");
        await page.Locator("ul.put-aside .mud-button-root").ClickAsync();
        await Assertions.Expect(page.GetByTestId("quality-hint")).ToHaveCountAsync(hints);

        // Mouse wheel, minimap, fit to chain, full screen.
        var zoom = await ZoomAsync(page);
        var canvas = (await page.GetByTestId("chain-canvas").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(canvas.X + 300, canvas.Y + 200);
        await page.Mouse.WheelAsync(0, -600);
        await page.WaitForFunctionAsync(
            "zoom => new DOMMatrix(getComputedStyle(document.querySelector('.world')).transform).a > zoom * 1.1", zoom);
        var mini = (await page.Locator(".mini").BoundingBoxAsync())!;
        var was = await page.Locator(".world").GetAttributeAsync("style");
        await page.Mouse.ClickAsync(mini.X + mini.Width - 20, mini.Y + 30);
        await Assertions.Expect(page.Locator(".world")).Not.ToHaveAttributeAsync("style", was!);
        await page.GetByTestId("fit").ClickAsync();
        await page.WaitForFunctionAsync(
            "zoom => Math.abs(new DOMMatrix(getComputedStyle(document.querySelector('.world')).transform).a - zoom) < .01", zoom);
        await page.GetByTestId("full-screen").ClickAsync();
        await page.WaitForFunctionAsync("() => document.fullscreenElement?.classList.contains('board')");
        await browser.IsAccessibleAsync("full screen");
        await page.GetByTestId("full-screen").ClickAsync();
        await page.WaitForFunctionAsync("() => !document.fullscreenElement");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Fingers_and_pen_drag_boxes_and_two_fingers_zoom()
    {
        var id = await portal.WorkedChainAsync();
        await using var browser = await Browser.SignInAsync(portal.Process.Address, "facilitator");
        var page = browser.Page;
        await OpenAsync(page, id);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true, ["maxTouchPoints"] = 5 });

        var before = await portal.PlaceAsync(id, "g2");
        var (x, y) = await MiddleAsync(Box(page, "g2"));
        await TouchAsync(device, "touchStart", (x, y));
        for (var n = 1; n <= 6; n++) await TouchAsync(device, "touchMove", (x - (n * 8), y + (n * 5)));
        await TouchAsync(device, "touchEnd");
        var touched = await NewPlaceAsync(portal, id, "g2", before);
        Assert.True(touched.X < before.X - 40 && touched.Y > before.Y + 25, $"{before} → {touched}");

        var zoom = await ZoomAsync(page);
        var (cx, cy) = await MiddleAsync(page.GetByTestId("chain-canvas"));
        await TouchAsync(device, "touchStart", (cx - 40, cy));
        await TouchAsync(device, "touchStart", (cx - 40, cy), (cx + 40, cy));
        for (var n = 1; n <= 5; n++) await TouchAsync(device, "touchMove", (cx - 40 - (n * 12), cy), (cx + 40 + (n * 12), cy));
        await TouchAsync(device, "touchEnd");
        Assert.Equal(zoom * 2.5, await ZoomAsync(page), zoom * 0.2);
        Assert.Equal(touched, await portal.PlaceAsync(id, "g2"));
        await page.GetByTestId("fit").ClickAsync();

        before = await portal.PlaceAsync(id, "d2");
        (x, y) = await MiddleAsync(Box(page, "d2"));
        await PenAsync(device, "mousePressed", x, y);
        for (var n = 1; n <= 6; n++) await PenAsync(device, "mouseMoved", x + (n * 6), y + (n * 4));
        await PenAsync(device, "mouseReleased", x + 36, y + 24);
        var drawn = await NewPlaceAsync(portal, id, "d2", before);
        Assert.True(drawn.X > before.X + 30 && drawn.Y > before.Y + 18, $"{before} → {drawn}");
    }

    [Fact]
    public async Task A_network_that_goes_in_the_middle_of_a_drag_and_of_a_sentence_loses_nothing_that_was_typed()
    {
        var id = await portal.WorkedChainAsync();
        await using var wire = new CutWire(portal.Process.Address);
        await using var browser = await Browser.SignInAsync(wire.Address, "facilitator");
        var page = browser.Page;
        var bar = page.Locator("#components-reconnect-modal");
        await OpenAsync(page, id);

        // In the middle of a drag: the box stays where it was dropped, and is stored there when the network is back.
        var before = await portal.PlaceAsync(id, "g2");
        var (x, y) = await MiddleAsync(Box(page, "g2"));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x - 40, y + 20, new() { Steps = 4 });
        wire.Cut();
        await page.Mouse.MoveAsync(x - 60, y + 30, new() { Steps = 4 });
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Mouse.UpAsync();
        wire.Mend();
        await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(Box(page, "g2")).Not.ToHaveClassAsync(new Regex("lifted"));
        await NewPlaceAsync(portal, id, "g2", before);
        var here = await Box(page, "g2").EvaluateAsync<double[]>("e => { const s = getComputedStyle(e), m = new DOMMatrix(s.transform); "
            + "return [parseFloat(s.left) + m.e, parseFloat(s.top) + m.f]; }");
        var kept = await portal.PlaceAsync(id, "g2");
        Assert.Equal(kept.X, here[0], 0.2);
        Assert.Equal(kept.Y, here[1], 0.2);

        // In the middle of a sentence: the text stays in its field, can be continued, and is stored when the network is back.
        await Box(page, "g3").DblClickAsync();
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(" og det kan");
        wire.Cut();
        await page.Keyboard.TypeAsync(" ses");
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Keyboard.TypeAsync(" af alle");
        wire.Mend();
        await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await page.Keyboard.PressAsync("Control+Enter");
        await PortalProcess.EventuallyAsync(
            () => portal.Process.GetAsync($"/api/effektkaeder/{id}"), chain => chain.ToJsonString(Portal.Platform.Http.PortalJson.Options)
                .Contains("pligt som myndighed og det kan ses af alle", StringComparison.Ordinal));

        // A field left while the network is gone: its text was not sent, and is offered when the network is back.
        await Box(page, "g1").DblClickAsync();
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        wire.Cut();
        await page.Keyboard.TypeAsync(" end i dag");
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Keyboard.PressAsync("Control+Enter");
        wire.Mend();
        await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await PortalProcess.EventuallyAsync(
            async () => (Kept: await page.GetByTestId("kept").CountAsync(),
                Chain: (await portal.Process.GetAsync($"/api/effektkaeder/{id}")).ToJsonString(Portal.Platform.Http.PortalJson.Options)),
            now => now.Kept == 1 || now.Chain.Contains("retligt end i dag", StringComparison.Ordinal));
        if (await page.GetByTestId("kept").CountAsync() == 1) await page.GetByTestId("kept-save").ClickAsync();
        await PortalProcess.EventuallyAsync(
            () => portal.Process.GetAsync($"/api/effektkaeder/{id}"),
            chain => chain.ToJsonString(Portal.Platform.Http.PortalJson.Options).Contains("retligt end i dag", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("kept")).ToHaveCountAsync(0);
    }

    private static async Task InsertAsync(IPage page, string text) =>
        await page.EvaluateAsync("text => { document.activeElement.select(); document.execCommand('insertText', false, text); }", text);

    [Fact]
    public async Task What_is_typed_or_pasted_is_kept_whatever_its_length_and_stored_is_said_only_of_what_is_stored()
    {
        var id = await portal.WorkedChainAsync();
        await using var wire = new CutWire(portal.Process.Address);
        await using var browser = await Browser.SignInAsync(wire.Address, "facilitator");
        var page = browser.Page;
        var (state, field) = (page.GetByTestId("save-state"), page.Locator("textarea.in-place"));
        await OpenAsync(page, id);
        await Assertions.Expect(state).ToHaveTextAsync("gemt");
        await page.EvaluateAsync("window.sameDocument = true");
        async Task<string> StoredAsync(string box) => (await portal.Process.GetAsync($"/api/effektkaeder/{id}"))["elements"]!.AsArray()
            .First(e => e!["id"]!.GetValue<string>() == box)!["text"]!.GetValue<string>();
        async Task WriteInAsync(string box)
        {
            await Box(page, box).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(field).ToBeFocusedAsync();
        }

        // Esc ends the editing and keeps the text; undo restores the old one.
        var before = await StoredAsync("g1");
        await WriteInAsync("g1");
        await InsertAsync(page, "Skrevet og afsluttet med Esc");
        await Assertions.Expect(state).ToContainTextAsync("skriver");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(state).ToHaveTextAsync("gemt");
        Assert.Equal("Skrevet og afsluttet med Esc", await StoredAsync("g1"));
        await page.Keyboard.PressAsync("Control+z");
        await PortalProcess.EventuallyAsync(() => StoredAsync("g1"), now => now == before);

        // A thousand lines, and the longest text of a box, do not break the connection; a longer text is reported at the box.
        var lines = string.Join('\n', Enumerable.Range(0, 1000).Select(n => $"linje {n} æøå"));
        await WriteInAsync("g1");
        await InsertAsync(page, lines);
        await page.Keyboard.PressAsync("Escape");
        await PortalProcess.EventuallyAsync(() => StoredAsync("g1"), now => now == lines);
        await WriteInAsync("g2");
        await InsertAsync(page, new string('漢', 25_000));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("too-long")).ToContainTextAsync("25.000 tegn");
        await browser.IsAccessibleAsync("a text that is too long");
        await field.FocusAsync();
        await InsertAsync(page, new string('漢', 20_000));
        await page.Keyboard.PressAsync("Escape");
        await PortalProcess.EventuallyAsync(() => StoredAsync("g2"), now => now == new string('漢', 20_000));

        // Text that looks like a CPR number is never stored in the browser, but is kept while the page is open; being offline is shown at
        // once.
        await WriteInAsync("g3");
        await InsertAsync(page, "Borgeren 010101 - 1234 venter");
        wire.Cut();
        await Assertions.Expect(state).ToContainTextAsync("ikke gemt");
        await page.Keyboard.PressAsync("Escape");
        Assert.DoesNotMatch(PageWalk.PersonNumber, await page.EvaluateAsync<string>(
            "JSON.stringify(Object.entries(sessionStorage)) + JSON.stringify(Object.entries(localStorage))"));
        await Assertions.Expect(state).ToContainTextAsync("ikke gemt");
        wire.Mend();
        await page.EvaluateAsync("document.getElementById('components-reconnect-button').click()");

        // The API masks the number.
        const string Masked = "Borgeren 010101-xxxx venter";
        await PortalProcess.EventuallyAsync(async () => (Kept: await page.GetByTestId("kept").CountAsync(), Text: await StoredAsync("g3")),
            now => now.Kept == 1 || now.Text == Masked);
        if (await page.GetByTestId("kept").CountAsync() == 1) await page.GetByTestId("kept-save").ClickAsync();
        await PortalProcess.EventuallyAsync(() => StoredAsync("g3"), now => now == Masked);
        await Assertions.Expect(Box(page, "g3")).ToHaveAttributeAsync("aria-label", new Regex("010101 - 1234"));
        await Assertions.Expect(state).ToHaveTextAsync("gemt");
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    private static async Task TouchAsync(ICDPSession device, string type, params (float X, float Y)[] fingers) =>
        await device.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = fingers.Select((f, n) => new Dictionary<string, object> { ["x"] = f.X, ["y"] = f.Y, ["id"] = n }).ToArray(),
        });

    private static async Task PenAsync(ICDPSession device, string type, float x, float y) =>
        await device.SendAsync("Input.dispatchMouseEvent", new()
        {
            ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["buttons"] = type == "mouseReleased" ? 0 : 1, ["clickCount"] = 1,
            ["pointerType"] = "pen", ["force"] = 0.5,
        });
}
