using System.Net.Http.Json;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>The layout around all pages: drafts across tabs, focus, clicks and live updates.</summary>
public sealed class FrameStoryTests
{
    [Fact]
    public async Task A_tab_that_is_closed_leaves_what_was_being_written_to_the_next_one_and_nothing_after_sign_out()
    {
        const string Note = "#incident-text";
        const string Text = "Fjernprint lå stille for 010101-1234";
        await using var browser = await Browser.SignInAsync((await SharedPortals.EmptyAsync()).Address, "sagsbehandler");
        var first = browser.Page;
        await browser.OpenAsync("/driftshaendelser");
        await first.Locator(Note).PressSequentiallyAsync(Text);

        var second = await first.Context.NewPageAsync();
        await first.CloseAsync();
        await second.GotoAsync("/driftshaendelser");
        await Assertions.Expect(second.Locator(Note)).ToHaveValueAsync("Fjernprint lå stille for [CPR-nummer]");
        Assert.DoesNotMatch(
            PageWalk.PersonNumber, await second.EvaluateAsync<string>("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));

        // The session ends, and the same person signs in again.
        await second.Context.ClearCookiesAsync();
        await second.GotoAsync("/driftshaendelser");
        await second.GetByTestId("login-sagsbehandler").ClickAsync();
        await second.IsAtAsync(url => url.EndsWith("/driftshaendelser", StringComparison.Ordinal));
        await Assertions.Expect(second.Locator(Note)).ToHaveValueAsync("Fjernprint lå stille for [CPR-nummer]");

        var third = await second.Context.NewPageAsync();
        await second.CloseAsync();
        await third.GotoAsync("/");
        await Assertions.Expect(third.Locator("#global-search")).ToBeEnabledAsync();
        await third.Locator("details.user > summary").ClickAsync();
        await third.GetByTestId("log-out").ClickAsync();
        await third.IsAtAsync(url => url.Contains("/login", StringComparison.Ordinal));
        Assert.Empty(await third.EvaluateAsync<string[]>("[...Object.keys(sessionStorage), ...Object.keys(localStorage)].filter(k => "
            + "k.startsWith('draft:') || k.startsWith('drafts-left:'))"));
    }

    [Fact]
    public async Task What_lies_on_a_chain_card_is_clicked_where_it_is_seen_and_the_next_page_begins_at_its_top()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "leder");
        var page = browser.Page;
        await page.SetViewportSizeAsync(1440, 500);
        foreach (var way in (string[])["card-benefits", "card-report"])
        {
            await browser.OpenAsync("/effektkaeder");
            await page.GetByTestId(way).Last.ScrollIntoViewIfNeededAsync();
            var box = (await page.GetByTestId(way).Last.BoundingBoxAsync())!;
            await page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
            await page.IsAtAsync(url => url.EndsWith(way == "card-benefits" ? "/gevinster" : "/rapport", StringComparison.Ordinal));
            await page.WaitForFunctionAsync("() => document.activeElement?.matches('h1, [data-page-start]')");
            Assert.Equal(0, await page.EvaluateAsync<double>("scrollY"));
        }
    }

