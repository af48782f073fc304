using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A person with only a keyboard. After each key the focus must be on something that can be seen, with a ring round it: what is not so is
/// kept in <see cref="Wrong"/>, so that a day tells all its faults at once.
/// </summary>
internal sealed class KeyboardPerson(IPage page)
{
    private const int MostTabs = 400;
    private const int MostOptions = 40;

    // How many presses of Tab lead from the focus to the element; negative: Shift+Tab. 0: it has the focus. null: it is not there yet. Of
    // a group of radio buttons one is a stop. An open dialog has the page's other stops behind it.
    private const string Steps =
        """
        selector => {
          const within = [...document.querySelectorAll("dialog[open], .mud-dialog-container .mud-dialog")].at(-1) ?? document;
          const target = [...within.querySelectorAll(selector)].find(e => e.checkVisibility({ visibilityProperty: true }));
          if (!target) return null;
          const stops = [...within.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(e =>
            !e.matches(":disabled") && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true })
            && !(e.type === "radio" && !e.checked && e.form?.querySelector(`[name="${e.name}"]:checked`)));
          const there = stops.indexOf(target);
          if (there < 0) return null;
          const here = stops.indexOf(document.activeElement);
          if (here >= 0) return there - here;
          // A heading, or nothing at all.
          const at = document.activeElement, before = e => at.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING;
          const passed = at === document.body ? 0 : stops.filter(before).length;
          return there >= passed ? there + 1 - passed : there - passed;
        }
        """;

    // What is wrong with the focus; null: nothing. Headings and the main area take it from scripts and are no controls.
    private const string Fault =
        """
        () => {
          const el = document.activeElement;
          if (!el || el === document.body || el === document.documentElement) return "the focus is lost";
          const name = el.outerHTML.replace(/ (class|style|d|_bl_[^=]*)="[^"]*"/g, "").slice(0, 160);
          if (!el.checkVisibility({ visibilityProperty: true })) return "not visible: " + name;
          const shown = el.closest(".mud-input, .mud-switch-button, :is(.mud-checkbox, .mud-radio) > span") ?? el;
          const box = shown.getBoundingClientRect();
          const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
          const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
          if (right - left < 1 || bottom - top < 1) return "outside the window: " + name;
          const parts = [.1, .5, .9];
          const free = parts.some(x => parts.some(y => {
            const over = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
            return over && (shown.contains(over) || over.contains(shown));
          }));
          // An open list may lie over its own field: what is seen then is the option that is reached.
          if (!free && el.matches("[role=combobox][aria-expanded=true]")) return null;
          if (!free) {
            const over = document.elementFromPoint(left + (right - left) / 2, top + (bottom - top) / 2);
            return `covered by ${over?.tagName}.${over?.className}: ` + name;
          }
          if (el.matches("h1, h2, main, [data-page-start]")) return null;
          const seen = e => {
            const style = getComputedStyle(e);
            return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
          };
          return seen(shown) || seen(el) ? null : "no ring: " + name;
        }
        """;

    private readonly List<string> _wrong = [];

    /// <summary>Every fault of the focus so far, with where it was.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>The part of the day, for what is told.</summary>
    public string Where { get; set; } = "";

