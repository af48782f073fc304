using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Examples;
using Portal.Features.Chains.Exchange;
using Portal.Ingestion.Domain;
using Portal.Platform.Ui.Fields;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// Two people build the first example chain from empty at the same time, one by mouse and one by keyboard alone. The server is killed
/// halfway. In the end both pages and the database have the example chain.
/// </summary>
internal sealed class ChainBuildStory
{
    private static readonly ChainKind[] ByMouse = [ChainKind.Purpose, ChainKind.Problem, ChainKind.Technology, ChainKind.Future];
    private readonly ChainDocument _worked = new ChainExamples().All[0].Document;

    // Ids in the chain being built, by the example chain's ids.
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    public async Task RunAsync(OneRestart.Part restart)
    {
        var portal = await restart.StartAsync();
        var id = await EmptyChainAsync(portal);
        await using var mouse = await Browser.SignInAsync(portal.Address, "facilitator");
        await using var keyboard = await Browser.SignInAsync(portal.Address, "administrator");
        var (a, b) = (mouse.Page, keyboard.Page);
        await OpenAsync(a, id);
        await OpenAsync(b, id);
        await Assertions.Expect(a.GetByTestId("presence").Locator("li")).ToHaveCountAsync(1);

        // Boxes and their fields.
        await Task.WhenAll(BoxesByMouseAsync(a), BoxesByKeyboardAsync(b));
        foreach (var page in (IPage[])[a, b])
            await Assertions.Expect(page.GetByTestId("chain-element")).ToHaveCountAsync(_worked.Present.Count());
        await mouse.IsAccessibleAsync("canvas");
        await keyboard.IsAccessibleAsync("canvas after the outline");

        // The server is killed and started again; both pages continue where they were.
        await restart.KillAsync();
        foreach (var page in (IPage[])[a, b])
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        portal = await restart.StartAgainAsync();
        foreach (var page in (IPage[])[a, b])
        {
            await Assertions.Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 60_000 });
            await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
            await Assertions.Expect(page.GetByTestId("chain-element")).ToHaveCountAsync(_worked.Present.Count());
            await Assertions.Expect(page.GetByTestId("kept")).ToHaveCountAsync(0);
        }

        await Assertions.Expect(a.GetByTestId("presence").Locator("li")).ToHaveCountAsync(1);

        // Links, and a box that is dragged.
        await Task.WhenAll(LinksByMouseAsync(a), LinksByKeyboardAsync(b));
        await DragAsync(a, Locate(a, "p0"));
        foreach (var page in (IPage[])[a, b])
            await Assertions.Expect(page.Locator(".links .link")).ToHaveCountAsync(_worked.PresentLinks.Count());

        var stored = await PortalProcess.EventuallyAsync(
            () => portal.GetAsync($"/api/effektkaeder/{id}"), chain => Texts(chain).SequenceEqual(Texts(_worked, own: true)));
        Assert.Equal(
            Links(_worked, own: true), Links(ChainReader.Read(Encoding.UTF8.GetBytes(stored.ToJsonString())).Document!, own: false));
        Assert.Equal(await SeenAsync(a), await SeenAsync(b));
        await a.ReloadAsync();
        await Assertions.Expect(a.Locator(".world.ready")).ToHaveCountAsync(1);
        Assert.Equal(await SeenAsync(b), await SeenAsync(a));
        Assert.Equal(stored["elements"]!.AsArray().Count, (await SeenAsync(a)).Length);
    }

    // The first person, by mouse.
    private async Task BoxesByMouseAsync(IPage page)
    {
        foreach (var box in ChainOrder.Read(_worked).Where(b => ByMouse.Contains(b.Kind)))
        {
            await page.GetByTestId("add-kind").ChooseValueAsync(box.Kind.ToWire());
            await page.GetByTestId("add-element").ClickAsync();
            var field = page.Locator("textarea.in-place");
            await Assertions.Expect(field).ToBeFocusedAsync();
            var id = (await field.EvaluateAsync<string>("f => f.closest('[data-element-id]').dataset.elementId"))!;
            lock (_ids) _ids[box.Id] = id;
            await page.Keyboard.TypeAsync(box.Text);
            // A click elsewhere ends the editing of the text.
            await page.Locator(".board-head h1").ClickAsync();
            await Assertions.Expect(Locate(page, box.Id)).ToContainTextAsync(box.Text);
            if (Fields(box).Count == 0) continue;
            await Locate(page, box.Id).ClickAsync();
            foreach (var (shown, value) in Fields(box))
            {
                if (shown.Shape is FieldShape.Period or FieldShape.MessageType)
                {
                    await page.GetByTestId(shown.Shape == FieldShape.Period ? $"field-{shown.Property}" : "message-type")
                        .ChooseValueAsync(value);
                    continue;
                }

                var own = page.Locator($"[id='{FieldEditor.IdOf(id, shown.Property)}']");
                await own.ClickAsync();
                await page.Keyboard.TypeAsync(shown.Shape == FieldShape.Date
                    ? DateOnly.Parse(value, CultureInfo.InvariantCulture).ToString(DateField.Pattern, CultureInfo.InvariantCulture)
                    : BoxFields.Show(shown, value));
            }

            await page.Locator(".board-head h1").ClickAsync();
        }
    }

    private async Task LinksByMouseAsync(IPage page)
    {
        foreach (var link in ChainOrder.Links(_worked).Where(l => ByMouse.Contains(_worked.Find(l.From)!.Kind)))
        {
            await Locate(page, link.From).ClickAsync();
            await Assertions.Expect(Locate(page, link.From)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("chosen"));
            await page.GetByTestId("connect").ClickAsync();
            await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "true");
            await Locate(page, link.To).ClickAsync();
            await Assertions.Expect(Drawn(page, link)).ToHaveCountAsync(1);
        }
    }

    // The second person, by keyboard alone: boxes in the outline, links on the canvas.
    private async Task BoxesByKeyboardAsync(IPage page)
    {
        var keys = new Keys(page);
        await keys.PressOnAsync("[data-testid=outline-toggle]", "Enter");
        foreach (var box in ChainOrder.Read(_worked).Where(b => !ByMouse.Contains(b.Kind)))
        {
            await keys.PressOnAsync($"[data-testid=outline-add][data-kind={box.Kind.ToWire()}]", "Enter");
            var field = page.Locator("[data-testid=chain-outline] textarea:focus");
            await Assertions.Expect(field).ToHaveCountAsync(1);
            var id = (await field.EvaluateAsync<string>("f => f.closest('[data-outline-id]').dataset.outlineId"))!;
            lock (_ids) _ids[box.Id] = id;
            if (box.Text.Length > 0) await page.Keyboard.TypeAsync(box.Text);
            await page.Keyboard.PressAsync("Control+Enter");
            foreach (var (shown, value) in Fields(box))
                await keys.WriteInAsync($"[id='{FieldEditor.IdOf(id, shown.Property)}']", BoxFields.Show(shown, value));
            await keys.PressOnAsync($"[data-outline-id='{id}'] .outline-open", "Enter");
            await Assertions.Expect(page.Locator($"[data-outline-id='{id}'] textarea")).ToHaveCountAsync(0);
        }

        await keys.PressOnAsync("[data-testid=outline-toggle]", "Enter");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
    }

    private async Task LinksByKeyboardAsync(IPage page)
    {
        var keys = new Keys(page);
        foreach (var link in ChainOrder.Links(_worked).Where(l => !ByMouse.Contains(_worked.Find(l.From)!.Kind)))
        {
            await keys.PressOnAsync($"[data-element-id='{_ids[link.From]}']", "l");
            await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "true");
            await keys.PressOnAsync($"[data-element-id='{_ids[link.To]}']", "l");
            await Assertions.Expect(Drawn(page, link)).ToHaveCountAsync(1);
        }
    }

    private static async Task DragAsync(IPage page, ILocator box)
    {
        // Read before the drop, since the box may already be at its new place afterwards.
        var (at, before) = ((await box.BoundingBoxAsync())!, Place(await box.GetAttributeAsync("data-r")));
        await page.Mouse.MoveAsync(at.X + (at.Width / 2), at.Y + (at.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(at.X + (at.Width / 2) + 40, at.Y + (at.Height / 2) + 12, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("before => { const box = [...document.querySelectorAll('[data-element-id]')].find(e => "
            + "e.dataset.r.split(' ').slice(0, 2).join() === before); return !box; }", before);
    }

    private static string Place(string? rect) => string.Join(',', rect!.Split(' ').Take(2));

    private ILocator Locate(IPage page, string worked) => page.Locator($"[data-element-id='{_ids[worked]}']");

    private ILocator Drawn(IPage page, ChainLink link) =>
        page.Locator($".links .link[data-from='{_ids[link.From]}'][data-to='{_ids[link.To]}']");

    private static List<(BoxField Field, string Value)> Fields(ChainElement box) =>
        [.. BoxFields.Of(box.Kind).Where(f => box.Get(f.Property) is not null).Select(f => (f, box.Get(f.Property)!))];

    // The values of each box, without its place.
    private IEnumerable<string> Texts(ChainDocument document, bool own) =>
        document.Present.Select(b => $"{(own ? _ids.GetValueOrDefault(b.Id) : b.Id)}: {b.Kind} "
            + $"{string.Join("; ", b.Values.Where(v => !ElementProperty.IsPlace(v.Key)).Select(v => $"{v.Key}={v.Value}"))}")
            .Order(StringComparer.Ordinal);

    private IEnumerable<string> Texts(JsonNode chain) =>
        Texts(ChainReader.Read(Encoding.UTF8.GetBytes(chain.ToJsonString())).Document!, own: false);

    private IEnumerable<string> Links(ChainDocument document, bool own) =>
        document.PresentLinks.Select(l => own ? $"{_ids[l.From]} → {_ids[l.To]}" : $"{l.From} → {l.To}").Order(StringComparer.Ordinal);

    private static async Task<string[]> SeenAsync(IPage page) =>
        await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-element-id]')].map(e => [e.dataset.elementId, "
            + "e.dataset.kind, e.dataset.r, e.getAttribute('aria-label')].join('|')).sort()");

    private static async Task<string> EmptyChainAsync(RunningPortal portal)
    {
        using var body = new StringContent("""{ "title": "Fælles kæde", "elements": [] }""", Encoding.UTF8, "application/json");
        using var answer = await portal.Http.PostAsync(new Uri("/api/effektkaeder", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
    }

    private static async Task OpenAsync(IPage page, string id)
    {
        await page.GotoAsync($"/effektkaeder/{id}");
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
    }
}
