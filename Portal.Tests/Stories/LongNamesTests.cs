using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// Names of 200 characters without a space, everywhere, on a telephone: nothing scrolls sideways, sticks out or lies over another.
/// </summary>
public sealed class LongNamesTests(ITestOutputHelper output)
{
    private const int Length = 200;

    // Texts that stick out of the window, and pairs of texts that lie over one another. What scrolls in a box of its own, the canvas, and
    // what is fixed to the window's edge is left out.
    private const string Faults =
        """
        () => {
          const wrong = [], shown = [];
          // What is shortened with an ellipsis, or scrolls in a box of its own, takes no more room than that box.
          const seen = (rect, el) => {
            let { left, top, right, bottom } = rect;
            for (; el && el !== document.body; el = el.parentElement) {
              if (getComputedStyle(el).overflowX === "visible") continue;
              const box = el.getBoundingClientRect();
              [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right),
                Math.min(bottom, box.bottom)];
            }
            return { left, top, right, bottom, width: right - left, height: bottom - top };
          };
          const more = document.documentElement.scrollWidth - innerWidth;
          if (more > 0) wrong.push("scrolls sideways by " + more);
          const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
          for (let text; (text = walker.nextNode());) {
            const el = text.parentElement;
            if (!text.data.trim() || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
            // The headings of a table that is shown as cards are for screen readers alone.
            if (el.closest("thead")?.getBoundingClientRect().width <= 1) continue;
            if (el.closest(".visually-hidden, .surface, .scroll, .mud-table-container, pre, svg, .mud-input-label")) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const rect of range.getClientRects()) {
              const box = seen(rect, el);
              if (box.width < 2 || box.height < 2) continue;
              const name = `»${text.data.trim().slice(0, 30)}« in ${el.tagName}.${el.className}`;
              if (box.left < -1 || box.right > innerWidth + 1) wrong.push("sticks out: " + name);
              shown.push({ box, text, name });
            }
          }
          for (let a = 0; a < shown.length; a++) for (let b = a + 1; b < shown.length; b++) {
            const [one, two] = [shown[a], shown[b]];
            if (one.text === two.text) continue;
            const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
            const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
            if (across > 4 && down > 6) wrong.push(`${one.name} lies over ${two.name}`);
          }
          return [...new Set(wrong)].slice(0, 8);
        }
        """;

    private static string Long(string start) => start + new string('x', Length - start.Length);

    [Theory, Long]
    [InlineData(390, 844)]
    [InlineData(844, 390)]
    public async Task No_page_scrolls_sideways_or_lays_one_text_over_another(int width, int height)
    {
        await using var portal = await HostedPortal.StartAsync();
        var number = await PrepareAsync(portal);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator", width, height);
        var (page, wrong) = (browser.Page, new List<string>());
        var address = Uri.EscapeDataString(number);
        foreach (var path in (string[])[
            "/", "/sager", $"/sager?q={address}", $"/sager/{address}", $"/sager/{address}/bevis", "/opfoelgning", "/beskeder",
            "/karantaene", "/adgangslog", "/adgang", "/drift", "/beskedkatalog", "/effektkaeder", "/effektkaeder/k1",
            "/effektkaeder/k1/gevinster", "/effektkaeder/k1/rapport", "/effektkaeder/k1/workshop", "/effektkaeder/rapport",
            "/forsendelser", "/driftshaendelser"])
        {
            await browser.OpenAsync(path);
            var name = path.Replace(address, "…", StringComparison.Ordinal);
            wrong.AddRange((await page.EvaluateAsync<string[]>(Faults)).Select(f => $"{name}: {f}"));
        }

        output.WriteLine(string.Join('\n', wrong));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(browser.Errors);
    }

    // The longest that each takes, at most 200 characters.
    private static async Task<string> PrepareAsync(HostedPortal portal)
    {
        var (number, uuid) = (Long("26-")[..100], Guid.NewGuid().ToString());
        using (var created = await portal.RegisterAsync(new
        {
            caseNumber = number, caseType = "huslejenaevn", letterId = Long("L-"), title = Long("Afgørelse"),
            recipient = new { name = Long("Modtager"), id = "0101011234", idType = "CPR" }, channel = "DigitalPost",
            sentAt = "2026-02-13T12:00:00+01:00", identifiers = new { messageUuid = uuid },
            documents = new[] { new { name = Long("bilag"), sha256 = new string('a', 64) } },
        }))
        {
            Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        }

        foreach (var bytes in (byte[][])[
            Envelopes.Status(uuid, KnownHandlinger.Fejlet, "2026-02-13T12:05:00+01:00").Bytes,
            Envelopes.With(KnownHandlinger.Fejlet, $"<MessageUUID>{Long("u")}</MessageUUID><KanalKode>{Long("kanal")}</KanalKode>"
                + $"<FejlDetaljer><FejlKode>{Long("kode")}</FejlKode><FejlTekst>{Long("fejl")}</FejlTekst></FejlDetaljer>").Bytes,
            System.Text.Encoding.UTF8.GetBytes(Long("<ikke-xml"))])
        {
            (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        }

        using (var made = await portal.Http.PostAsJsonAsync("/api/effektkaeder", new
        {
            id = "k1", title = Long("Kæde"), department = Long("Afdeling"), elements = new object[]
            {
                new { id = "p0", kind = "problem", text = Long("Problem"), to = new[] { "g1" } },
                new { id = "g1", kind = "benefit", text = Long("Gevinst"), owner = Long("Ejer"), indicator = new { unit = Long("timer") } },
                new { id = "n1", kind = "negative-benefit", text = Long("Ulempe"), owner = Long("Ejer") },
                new { id = "b1", kind = "new-behaviour", text = Long("Adfærd"), owner = Long("Ejer") },
            },
        }))
        {
            Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        }

        (await portal.Http.PostAsJsonAsync("/api/effektkaeder/k1/maalinger",
            new[] { new { elementId = "g1", at = DateTimeOffset.UtcNow, value = 12345678, note = Long("Note") } }))
            .EnsureSuccessStatusCode().Dispose();
        return number;
    }
}
