using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Tests.Stories;

namespace Portal.Tests.PersonNumbers;

/// <summary>
/// Opens pages in a browser and searches what it has of them: document, title, address, console, requests, what the circuit sent, cookies,
/// storages, caches, and downloads.
/// </summary>
internal sealed class BrowserWalk
{
    private const string Stored =
        """
        async () => {
          const parts = [{ ...localStorage }, { ...sessionStorage }, history.state, performance.getEntries().map(e => e.name)];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys())
              parts.push([name, request.url, await (await caches.match(request)).text()]);
          }
          for (const base of await indexedDB.databases()) parts.push(base.name);
          return JSON.stringify(parts);
        }
        """;

    private readonly Browser _browser;
    private readonly Output _output;
    private readonly string _who;

    public BrowserWalk(Browser browser, Output output, string who)
    {
        (_browser, _output, _who) = (browser, output, who);
        Page.Console += (_, message) => output.Text($"console of {who}", message.Text);
        Page.Request += (_, request) => output.Text($"request of {who}", request.Url);
        Page.FrameNavigated += (_, frame) => output.Text($"address of {who}", frame.Url);
        Page.Download += (_, download) => output.Text($"download's name of {who}", $"{download.SuggestedFilename} {download.Url}");
        Page.WebSocket += (_, socket) =>
        {
            output.Text($"socket of {who}", socket.Url);
            socket.FrameReceived += (_, frame) =>
                output.Text(
                    $"circuit of {new Uri(Page.Url).AbsolutePath} as {who}", frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
        };
    }

    private IPage Page => _browser.Page;

    /// <summary>Opens pages and searches each.</summary>
    public async Task OpenAsync(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            await _browser.OpenAsync(path);
            await SearchAsync(path);
        }
    }

    /// <summary>Searches the page as it is now.</summary>
    public async Task SearchAsync(string where)
    {
        _output.Text($"title of {where} as {_who}", await Page.TitleAsync());
        _output.Text($"address of {where} as {_who}", Page.Url);
        _output.Text($"document of {where} as {_who}", await Page.ContentAsync());
        _output.Text($"storage of {where} as {_who}", await Page.EvaluateAsync<string>(Stored));
        _output.Text($"cookies of {where} as {_who}", JsonSerializer.Serialize(await Page.Context.CookiesAsync()));
    }

    /// <summary>Types and uploads numbers, and asks for one where that may be.</summary>
    public async Task UseAsync(SeededPortal seeded, SeededNumbers numbers)
    {
        await _browser.OpenAsync("/");
        await Page.Locator("#global-search").FillAsync(numbers.For("skærm: søgefeltet i toppen"));
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("#global-search-hint")).ToBeVisibleAsync();
        await SearchAsync("/ with a number in the search field");

        await _browser.OpenAsync("/sager");
        await Page.GetByTestId("case-search").FillAsync(seeded.Recipient);
        await Page.GetByTestId("cpr-purpose").FillAsync($"Klage fra {numbers.For("skærm: søgningens formål")} i dag");
        await Page.GetByTestId("cpr-search").ClickAsync();
        await Assertions.Expect(Page.GetByTestId("case-row").First).ToBeVisibleAsync();
        await SearchAsync("/sager with a number searched for");

        await _browser.OpenAsync($"/sager/{SeededPortal.Case}");
        await SearchAsync("/sager/26-pn-1");
        await Page.GetByTestId("reveal-number").First.ClickAsync();
        await Page.GetByTestId("reveal-purpose").FillAsync("Ringer til lejeren");
        await Page.GetByTestId("reveal-now").ClickAsync();
        await Assertions.Expect(Page.GetByTestId("person-number").First).ToBeVisibleAsync();
        await SearchAsync("/sager/26-pn-1 with the number shown");

        await _browser.OpenAsync("/forsendelser");
        var lines = "Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID\n"
            + $"26-pn-3;fil-1;Om {numbers.For("fil: titel")};Anna {numbers.For("fil: navn")};13-02-2026 12:21;{Guid.NewGuid()}\n"
            + $"{numbers.For("fil: sagsnummer")};{numbers.For("fil: brev-id")};Om;Bo;{numbers.For("fil: tid")};{Guid.NewGuid()}\n";
        await Page.GetByTestId("letter-file").SetInputFilesAsync(new FilePayload
        {
            Name = $"breve {numbers.Plain("fil: navnet")}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(lines),
        });
        await Assertions.Expect(Page.GetByTestId("file-lines")).ToBeVisibleAsync();
        await SearchAsync("/forsendelser with a file");
    }
}
