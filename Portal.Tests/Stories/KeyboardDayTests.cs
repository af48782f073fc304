using System.Net;
using System.Text;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// The days of a caseworker, a facilitator and a manager by keyboard alone: no press of the mouse, and no address but the first. In the
/// long run each in light, dark and on a telephone, upright and on its side; each run begins them.
/// </summary>
public sealed class KeyboardDayTests
{
    // Narrower windows show a chain as an outline.
    private const int Telephone = 600;
    private const string DemoChain = "/effektkaeder/demo-digital-post-huslejenaevn";

    /// <summary>The theme, and the size of the window.</summary>
    public static TheoryData<ColorScheme, int, int> Guises => new()
    {
        { ColorScheme.Light, 1440, 900 }, { ColorScheme.Dark, 1440, 900 }, { ColorScheme.Light, 390, 844 }, { ColorScheme.Dark, 844, 390 },
    };

    [Fact]
    public Task A_caseworker_finds_a_case_and_its_evidence_by_keyboard() => AsCaseworkerAsync(ColorScheme.Light, 1440, 900, whole: false);

    [Theory, Long, MemberData(nameof(Guises))]
    public Task A_caseworkers_day_by_keyboard(ColorScheme scheme, int width, int height) => AsCaseworkerAsync(scheme, width, height, true);

    [Fact]
    public Task A_facilitator_makes_and_edits_a_chain_by_keyboard() => AsFacilitatorAsync(ColorScheme.Light, 1440, 900, whole: false);

    [Theory, Long, MemberData(nameof(Guises))]
    public Task A_facilitators_day_by_keyboard(ColorScheme scheme, int width, int height) =>
        AsFacilitatorAsync(scheme, width, height, true);

    [Fact]
    public Task A_manager_finds_the_benefits_and_sets_the_theme_by_keyboard() => AsManagerAsync(ColorScheme.Light, 1440, 900, whole: false);

    [Theory, Long, MemberData(nameof(Guises))]
    public Task A_managers_day_by_keyboard(ColorScheme scheme, int width, int height) => AsManagerAsync(scheme, width, height, true);

    private static async Task AsCaseworkerAsync(ColorScheme scheme, int width, int height, bool whole)
    {
        var portal = await SharedPortals.EmptyAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, persona: null, width, height, scheme);
        var person = new KeyboardPerson(browser.Page);
        var day = new CaseworkerKeys(portal, browser.Page, person);
        await day.PrepareAsync();
        await SignInAsync(browser.Page, person, "sagsbehandler");
        await day.FindAndReadAsync();
        if (whole)
        {
            await day.FollowUpAsync();
            await day.RegisterByFormAsync();
            await day.RegisterByFileAsync();
            await SignOutAsync(browser.Page, person);
            await SignInAsync(browser.Page, person, "administrator");
            await day.TraceAsync();
        }

