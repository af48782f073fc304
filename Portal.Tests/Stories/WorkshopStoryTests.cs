using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A workshop with guests, in three real browsers.</summary>
public sealed class WorkshopStoryTests
{
    private const string Secret = "Hemmeligt forslag om ventetid";

    [Fact]
    public async Task Guests_join_by_code_write_in_silence_vote_and_are_out_when_the_workshop_is_closed()
    {
        await using var portal = await HostedPortal.StartAsync();
        await using var facilitator = await Browser.SignInAsync(portal.Address, "facilitator");
        await using var anna = await Browser.SignInAsync(portal.Address, persona: null);
        await using var bo = await Browser.SignInAsync(portal.Address, persona: null, 390, 844, ColorScheme.Dark);
        Assert.Equal(HttpStatusCode.Created, (await portal.Http.PostAsJsonAsync("/api/effektkaeder", Chain("Kendt problem"))).StatusCode);
        var steer = facilitator.Page;
        await facilitator.OpenAsync("/effektkaeder/k1/workshop");
        await steer.GetByTestId("workshop-menu").Locator("button").First.ClickAsync();
        await steer.GetByTestId("open-workshop").ClickAsync();
        var address = (await steer.Locator("dialog .join-address a").GetAttributeAsync("href"))!;
        await facilitator.IsAccessibleAsync("the code");
        await steer.Keyboard.PressAsync("Escape");

        var frames = new StringBuilder();
        anna.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            lock (frames) frames.Append(frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
        };
        await JoinAsync(anna, address, "Anna");
        await JoinAsync(bo, address, "Bo");

        // A guest can open no other page.
        await using var stranger = await Browser.SignInAsync(portal.Address, persona: null);
        await JoinAsync(stranger, address, "Carl");
        foreach (var shut in (string[])["/", "/effektkaeder", "/effektkaeder/k1/workshop", "/beskeder"])
        {
            await stranger.Page.GotoAsync(shut);
            Assert.Contains("/login", stranger.Page.Url, StringComparison.Ordinal);
        }

        Assert.Equal(401, (await stranger.Page.APIRequest.GetAsync("/api/effektkaeder/k1")).Status);

        // Texts of silent writing do not reach a guest before they are revealed.
        await steer.GetByTestId("silent").ClickAsync();
        await Assertions.Expect(anna.Page.GetByTestId("silent-now")).ToBeVisibleAsync();
        Assert.Equal(
            HttpStatusCode.OK, (await portal.Http.PutAsJsonAsync("/api/effektkaeder/k1", Chain("Kendt problem", Secret))).StatusCode);
        await Assertions.Expect(anna.Page.GetByText("Teksten vises, når den stille skrivning er slut").First).ToBeVisibleAsync();
        Assert.DoesNotContain(Secret, await SeenAsync(anna.Page), StringComparison.Ordinal);
        lock (frames) Assert.DoesNotContain(Secret, Readable(frames.ToString()), StringComparison.Ordinal);
        await steer.GetByTestId("silent").ClickAsync();
        await Assertions.Expect(anna.Page.GetByText(Secret).First).ToBeVisibleAsync();
        lock (frames) Assert.Contains(Secret, Readable(frames.ToString()), StringComparison.Ordinal);

        // Votes are hidden until the facilitator shows them.
        await steer.GetByTestId("votes-start").ClickAsync();
        await anna.Page.GetByTestId("chain-element").First.ClickAsync();
        await anna.Page.GetByTestId("vote").First.ClickAsync();
        await Assertions.Expect(anna.Page.GetByTestId("votes-left")).ToHaveTextAsync("2 stemmer tilbage");
        await Assertions.Expect(bo.Page.GetByTestId("votes-left")).ToHaveTextAsync("3 stemmer tilbage");
        Assert.Equal(0, await bo.Page.GetByTestId("votes-total").CountAsync());
        await anna.IsAccessibleAsync("the guests' page while voting");
        await bo.IsAccessibleAsync("the guests' page on a telephone");
        await steer.GetByTestId("votes-show").ClickAsync();
        await Assertions.Expect(bo.Page.GetByTestId("votes-total").First).ToHaveTextAsync("1 stemme");

        // Everyone sees the countdown and how many are done.
        await steer.GetByTestId("timer-start").ClickAsync();
        await Assertions.Expect(anna.Page.GetByTestId("workshop-clock")).ToContainTextAsync("07:5");
        await anna.Page.GetByTestId("done").ClickAsync();
        await Assertions.Expect(steer.GetByTestId("done-count")).ToContainTextAsync("1 af");

        // A guest on a telephone is asked before deleting, and the facilitator can restore what the guest deleted.
        await bo.Page.GetByTestId("outline-delete").First.ClickAsync();
        await bo.Page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(steer.GetByTestId("deleted-by-other")).ToContainTextAsync("Bo (gæst) har slettet »Kendt problem«");
        await steer.GetByTestId("undo-deletion").ClickAsync();
        await Assertions.Expect(bo.Page.GetByTestId("votes-total").First).ToHaveTextAsync("1 stemme");

        // Closing the workshop: unsaved text is stored first; then every guest is out at once and cannot return.
        await anna.Page.GetByTestId("chain-element").First.FocusAsync();
        await anna.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(anna.Page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await anna.Page.Keyboard.TypeAsync(" og en halv sætn");
        await steer.GetByTestId("workshop-menu").Locator("> button").ClickAsync();
        await steer.GetByTestId("close-workshop").ClickAsync();
        await Assertions.Expect(steer.GetByTestId("closing")).ToContainTextAsync("1 skriver lige nu");
        await steer.GetByTestId("confirm").ClickAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/effektkaeder/k1"),
            chain => chain["elements"]!.AsArray().Any(e => e!["text"]!.GetValue<string>() == "Kendt problem og en halv sætn"));
        foreach (var guest in (Browser[])[anna, bo])
        {
            await Assertions.Expect(guest.Page.GetByTestId("join-closed")).ToBeVisibleAsync();
            Assert.DoesNotContain(Secret, await SeenAsync(guest.Page), StringComparison.Ordinal);
            await guest.Page.ReloadAsync();
            await Assertions.Expect(guest.Page.GetByTestId("join-closed")).ToBeVisibleAsync();
            await guest.IsAccessibleAsync("closed");
        }
    }

