using Microsoft.Playwright;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>From the figures to the report that a manager downloads.</summary>
public sealed class ReportStoryTests
{
    private const string Page = "/effektkaeder/demo-digital-post-huslejenaevn/rapport";

    [Fact]
    public async Task A_facilitator_concludes_and_issues_and_a_manager_reads_and_downloads_what_was_issued()
    {
        var portal = await SharedPortals.DemoAsync();
        await PortalProcess.EventuallyAsync(() => portal.Http.GetAsync(
            new Uri("/api/effektkaeder/demo-digital-post-huslejenaevn", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        await using (var facilitator = await Browser.SignInAsync(portal.Address, "facilitator"))
        {
            await facilitator.OpenAsync(Page);
            await facilitator.Page.GetByTestId("edit-conclusion").Locator("summary").ClickAsync();
            await Assertions.Expect(facilitator.Page.GetByTestId("conclusion-text")).ToBeEnabledAsync();
            await facilitator.Page.GetByTestId("conclusion-text").FillAsync("Beviset virker, og tvisterne er væk.");
            await facilitator.Page.GetByTestId("conclusion-save").ClickAsync();
            await Assertions.Expect(facilitator.Page.GetByTestId("conclusion")).ToHaveTextAsync("Beviset virker, og tvisterne er væk.");
            await Assertions.Expect(facilitator.Page.GetByTestId("conclusion-edited")).ToContainTextAsync("redigeret af Freja Facilitator");
            await facilitator.IsAccessibleAsync("the report with its conclusion open");
            await facilitator.Page.GetByTestId("issue-report").ClickAsync();
            await Assertions.Expect(facilitator.Page.GetByTestId("issue-form")).ToBeVisibleAsync();
            foreach (var why in await facilitator.Page.GetByTestId("issue-why").AllAsync()) await why.FillAsync("Udbuddet trak ud");
            await facilitator.IsAccessibleAsync("the question before a report is issued");
            await facilitator.Page.GetByTestId("confirm").ClickAsync();
            await Assertions.Expect(facilitator.Page.GetByTestId("issued-report")).ToHaveCountAsync(1);
            Assert.EndsWith($"{Page}?nr=1", facilitator.Page.Url, StringComparison.Ordinal);
            Assert.Empty(facilitator.Errors);
        }

        // Three clicks from sign-in to the PDF: the sign-in itself, the report on the overview, the download.
        await using var manager = await Browser.SignInAsync(portal.Address, "leder");
        await manager.Page.Locator("[data-testid=portfolio-row][data-chain-id=demo-digital-post-huslejenaevn]")
            .GetByTestId("portfolio-report").ClickAsync();
        await Assertions.Expect(manager.Page.GetByTestId("benefit-report")).ToBeVisibleAsync();

        // A link that is replaced by its live self in the middle of a click would not be clicked.
        await manager.IsLiveAsync();
        var now = await manager.Page.RunAndWaitForDownloadAsync(() => manager.Page.GetByTestId("download-pdf").ClickAsync());
        Assert.Matches(
            @"^gevinstrapport-bevis-for-digital-post-i-huslejesager-\d{4}-\d\d-til-\d{4}-\d\d\.pdf\z", now.SuggestedFilename);

        await manager.OpenAsync($"{Page}?nr=1");
        await Assertions.Expect(manager.Page.GetByTestId("conclusion")).ToHaveTextAsync("Beviset virker, og tvisterne er væk.");
        var download = await manager.Page.RunAndWaitForDownloadAsync(() => manager.Page.GetByTestId("download-pdf").ClickAsync());
        Assert.StartsWith(
            "gevinstrapport-bevis-for-digital-post-i-huslejesager-nr-1-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(manager.Errors);
    }
}
