using Microsoft.Playwright;

namespace Portal.Tests.Stories;

/// <summary>
/// Imitates the translation that Chrome and Edge offer: each text of the page, also one that comes or changes later, is taken out of the
/// document and two font elements with the translation stand in its place. Like theirs, it runs in a script world of its own, where nothing
/// that the page's scripts change is seen; what it does to the document is.
/// </summary>
internal static class PageTranslator
{
    /// <summary>What each translated text begins with.</summary>
    public const string Mark = "~";

    private const string Source =
        """
        (() => {
          const skipped = "script, style, noscript, textarea, svg, font, [translate=no], .notranslate", originals = new Map();
          let on = true;
          const translate = text => {
            if (text.nodeType !== Node.TEXT_NODE || text.data.trim() === "" || text.parentElement?.closest(skipped) !== null) return;
            const [outer, inner] = [document.createElement("font"), document.createElement("font")];
            outer.append(inner);
            inner.textContent = "~" + text.data;
            originals.set(outer, text);
            text.parentNode.replaceChild(outer, text);
          };
          const all = root => {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
            while (walker.nextNode()) found.push(walker.currentNode);
            found.forEach(translate);
          };
          document.addEventListener("DOMContentLoaded", () => {
            all(document.body);
            new MutationObserver(changes => {
              if (!on) return;
              for (const change of changes) {
                if (change.type === "characterData") translate(change.target);
                for (const node of change.addedNodes) { translate(node); all(node); }
              }
            }).observe(document.body, { childList: true, characterData: true, subtree: true });
          });
          document.addEventListener("translator-leave", () => { on = false; });
          document.addEventListener("translator-original", () => {
            on = false;
            for (const [font, text] of originals) if (font.isConnected) font.parentNode.replaceChild(text, font);
          });
        })()
        """;

    /// <summary>Translates each document that the page opens from now on.</summary>
    public static async Task TranslateAsync(this IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Page.enable");
        await session.SendAsync("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = Source, ["worldName"] = "translator" });
    }

    /// <summary>Translates nothing more; what is translated stays so.</summary>
    public static Task LeaveTranslatorAsync(this IPage page) =>
        page.EvaluateAsync("document.dispatchEvent(new Event('translator-leave'))");

    /// <summary>Puts the original texts back, as »Show original« does, and translates nothing more.</summary>
    public static Task ShowOriginalAsync(this IPage page) =>
        page.EvaluateAsync("document.dispatchEvent(new Event('translator-original'))");
}
