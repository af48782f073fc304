using Microsoft.Playwright;

namespace Portal.Tests.Stories;

/// <summary>A person with only a keyboard, who moves by Tab.</summary>
internal sealed class Keys(IPage page)
{
    private const int MostRounds = 40;

    // How many presses of Tab lead from the focus to the element; negative: Shift+Tab. 0: it has the focus. null: there is no such element
    // yet.
    private const string Steps =
        """
        selector => {
          const target = document.querySelector(selector);
          if (!target) return null;
          const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
          .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility());
          const there = stops.indexOf(target), here = stops.indexOf(document.activeElement);
          return there < 0 ? null : there - here;
        }
        """;

    /// <summary>
    /// Moves to the first element of a selector. Others change the page meanwhile, so the steps are counted again after each move.
    /// </summary>
    public async Task ToAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var round = 0; round < MostRounds; round++)
        {
            if (await page.EvaluateAsync<int?>(Steps, selector) is not { } steps) continue;
            if (steps == 0) return;
            for (var n = 0; n < Math.Abs(steps); n++) await page.Keyboard.PressAsync(steps > 0 ? "Tab" : "Shift+Tab");
        }

        throw new InvalidOperationException($"Tab does not lead to {selector}");
    }

    /// <summary>Moves to an element and presses a key.</summary>
    public async Task PressOnAsync(string selector, string key)
    {
        await ToAsync(selector);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Moves to a field and types in it.</summary>
    public async Task WriteInAsync(string selector, string text)
    {
        await ToAsync(selector);
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Tab");
    }
}