    [Fact]
    public async Task A_guest_finds_the_workshop_by_its_code_in_either_language_and_the_menus_go_away_when_they_are_left()
    {
        await using var portal = await HostedPortal.StartAsync();
        await using var facilitator = await Browser.SignInAsync(portal.Address, "facilitator");
        await using var guest = await Browser.SignInAsync(portal.Address, persona: null, 390, 844);
        Assert.Equal(HttpStatusCode.Created, (await portal.Http.PostAsJsonAsync("/api/effektkaeder", Chain("Kendt problem"))).StatusCode);
        var steer = facilitator.Page;
        await facilitator.OpenAsync("/effektkaeder/k1");
        var (menu, panel) =
            (steer.GetByTestId("workshop-menu").Locator("> button"), steer.GetByTestId("workshop-menu").Locator("> .tool-panel"));
        await menu.ClickAsync();
        await steer.GetByTestId("open-workshop").ClickAsync();
        var link = steer.Locator("dialog .join-address a");
        var address = (await link.GetAttributeAsync("href"))!;
        await Assertions.Expect(link).ToBeVisibleAsync();
        Assert.Equal(1, await steer.Locator("dialog .join-key").EvaluateAsync<int>("el => el.getClientRects().length"));
        await steer.GetByTestId("copy-address").ClickAsync();
        await Assertions.Expect(steer.Locator("dialog [data-testid=copy-address] + [role=status]")).Not.ToBeEmptyAsync();

        // Escape closes only the dialog, then the menu, also when the focused control in it has disappeared; a click elsewhere closes it
        // too.
        await steer.Keyboard.PressAsync("Escape");
        await Assertions.Expect(steer.Locator("dialog")).ToHaveCountAsync(0);
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await steer.GetByTestId("timer-minutes").FillAsync("25");
        await steer.GetByTestId("timer-start").ClickAsync();
        await Assertions.Expect(steer.GetByTestId("timer-stop")).ToBeVisibleAsync();
        await steer.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await Assertions.Expect(menu).ToBeFocusedAsync();

        // In the same moment, before any answer of the server: else the next Tab leads into a panel that then closes under the focus.
        await menu.ClickAsync();
        await steer.GetByTestId("timer-stop").FocusAsync();
        Assert.Equal("hidden, on its button", await panel.EvaluateAsync<string>(
            """
            panel => {
              document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
              const on = document.activeElement.matches(".tool-menu > button") ? "on its button" : "elsewhere";
              return `${panel.hidden ? "hidden" : "open"}, ${on}`;
            }
            """));
        await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
        await menu.ClickAsync();
        await Assertions.Expect(panel).ToBeVisibleAsync();
        await steer.GetByTestId("chain-canvas").ClickAsync(new() { Position = new() { X = 4, Y = 200 } });
        await Assertions.Expect(panel).ToBeHiddenAsync();

        // Without a code the page asks for it; case and spaces in a code do not matter; the name field has the focus.
        var page = guest.Page;
        await page.GotoAsync("/deltag");
        await Assertions.Expect(page.GetByTestId("join-key")).ToBeFocusedAsync();
        await guest.IsAccessibleAsync("asked for the code");
        var code = address[(address.LastIndexOf('/') + 1)..];
        await page.GetByTestId("join-key").FillAsync($" {code[..4].ToLowerInvariant()} {code[4..]} ");
        await page.GetByTestId("find-workshop").ClickAsync();
        await Assertions.Expect(page.GetByTestId("join-name")).ToBeFocusedAsync();
        Assert.EndsWith($"/deltag/{code}", page.Url, StringComparison.Ordinal);
        await page.GetByTestId("other-language").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Join the workshop");
        Assert.EndsWith($"/deltag/{code}", page.Url, StringComparison.Ordinal);
        await JoinAsync(guest, page.Url, "Anna");
        await Assertions.Expect(page.GetByTestId("guest-board")).ToContainTextAsync("Anna");
        await page.GetByTestId("other-language").ClickAsync();
        await Assertions.Expect(page.GetByTestId("guest-board")).ToContainTextAsync("Du er med som Anna");
        await guest.IsAccessibleAsync("the guests' page on a telephone");
    }