    [Fact]
    public async Task Whoever_writes_before_the_page_has_begun_at_its_heading_loses_no_letter()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.EmptyAsync()).Address, "sagsbehandler");
        await browser.OpenAsync("/driftshaendelser");
        var (page, note) = (browser.Page, browser.Page.Locator("#incident-text"));
        await note.FillAsync("");

        // The page's own call that focuses the heading, made late: once with nothing focused, once while somebody types.
        await page.EvaluateAsync("() => { document.activeElement.blur(); portalPage.begin(true); }");
        await Assertions.Expect(page.Locator("main h1")).ToBeFocusedAsync();
        await note.FocusAsync();
        foreach (var first in (string[])["true", "false"])
        {
            await page.EvaluateAsync($"() => portalPage.begin({first})");
            await Assertions.Expect(note).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_chain_opens_at_its_heading_though_that_is_drawn_again_when_the_chain_has_come()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "facilitator");
        await browser.OpenAsync("/effektkaeder/demo-digital-post-huslejenaevn");
        await Assertions.Expect(browser.Page.GetByTestId("chain-canvas")).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.Locator("main h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_dialog_opens_with_its_first_field_and_a_number_that_was_refused_does_not_follow_to_the_next_page()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/sager/26-0412");
        await page.GetByTestId("hold").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hold-reason")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Locator("#global-search").FillAsync("010101-1234");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#global-search-hint")).ToBeVisibleAsync();
        await page.Locator("#hovedmenu").GetByRole(AriaRole.Link, new() { Name = "Opfølgning" }).ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync("Opfølgning");
        await Assertions.Expect(page.Locator("#global-search-hint")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#global-search")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_at_a_persons_speed_is_what_is_searched_for_letter_by_letter_and_day_by_day()
    {
        const string Words = "huslejenævn";
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        var page = browser.Page;
        await browser.OpenAsync("/sager");
        foreach (var field in (string[])["#global-search", "#case-search"])
        {
            var search = page.Locator(field);
            foreach (var pause in (int[])[30, 60, 150])
            {
                await search.FillAsync("");
                await page.Locator("main h1").ClickAsync();
                await search.ClickAsync();
                await page.Keyboard.TypeAsync(Words, new() { Delay = pause });
                await Assertions.Expect(search).ToHaveValueAsync(Words);
            }
        }

        await page.IsAtAsync(url => url.EndsWith($"/sager?soeg={Uri.EscapeDataString(Words)}", StringComparison.Ordinal));
        await page.Locator("#case-search").FillAsync("");
        await page.IsAtAsync(url => url.EndsWith("/sager", StringComparison.Ordinal));

        // Enter in a date field commits the typed day and submits the form; no calendar opens with another day.
        var (from, calendar) =
            (page.Locator("input[data-testid=filter-from]"), page.Locator(".mud-picker-popover.mud-popover-open"));
        await from.ClickAsync();
        await page.Keyboard.TypeAsync("291126");
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync(url => url.EndsWith("/sager?from=2026-11-29", StringComparison.Ordinal));
        await Assertions.Expect(from).ToHaveValueAsync("29-11-2026");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);

        // Typed and not yet committed, the calendar opens at that day; Tab reaches the button that opens it too.
        await from.FillAsync("14/2-26");
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(calendar).ToContainTextAsync("februar 2026");
        Assert.Equal("scrolled 0, 6 weeks of 36", await calendar.EvaluateAsync<string>("c => `scrolled ${scrollY}, "
            + "${c.querySelectorAll('.mud-picker-calendar-week-text').length - 1} weeks of "
            + "${Math.max(...[...c.querySelectorAll('.mud-picker-calendar-week')].map(w => w.offsetHeight))}`"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);
        await Assertions.Expect(from).ToHaveValueAsync("14-02-2026");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(calendar).ToContainTextAsync("februar 2026");
        await from.PressAsync("Escape");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);

        // The keys of the calendar count days and weeks across months; the same day typed in another form is shown whole.
        await from.PressAsync("Alt+ArrowDown");
        foreach (var (key, marked) in ((string, string)[])[("PageDown", "14"), ("ArrowDown", "21"), ("End", "22"),
            ("ArrowDown", "29"), ("ArrowLeft", "28"), ("Home", "23"), ("ArrowDown", "30"), ("ArrowDown", "6")])
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(calendar.Locator(".mud-selected")).ToHaveTextAsync(marked);
        }

        // A screen reader is told the marked day with its whole date, though the focus stays in the field; the field's own day is chosen.
        const string Told = "f => document.getElementById(f.getAttribute('aria-activedescendant'))?.ariaLabel";
        Assert.Equal("mandag den 6. april 2026", await from.EvaluateAsync<string>(Told));
        await Assertions.Expect(from).ToBeFocusedAsync();
        await browser.IsAccessibleAsync("an open calendar");

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);
        await Assertions.Expect(from).ToHaveValueAsync("06-04-2026");
        await Assertions.Expect(from).Not.ToHaveAttributeAsync("aria-activedescendant", new System.Text.RegularExpressions.Regex(""));
        await from.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(calendar.GetByRole(AriaRole.Option, new() { Selected = true })).ToHaveAccessibleNameAsync(
            "mandag den 6. april 2026");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(calendar).ToHaveCountAsync(0);
        await from.FillAsync("060426");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(from).ToHaveValueAsync("06-04-2026");
    }

    [Fact]
    public async Task On_paper_each_column_of_a_list_keeps_its_heading()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "sagsbehandler");
        foreach (var path in (string[])["/sager", "/opfoelgning"])
        {
            await browser.OpenAsync(path);
            await browser.Page.Locator(".list-table tbody tr").First.WaitForAsync();
            await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
            var (headings, cells) = (await Shown("thead th"), await Shown("tbody td"));
            Assert.True(cells > 4, $"{path}: {cells} columns");
            Assert.Equal(cells, headings);

            // A heading that sorts is a link, and stands there too.
            Assert.True(await browser.Page.Locator(".list-table thead [data-testid^=sort-]").First.IsVisibleAsync());
            await browser.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        }

        Task<int> Shown(string selector) => browser.Page.EvaluateAsync<int>(
            "s => [...document.querySelector('.list-table ' + s).parentElement.children].filter(e => e.checkVisibility()).length",
            selector);
    }

    [Fact]
    public async Task An_open_access_log_shows_a_line_that_comes_and_an_open_operations_page_says_when_it_gets_no_news()
    {
        var portal = await SharedPortals.EmptyAsync();
        await using var wire = new CutWire(portal.Address);
        await using var browser = await Browser.SignInAsync(wire.Address, "administrator");
        await browser.OpenAsync("/adgangslog");
        var purpose = $"Klage {Guid.NewGuid():N}";
        (await portal.Http.PostAsJsonAsync(new Uri("/api/sager/soeg", UriKind.Relative), new { cpr = "0101011234", purpose },
            TestContext.Current.CancellationToken)).Dispose();
        await Assertions.Expect(browser.Page.GetByTestId("access-row").Filter(new() { HasText = purpose })).ToBeVisibleAsync();

        await browser.OpenAsync("/drift");
        var (now, cut) = (browser.Page.GetByTestId("all-well"), browser.Page.GetByTestId("operations-cut"));
        await Assertions.Expect(now).ToBeVisibleAsync();
        await Assertions.Expect(cut).ToBeHiddenAsync();
        wire.Cut();
        await Assertions.Expect(cut).ToBeVisibleAsync();
        await Assertions.Expect(now).ToBeHiddenAsync();
    }
}