    /// <summary>Presses a key and looks where the focus is.</summary>
    public async Task PressAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        await LookAsync(key);
    }

    /// <summary>Types in the field that has the focus.</summary>
    public async Task TypeAsync(string text)
    {
        await page.Keyboard.TypeAsync(text);
        await LookAsync("typing");
    }

    /// <summary>Moves by Tab to the first visible element of a selector.</summary>
    public async Task ToAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        // Counted again after each press: what the page renders meanwhile may take stops away.
        for (var tab = 0; tab < MostTabs; tab++)
        {
            if (await page.EvaluateAsync<int?>(Steps, selector) is not { } steps)
            {
                await page.WaitForFunctionAsync($"selector => ({Steps})(selector) !== null", selector);
                continue;
            }

            if (steps == 0) return;
            await PressAsync(steps > 0 ? "Tab" : "Shift+Tab");
        }

        throw new InvalidOperationException($"{Where}: Tab does not lead to {selector}");
    }

    /// <summary>Moves to a control and presses a key on it.</summary>
    public async Task PressOnAsync(string selector, string key = "Enter")
    {
        await ToAsync(selector);
        await PressAsync(key);
    }

    /// <summary>Moves to a field and writes in it, in place of what it had.</summary>
    public async Task WriteAsync(string selector, string text)
    {
        await ToAsync(selector);
        await page.Keyboard.PressAsync("Control+a");
        await TypeAsync(text);
    }

    /// <summary>Moves to a select, opens it, and chooses the option with that text by the arrow keys.</summary>
    public async Task ChooseAsync(string selector, string option)
    {
        await PressOnAsync(selector);
        var options = page.Locator(".mud-popover-open [role=option]");
        await options.First.WaitForAsync();

        // The list marks its own value a moment after it opens: a key pressed before that would be taken back.
        await page.Locator(".mud-popover-open .mud-selected-item").First.WaitForAsync();
        await DownToAsync(".mud-popover-open [role=option]", option);
        await PressAsync("Enter");
        await Assertions.Expect(options).ToHaveCountAsync(0);
    }

    /// <summary>Chooses the suggestion of the search that shows that text, by the arrow keys.</summary>
    public async Task ChooseHitAsync(string text)
    {
        await page.Locator(".search-hit-list b").Filter(new() { HasText = text }).First.WaitForAsync();
        await DownToAsync(".search-hit-list .mud-list-item", text);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to a page through the menu, which is behind a button on telephones.</summary>
    public async Task OpenAsync(string href)
    {
        Where = href;
        if (await page.Locator(".menu-button").IsVisibleAsync() && !await page.Locator($"#hovedmenu a[href='{href}']").IsVisibleAsync())
            await PressOnAsync(".menu-button");
        await PressOnAsync($"#hovedmenu a[href='{href}']");
        await page.IsAtAsync(url => new Uri(url).AbsolutePath == href);
        await LiveAsync();
    }

    /// <summary>Waits until the page is live and the focus is at its beginning.</summary>
    public async Task LiveAsync()
    {
        await Assertions.Expect(page.Locator("main h1").First).ToBeVisibleAsync();
        var whole = page.GetByTestId("until-live");
        if (await whole.CountAsync() > 0) await Assertions.Expect(whole).Not.ToHaveAttributeAsync("disabled", "");

        // Each page begins at its heading, from which the next Tab goes on.
        await page.WaitForFunctionAsync("() => document.activeElement.matches('h1, [data-page-start]')");
        await LookAsync("opening");
    }

    /// <summary>Fails when the focus was ever lost or not to be seen.</summary>
    public void SawItsFocus() => Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Distinct()));

    // Goes down a list until the chosen item has that text; each key is answered before the next is pressed.
    private async Task DownToAsync(string items, string text)
    {
        const string Chosen = "items => document.querySelector(items + '.mud-selected-item')?.innerText.trim().replace(/\\s+/g, ' ') ?? ''";
        for (var n = 0; n < MostOptions; n++)
        {
            var at = await page.EvaluateAsync<string>(Chosen, items);
            if (at == text || $" {at} ".Contains($" {text} ", StringComparison.Ordinal)) return;
            await PressAsync("ArrowDown");
            await page.WaitForFunctionAsync($"([items, at]) => ({Chosen})(items) !== at", new[] { items, at });
        }

        throw new InvalidOperationException($"{Where}: the arrow keys do not lead to »{text}«");
    }

    // What is being rendered may take the focus a moment later.
    private async Task LookAsync(string after)
    {
        try
        {
            if (await page.EvaluateAsync<string?>(Fault) is null) return;
            await page.WaitForFunctionAsync($"() => ({Fault})() === null", null, new() { Timeout = 2_000 });
        }
        catch (TimeoutException)
        {
            if (await page.EvaluateAsync<string?>(Fault) is { } fault) _wrong.Add($"{Where}, after {after}: {fault}");
        }
        catch (PlaywrightException problem) when (problem.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            // The key led to another page, which is looked at next.
        }
    }
}