    [Fact]
    public async Task Whoever_tries_codes_is_stopped_and_is_told_so_kindly()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona: null);

        await browser.Page.GotoAsync("/deltag/ABCD2345");
        await Assertions.Expect(browser.Page.GetByTestId("join-none")).ToBeVisibleAsync();
        await browser.IsAccessibleAsync("a wrong code");
        for (var n = 2; n < Portal.Features.Chains.Join.JoinRateLimiter.Allowed; n++)
            Assert.Equal(200, (await browser.Page.APIRequest.GetAsync($"/deltag/ABCD23{n + 10}")).Status);

        // A code sent with a name, past the page, is a guess like the others.
        Assert.Equal(302, await PostNameAsync(browser.Page, "ABCD2398"));

        Assert.Equal(429, (await browser.Page.GotoAsync("/deltag/ABCD2399"))!.Status);
        await Assertions.Expect(browser.Page.GetByTestId("join-slow")).ToBeVisibleAsync();
    }

    // With the token of another page's form, as a guesser would; the answer is not followed.
    private static async Task<int> PostNameAsync(IPage page, string code)
    {
        var login = await (await page.APIRequest.GetAsync("/login")).TextAsync();
        var token = System.Text.RegularExpressions.Regex.Match(login, "\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.NotEmpty(token);
        var form = page.APIRequest.CreateFormData();
        form.Append("__RequestVerificationToken", token);
        form.Append("name", "");
        return (await page.APIRequest.PostAsync($"/deltag/{code}/navn", new() { Form = form, MaxRedirects = 0 })).Status;
    }

    private static async Task JoinAsync(Browser guest, string address, string name)
    {
        await guest.Page.GotoAsync(address);
        await Assertions.Expect(guest.Page.GetByTestId("join")).ToBeVisibleAsync();
        await guest.IsAccessibleAsync("join");
        await guest.Page.GetByTestId("join-name").FillAsync(name);
        await guest.Page.GetByTestId("join").ClickAsync();
        await Assertions.Expect(guest.Page.GetByTestId("guest-board")).ToBeVisibleAsync();
        await Assertions.Expect(guest.Page.GetByTestId("done-count")).ToBeVisibleAsync();
    }

    // Decodes Base64: the page sends the drawing in it, where a search would not find a text.
    private static string Readable(string text) => text + string.Concat(System.Text.RegularExpressions.Regex.Matches(
        text, "base64,([A-Za-z0-9+/]+=*)").Select(m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value))));

    private static async Task<string> SeenAsync(IPage page) => Readable(await page.ContentAsync());

    private static object Chain(params string[] problems) =>
        new { id = "k1", title = "Ventetid",
            elements = problems.Select((text, n) => new { id = $"p{n}", kind = "problem", text }).ToArray() };
}
