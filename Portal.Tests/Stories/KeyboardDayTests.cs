using Microsoft.Playwright;
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