        person.SawItsFocus();
        Assert.Empty(browser.Errors);
    }

    private static async Task AsFacilitatorAsync(ColorScheme scheme, int width, int height, bool whole)
    {
        var portal = await SharedPortals.EmptyAsync();
        await using var browser = await Browser.SignInAsync(portal.Address, persona: null, width, height, scheme);
        var person = new KeyboardPerson(browser.Page);
        await SignInAsync(browser.Page, person, "facilitator");
        var day = new FacilitatorKeys(browser.Page, person);
        await day.MakeAsync();
        await (width < Telephone ? day.WriteInOutlineAsync() : day.EditOnCanvasAsync());
        if (whole)
        {
            await day.OpenWorkshopAndVoteAsync();
            await day.PresentAndExportAsync();
        }

        person.SawItsFocus();
        Assert.Empty(browser.Errors);
    }

    private static async Task AsManagerAsync(ColorScheme scheme, int width, int height, bool whole)
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/effektkaeder"), list => list["items"]!.AsArray().Count == 3);
        await using var browser = await Browser.SignInAsync(portal.Address, persona: null, width, height, scheme);
        var (page, person) = (browser.Page, new KeyboardPerson(browser.Page));
        await SignInAsync(page, person, "leder");
        await person.OpenAsync("/effektkaeder");
        await person.PressOnAsync($"a[href='{DemoChain}/gevinster']");
        await page.IsAtAsync(url => url.EndsWith("/gevinster", StringComparison.Ordinal));
        await person.LiveAsync();
        await ThemeAsync(page, person);
        if (whole)
        {
            await MeasureAsync(page, person);
            await ReportAsync(page, person);
            await PaletteAsync(page, person);
            await LanguageAsync(page, person);
        }

        person.SawItsFocus();
        Assert.Empty(browser.Errors);
    }

    private static async Task SignInAsync(IPage page, KeyboardPerson person, string persona)
    {
        person.Where = "signing in";
        if (page.Url == "about:blank") await page.GotoAsync("/login");
        await person.PressOnAsync($"[data-testid=login-{persona}]");
        await page.IsAtAsync(url => !url.Contains("/login", StringComparison.Ordinal));
        await person.LiveAsync();
    }

    private static async Task SignOutAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "the user menu";
        await person.PressOnAsync("[data-testid=user-menu]", "ArrowDown");
        await Assertions.Expect(page.GetByTestId("own-access")).ToBeFocusedAsync();
        await person.PressAsync("End");
        await Assertions.Expect(page.GetByTestId("log-out")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync(url => url.Contains("/login", StringComparison.Ordinal));
    }

    private static async Task ThemeAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "the theme";
        await person.PressOnAsync("[data-testid=user-menu]");
        await person.PressOnAsync("[data-theme-choice=contrast]");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "contrast");
        await person.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("user-menu")).ToBeFocusedAsync();
    }

    private static async Task MeasureAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "a measurement";
        const string Row = "[data-testid=benefit-row]:has([data-testid=enter])";
        await person.PressOnAsync($"{Row} [data-testid=enter]");
        await Assertions.Expect(page.GetByTestId("measurement-day")).ToBeFocusedAsync();
        await person.WriteAsync("[data-testid=measurement-day]", DateTime.Today.AddDays(-3)
            .ToString("dd-MM-yyyy", System.Globalization.CultureInfo.InvariantCulture));
        await person.WriteAsync("[data-testid=measurement-value]", "2,5");
        await person.PressOnAsync("[data-testid=measurement-save]");
        await Assertions.Expect(page.GetByTestId("measurement-value")).ToHaveValueAsync("");

        // All is saved, on another day than today: nothing is asked.
        await person.PressOnAsync("[data-testid=measurement-form] [data-testid=cancel]");
        await Assertions.Expect(page.GetByTestId("measurement-form")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator($"{Row} [data-testid=enter]").First).ToBeFocusedAsync();
    }

    private static async Task ReportAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "the report";
        await person.PressOnAsync("[data-testid=to-report]");
        await page.IsAtAsync(url => url.EndsWith("/rapport", StringComparison.Ordinal));
        await person.LiveAsync();
        await person.ToAsync("[data-testid=download-pdf]");
        var download = await page.RunAndWaitForDownloadAsync(() => person.PressAsync("Enter"));
        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
    }

    private static async Task PaletteAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "the palette";
        await person.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#palette-search")).ToBeFocusedAsync();
        await person.TypeAsync("effektk");
        await person.ChooseHitAsync("Effektkæder");
        await page.IsAtAsync(url => url.EndsWith("/effektkaeder", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("command-palette")).ToHaveCountAsync(0);
        await person.LiveAsync();
        await person.PressAsync("Tab");
    }

    private static async Task LanguageAsync(IPage page, KeyboardPerson person)
    {
        person.Where = "the language";
        await person.PressOnAsync("[data-testid=user-menu]");
        await person.PressOnAsync("[data-testid=other-language]");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await person.LiveAsync();
        await person.PressOnAsync("[data-testid=user-menu]");
    }
}

/// <summary>What a caseworker does in a day, by keyboard.</summary>
internal sealed class CaseworkerKeys(RunningPortal portal, IPage page, KeyboardPerson person)
{
    private readonly string _number = $"26-{Random.Shared.Next(100_000, 999_999)}";
    private readonly string _letter = "T-" + Guid.NewGuid().ToString("N");
    private readonly string _uuid = Guid.NewGuid().ToString();

    private string Row => $"[data-testid=follow-up-row][data-letter-id='{_letter}']";

