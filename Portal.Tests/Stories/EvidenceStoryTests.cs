using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>From a case to the downloaded evidence document and its line in the access log.</summary>
public sealed class EvidenceStoryTests
{
    [Fact]
    public async Task A_caseworker_hands_over_the_evidence_and_the_administrator_sees_who_saw_what()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(
            () => portal.Http.GetAsync(new Uri("/api/sager/26-0405", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        await using (var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler"))
        {
            await browser.OpenAsync("/sager/26-0405");
            var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByTestId("download-evidence").ClickAsync());
            Assert.Matches(@"^bevis-26-0405-BEV-\d{8}-\w{6}\.pdf$", download.SuggestedFilename);

            // The whole person number is shown only after a purpose is given.
            await browser.Page.GetByTestId("reveal-number").First.ClickAsync();
            await browser.Page.GetByTestId("reveal-purpose").FillAsync("ringer til lejeren");
            await browser.Page.GetByTestId("reveal-now").ClickAsync();
            await Assertions.Expect(browser.Page.GetByTestId("person-number"))
                .ToHaveTextAsync(new Regex(@"^\d{6}-\d{4}$"));
            await browser.IsAccessibleAsync("a case with a number shown");

            await browser.Page.GetByTestId("see-evidence").ClickAsync();
            await Assertions.Expect(browser.Page.GetByTestId("evidence-document")).ToBeVisibleAsync();
            await browser.Page.GetByTestId("full-numbers").Locator("summary").ClickAsync();
            await browser.Page.GetByTestId("full-numbers-check").CheckAsync();
            await browser.Page.GetByTestId("full-numbers-purpose").FillAsync("boligretten har bedt om det");
            var full = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByTestId("full-numbers-make").ClickAsync());
            Assert.Matches(@"^bevis-BEV-\d{8}-\w{6}\.pdf$", full.SuggestedFilename);
            var package = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByTestId("download-package").ClickAsync());
            Assert.EndsWith(".zip", package.SuggestedFilename, StringComparison.Ordinal);
            await browser.Page.GetByTestId("full-package").Locator("summary").ClickAsync();
            await browser.Page.GetByTestId("full-package-purpose").FillAsync("boligretten vil se beskederne");
            var exact = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByTestId("full-package-make").ClickAsync());
            Assert.Matches(@"^bevis-BEV-\d{8}-\w{6}\.zip$", exact.SuggestedFilename);
            Assert.Empty(browser.Errors);
        }

        await using var administrator = await Browser.SignInAsync(portal.Address, "administrator");
        await administrator.OpenAsync("/adgangslog");
        foreach (var kind in (string[])["evidence-document", "person-number", "evidence-with-numbers", "evidence-package"])
        {
            await Assertions.Expect(administrator.Page.Locator($"[data-testid=access-row][data-kind={kind}]")
                .Filter(new() { HasText = "Sofie Sagsbehandler" }).First).ToBeVisibleAsync();
        }

        await administrator.Page.GetByTestId("filter-kind").ChooseValueAsync("evidence-with-numbers");
        await administrator.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Søg" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByTestId("access-row")).ToHaveCountAsync(1);
        await Assertions.Expect(administrator.Page.GetByTestId("access-row")).ToContainTextAsync("boligretten har bedt om det");
        Assert.Contains("art=evidence-with-numbers", administrator.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_to_the_document_is_one_line_in_the_access_log_before_and_after_the_page_is_live()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(
            () => portal.Http.GetAsync(new Uri("/api/sager/26-0405", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        var sent = await (await browser.Page.GotoAsync("/sager/26-0405/bevis"))!.TextAsync();
        var number = Regex.Match(sent, "data-number=\"(BEV-[^\"]+)\"").Groups[1].Value;
        await Assertions.Expect(browser.Page.GetByTestId("full-numbers-check")).ToBeEnabledAsync();
        await Assertions.Expect(browser.Page.GetByTestId("evidence-document")).ToHaveAttributeAsync("data-number", number);

        await using var administrator = await Browser.SignInAsync(portal.Address, "administrator");
        await administrator.OpenAsync($"/adgangslog?tekst={number}");
        await Assertions.Expect(administrator.Page.GetByTestId("access-row")).ToHaveCountAsync(1);
    }
}
