using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Portal.Hosting;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Checks of every link, button and field of an open page.</summary>
internal static class PageWalk
{
    /// <summary>
    /// The last four digits of the stories' person number, alone or after the first six; not within longer numbers, such as a time in
    /// milliseconds.
    /// </summary>
    public const string PersonNumber = @"(?<!\d)1234(?!\d)|0101011234";

    // After a press of Tab, focused elements show :focus-visible. Compares the outline's colour with the background.
    private const string Unseen =
        """
        () => {
          const rgb = text => text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
          const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
          .reduce((sum, c, n) => sum + c * [.2126, .7152, .0722][n], 0);
          const ground = el => { for (; el; el = el.parentElement) { const c = rgb(getComputedStyle(el).backgroundColor);
          if ((c[3] ?? 1) >= .99) return c; } return [255, 255, 255]; };
          const wrong = [];
          const focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
          for (const el of document.querySelectorAll(focusable)) {
            if (el.disabled || el.tabIndex < 0 || !el.checkVisibility({ visibilityProperty: true })) continue;
            el.focus({ preventScroll: true });
            // A field's outline is round all of it, a tick's round its box; a button in a field has its own.
            const shown = el.matches("button") ? el
              : el.closest(".mud-input, .mud-switch-button, :is(.mud-checkbox, .mud-radio) > span") ?? el;
            const style = getComputedStyle(shown), name = el.outerHTML.slice(0, 120);
            if (document.activeElement !== el) continue;
            if (!el.matches(":focus-visible") || style.outlineStyle === "none"
            || parseFloat(style.outlineWidth) < 2) { wrong.push("no outline: " + name); continue; }
            const [a, b] = [light(rgb(style.outlineColor)), light(ground(parseFloat(style.outlineOffset) < 0 ? shown
                : shown.parentElement))]
            .sort((x, y) => y - x);
            if ((a + .05) / (b + .05) < 3) wrong.push("too faint: " + name);
          }
          return wrong;
        }
        """;

    // Pages that the interactive router can show.
    private static readonly string[][] Shown = [.. typeof(App).Assembly.GetTypes()
        .Where(t => t.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is null)
        .SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template.Split('/', StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <summary>Every control shows its focus with a contrast of 3:1 or more.</summary>
    public static async Task ShowsTheFocusAsync(IPage page, string where)
    {
        await page.Keyboard.PressAsync("Tab");
        var wrong = await page.EvaluateAsync<string[]>(Unseen);
        Assert.True(wrong.Length == 0, $"{where}: {string.Join(" | ", wrong.Distinct().Take(5))}");
    }

    /// <summary>
    /// A link to what the interactive router cannot show bypasses it: otherwise it would change the address before the server is asked.
    /// </summary>
    public static async Task LeavesTheRouterOutAsync(IPage page, string where)
    {
        var links = await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download') && "
            + "['', '_self'].includes(a.target) && a.pathname !== location.pathname).map(a => a.pathname)");
        Assert.DoesNotContain(links, path => !Shown.Any(route => Matches(route, path.Split('/', StringSplitOptions.RemoveEmptyEntries))));
        Assert.True(links.Length > 0, $"{where} has no links at all");
    }

    private static bool Matches(string[] route, string[] path) => route.Length == path.Length
        && route.Zip(path).All(p => p.First.StartsWith('{') || p.First.Equals(p.Second, StringComparison.OrdinalIgnoreCase));
}