    public async Task PrepareAsync()
    {
        using (var created = await portal.RegisterAsync(Envelopes.Letter(_number, _uuid, _letter)))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var answer = await portal.PushAsync(Envelopes.Status(_uuid, KnownHandlinger.Fejlet, "2026-02-13T12:30:00+01:00").Bytes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task FindAndReadAsync()
    {
        person.Where = "the search";
        await person.ToAsync("#global-search");
        await person.TypeAsync(_number);
        await person.ChooseHitAsync(_number);
        await page.IsAtAsync(url => url.EndsWith($"/sager/{_number}", StringComparison.Ordinal));
        await person.LiveAsync();

        person.Where = "the case";
        await Assertions.Expect(page.Locator($"[data-testid=letter][data-letter-id='{_letter}']")).ToHaveAttributeAsync(
            "data-verdict", "failed");
        await person.ToAsync("[data-testid=timeline-event] a");
        await person.ToAsync("[data-testid=letter-rest] summary");
        await person.PressOnAsync("[data-testid=see-evidence]");
        await page.IsAtAsync(url => url.EndsWith("/bevis", StringComparison.Ordinal));
        await person.LiveAsync();
        person.Where = "the evidence";
        await person.ToAsync("[data-testid=download-pdf]");
    }

    public async Task FollowUpAsync()
    {
        await person.OpenAsync("/opfoelgning");
        await person.PressOnAsync($"{Row} [data-testid=assign]");
        await Assertions.Expect(page.Locator($"{Row} [data-testid=owner]")).ToContainTextAsync("hos dig");
        await person.PressOnAsync($"{Row} [data-testid=open-row]");
        await person.WriteAsync($"{Row} [data-testid=note]", "Ringet til lejeren");
        await person.PressOnAsync($"{Row} [data-testid=save-note]");
        await Assertions.Expect(page.Locator($"{Row} [data-testid=history]")).ToContainTextAsync("Ringet til lejeren");
        await person.PressOnAsync($"{Row} [data-testid=resolve]");
        await Assertions.Expect(page.Locator(Row)).ToHaveCountAsync(0);
        await person.PressOnAsync("[data-testid=undo-resolve]");
        await Assertions.Expect(page.Locator(Row)).ToBeVisibleAsync();
        await person.PressAsync("Tab");
    }

    public async Task RegisterByFormAsync()
    {
        await person.OpenAsync("/sager");
        await person.PressOnAsync("main a[href='/forsendelser']");
        await page.IsAtAsync(url => url.EndsWith("/forsendelser", StringComparison.Ordinal));
        await person.LiveAsync();
        person.Where = "the form of a letter";
        foreach (var (field, text) in ((string, string)[])[
            ("caseNumber", _number), ("caseType", "huslejenaevn"), ("letterId", _letter + "-2"), ("title", "Afgørelse om depositum"),
            ("recipient-name", "Anna Lejer")])
        {
            await person.WriteAsync($"#letter-{field}", text);
        }

        await person.ChooseAsync("[data-testid=letter-decision]", "Nej");
        await person.WriteAsync("#letter-sentAt", "13-02-2026");
        await person.WriteAsync("#letter-sentAt-time", "13:00");
        await person.WriteAsync("#letter-identifiers-messageUuid", Guid.NewGuid().ToString());
        await person.PressOnAsync("[data-testid=register-letter]");
        await Assertions.Expect(page.GetByTestId("form-result")).ToContainTextAsync(_letter + "-2");
        await Assertions.Expect(page.Locator("#letter-letterId")).ToHaveValueAsync("");
        await person.PressAsync("Shift+Tab");
    }

    public async Task RegisterByFileAsync()
    {
        person.Where = "a file of letters";
        await person.ToAsync("[data-testid=choose-file]");
        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await Assertions.Expect(page.GetByTestId("choose-file")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
        });
        await chooser.SetFilesAsync(new FilePayload
        {
            Name = "breve.csv", MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID;Afgørelse\n"
                + $"{_number};{_letter}-3;Påbud;Åse Ærø;13-02-2026 12:00;{Guid.NewGuid()};nej\n"),
        });
        await Assertions.Expect(page.GetByTestId("file-summary")).ToContainTextAsync("1 ny");
        await person.PressOnAsync("[data-testid=register-file]");
        await Assertions.Expect(page.Locator("[data-testid=file-lines] tr[data-outcome=Created]")).ToContainTextAsync("Registreret");
        await person.PressOnAsync("[data-testid=another-file]");
        await Assertions.Expect(page.GetByTestId("choose-file")).ToBeVisibleAsync();
        await person.PressAsync("Tab");
    }

    public async Task TraceAsync()
    {
        await person.OpenAsync("/drift");
        await person.WriteAsync("#trace-id", _uuid);
        await person.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("trace-message")).ToContainTextAsync("Fejlet");
        await person.ToAsync("[data-testid=trace-message] a");
    }
}

/// <summary>What a facilitator does in a day, by keyboard.</summary>
internal sealed class FacilitatorKeys(IPage page, KeyboardPerson person)
{
    private readonly string _title = "Tastatur " + Guid.NewGuid().ToString("N")[..8];

    private static string Box(string id) => $"[data-element-id='{id}']";

