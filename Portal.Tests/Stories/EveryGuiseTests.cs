using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// Each role's own pages in every guise: the colour schemes, a telephone upright and on its side, and 400 % zoom, which is a window of 320
/// pixels (WCAG 1.4.10). Only in the long run: each run checks the administrator's view of every page (<see cref="EveryPageSeenTests"/>).
/// </summary>
public sealed class EveryGuiseTests(ITestOutputHelper output)
{
    private const string Chain = "/effektkaeder/demo-digital-post-huslejenaevn";
    private const string OfChains = $"/effektkaeder {Chain} {Chain}/gevinster {Chain}/rapport {Chain}/workshop /effektkaeder/rapport";
    private const string OfCases = "/sager /sager/26-0412 /sager/26-0412/bevis /opfoelgning /forsendelser /driftshaendelser /beskeder";

    private static readonly (string Name, string Theme, int Width, int Height)[] Guises =
    [
        ("light", "light", 1440, 900), ("dark", "dark", 1440, 900), ("high contrast", "contrast", 1440, 900),
        ("telephone", "light", 390, 844), ("dark telephone on its side", "dark", 844, 390), ("400 %", "light", 320, 256),
    ];

    [Theory, Long]
    [InlineData("facilitator", $"/ /adgang /beskedkatalog {OfChains}")]
    [InlineData("sagsbehandler", $"/ /adgang {OfCases}")]
    [InlineData("leder", $"/ /adgang {OfChains}")]
    [InlineData("administrator",
        $"/ /adgang /beskedkatalog /karantaene /drift /adgangslog /adgangslog/indsigt {OfCases} {OfChains} /findes-ikke")]
    public async Task A_roles_own_pages_have_no_violation_at_WCAG_AA_in_any_guise_nor_scroll_sideways(string persona, string pages)
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, persona);
        var (wrong, seen) = (new List<string>(), 0);
        foreach (var page in pages.Split(' '))
        {
            await browser.Page.SetViewportSizeAsync(1440, 900);
            await browser.OpenAsync(page);
            foreach (var (name, theme, width, height) in Guises)
            {
                await browser.Page.SetViewportSizeAsync(width, height);
                await browser.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
                var where = $"{page} as {persona}, {name}";
                wrong.AddRange((await browser.ViolationsAsync()).Select(v => $"{where}: {v}"));
                if (!await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"))
                    wrong.Add($"{where}: scrolls sideways");
                seen++;
            }
        }

        output.WriteLine($"{persona}: {seen} views, {wrong.Count} violations");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(pages.Split(' ').Length * Guises.Length, seen);
    }

    [Fact, Long]
    public async Task In_Windows_high_contrast_each_page_shows_its_focus_and_its_chosen_things()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "administrator");
        await browser.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        foreach (var page in $"/ /beskeder /sager/26-0412 /opfoelgning /karantaene /drift {OfChains}".Split(' '))
        {
            await browser.OpenAsync(page);
            await PageWalk.ShowsTheFocusAsync(browser.Page, $"{page} with forced colours");
        }
    }
}
