using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>An administrator edits the catalogue in a browser.</summary>
public sealed class CatalogueStoryTests
{
    private const string Edora = "ae5b9a93-c923-40d7-a41a-1eec18374e27";

    [Fact]
    public async Task An_administrator_is_refused_without_a_reason_and_an_edit_is_logged()
    {
        await using var browser = await Browser.SignInAsync((await SharedPortals.DemoAsync()).Address, "administrator");
        await browser.OpenAsync("/beskedkatalog");
        await browser.IsAccessibleAsync("/beskedkatalog");

        var failed = browser.Page.Locator($"[data-testid=meaning-row][data-key='{KnownHandlinger.Fejlet}']");
        await failed.GetByTestId("meaning-edit").ClickAsync();
        await failed.GetByTestId("meaning-select").ChooseValueAsync("unknown");
        await failed.GetByTestId("row-save").ClickAsync();
        // The field that is wrong has the focus and describes why.
        var wrong = failed.Locator("[aria-invalid=true]");
        await Assertions.Expect(wrong).ToBeFocusedAsync();
        await Assertions.Expect(wrong).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Skriv hvorfor"));
        await browser.IsAccessibleAsync("/beskedkatalog with a refusal");
        await failed.GetByTestId("row-cancel").ClickAsync();

        var sender = browser.Page.Locator($"[data-testid=sender-row][data-uuid='{Edora}']");
        await sender.GetByTestId("sender-edit").ClickAsync();
        await sender.GetByLabel("Kilde").FillAsync("Svar fra leverandøren");
        await sender.GetByTestId("row-save").ClickAsync();
        await Assertions.Expect(browser.Page.GetByTestId("catalogue-change").First).ToContainTextAsync("Svar fra leverandøren");

        await browser.Page.SetViewportSizeAsync(390, 844);
        await browser.Page.GetByTestId("carrier-edit").First.ClickAsync();
        await browser.IsAccessibleAsync("/beskedkatalog (390)");
        Assert.True(await browser.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }
}
