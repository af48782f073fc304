using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A status that fits several letters is assigned to one by hand, and the change is announced on another person's open page, also in a
/// background tab.
/// </summary>
public sealed class HandLinkStoryTests
{
    private static object Letter(string id, string uuid) => new
    {
        caseNumber = $"26-{id}", caseType = "huslejenaevn", letterId = id, title = "Afgørelse om varme",
        recipient = new { name = $"Modtager {id}" },
        channel = "DigitalPost", sentAt = "2026-02-13T12:00:00+01:00", identifiers = new { messageUuid = uuid },
    };

    [Fact]
    public async Task A_foreign_letter_takes_a_reason_that_survives_a_reload_and_is_in_case_and_evidence()
    {
        await using var portal = await HostedPortal.StartAsync();
        var (shared, other) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        foreach (var (id, uuid) in new[] { ("801", shared), ("802", shared), ("803", other) })
        {
            using var created = await portal.RegisterAsync(Letter(id, uuid));
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        }

        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        await using var colleague = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        await colleague.OpenAsync("/sager/26-803");
        await Assertions.Expect(colleague.Page.GetByTestId("letter")).ToBeVisibleAsync();
        using (var answer = await portal.PushAsync(
            Envelopes.Status(shared, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:05:00+01:00").Bytes))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var page = browser.Page;
        await browser.OpenAsync("/opfoelgning?grund=ambiguous");
        await page.GetByTestId("open-row").ClickAsync();
        await Assertions.Expect(page.GetByTestId("matching-letters").GetByTestId("letter-choice")).ToHaveCountAsync(2);
        await page.GetByTestId("hand-reason").FillAsync("oplyst af leverandøren");
        await page.ReloadAsync();
        await page.GetByTestId("open-row").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hand-reason")).ToHaveValueAsync("oplyst af leverandøren");
        await page.GetByTestId("letter-search").FillAsync("803");
        await page.GetByTestId("letter-search").PressAsync("Enter");
        await page.GetByTestId("found-letters").GetByTestId("choose-letter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hand-foreign")).ToContainTextAsync("Ingen af statussens numre er brevets");
        await browser.IsAccessibleAsync("the question about a foreign letter");
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("just-ended")).ToBeVisibleAsync();

        // The colleague's open page shows it, marked until it has been seen.
        await Assertions.Expect(colleague.Page.GetByTestId("by-hand")).ToContainTextAsync("»oplyst af leverandøren«");
        await Assertions.Expect(colleague.Page.GetByTestId("strength")).Not.ToContainTextAsync("Handler om netop dette brev");
        var mark = colleague.Page.GetByTestId("news-mark").First;
        await Assertions.Expect(mark).ToBeVisibleAsync();
        await Assertions.Expect(colleague.Page.GetByTestId("news-told")).ToContainTextAsync("Afgørelse om varme");
        await colleague.IsAccessibleAsync("a case with news");
        while (await mark.IsVisibleAsync()) await colleague.Page.Keyboard.PressAsync("Shift");

        // In a background tab the page's title shows that there is news.
        await colleague.Page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); "
            + "document.dispatchEvent(new Event('visibilitychange'))");
        await page.GetByTestId("undo-resolve").ClickAsync();
        await Assertions.Expect(colleague.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^● Sag 26-803"));
        await colleague.Page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: false, configurable: true }); "
            + "document.dispatchEvent(new Event('visibilitychange'))");
        await Assertions.Expect(colleague.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Sag 26-803"));
        Assert.Empty(browser.Errors);
        Assert.Empty(colleague.Errors);
    }
}