    public async Task MakeAsync()
    {
        await person.OpenAsync("/effektkaeder");
        await person.PressOnAsync("[data-testid=new-chain]");
        await Assertions.Expect(page.Locator("#new-chain-title")).ToBeFocusedAsync();
        person.Where = "a new chain";
        await person.TypeAsync(_title);
        await person.ChooseAsync("[data-testid=new-from]", "Eksempel: Bevis for digital post i huslejesager");
        await person.PressOnAsync("[data-testid=make-chain]");
        await page.IsAtAsync(url => url.Contains("/effektkaeder/", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(_title);
        await person.LiveAsync();
    }

    public async Task WriteInOutlineAsync()
    {
        person.Where = "the outline";
        await person.PressOnAsync("[data-testid=outline-add][data-kind=problem]");
        await Assertions.Expect(page.Locator("[data-testid=chain-outline] textarea:focus")).ToHaveCountAsync(1);
        await person.TypeAsync("Mange ringer");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("chain-outline")).ToContainTextAsync("Mange ringer");
        await person.PressAsync("Tab");
    }

    public async Task EditOnCanvasAsync()
    {
        person.Where = "the canvas";
        await Assertions.Expect(page.Locator(".world.ready")).ToHaveCountAsync(1);
        var boxes = await page.GetByTestId("chain-element").CountAsync();
        await person.PressOnAsync("[data-testid=add-element]");
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await person.TypeAsync("Mange ringer");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByTestId("chain-element")).ToHaveCountAsync(boxes + 1);
        var made = (await page.EvaluateAsync<string>("document.activeElement.closest('[data-element-id]').dataset.elementId"))!;

        await person.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea.in-place")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await person.TypeAsync(" hver dag");
        await person.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(Box(made))).ToContainTextAsync("Mange ringer hver dag");

        var before = await page.Locator(Box(made)).GetAttributeAsync("data-r");
        await person.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(page.Locator(Box(made))).Not.ToHaveAttributeAsync("data-r", before!);

        // Linked with a box of another place, which the arrow keys would lead to as well.
        var capability = (await page.Locator("[data-testid=chain-element][data-kind=capability]").First
            .GetAttributeAsync("data-element-id"))!;
        await person.PressAsync("l");
        await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "true");
        await person.PressOnAsync(Box(capability), "l");
        await Assertions.Expect(page.Locator($".links .link:is([data-from='{made}'], [data-to='{made}'])")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("connect")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    public async Task OpenWorkshopAndVoteAsync()
    {
        person.Where = "the workshop";
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=open-workshop]");
        await Assertions.Expect(page.GetByTestId("join-code").First).ToBeVisibleAsync();
        await person.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await person.PressOnAsync("[data-testid=votes-start]");
        await person.PressAsync("Escape");
        if (await page.GetByTestId("chain-element").CountAsync() > 0)
        {
            // Votes are given in the panel of the box.
            if (await page.GetByTestId("aside-toggle").GetAttributeAsync("aria-expanded") == "false")
                await person.PressOnAsync("[data-testid=aside-toggle]");
            await person.ToAsync("[data-testid=chain-element]");
            await person.PressAsync("Escape");
            await person.PressAsync(" ");
        }

        await person.PressOnAsync("[data-testid=vote]");
        await Assertions.Expect(page.GetByTestId("votes-left")).ToContainTextAsync("2");
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=votes-show]");
        await Assertions.Expect(page.GetByTestId("votes-total").First).ToBeAttachedAsync();
    }

    public async Task PresentAndExportAsync()
    {
        person.Where = "presenting";
        await person.PressOnAsync("[data-testid=big-screen]");
        await page.IsAtAsync(url => url.EndsWith("/workshop", StringComparison.Ordinal));
        await person.LiveAsync();
        await MenuAsync("chain-menu");
        await person.ToAsync("[data-testid=chain-menu] a[download][href*='json']");
        var download = await page.RunAndWaitForDownloadAsync(() => person.PressAsync("Enter"));
        Assert.EndsWith(".json", download.SuggestedFilename, StringComparison.Ordinal);
        await person.PressAsync("Escape");
        await MenuAsync("workshop-menu");
        await person.PressOnAsync("[data-testid=close-workshop]");
        await person.PressOnAsync("[data-testid=confirm]");
        await Assertions.Expect(page.GetByTestId("open-workshop")).ToBeVisibleAsync();
        await person.PressAsync("Tab");
    }

    private async Task MenuAsync(string testId)
    {
        await person.PressOnAsync($"[data-testid={testId}] > button");
        await Assertions.Expect(page.Locator($"[data-testid={testId}] > button")).ToHaveAttributeAsync("aria-expanded", "true");
    }
}
