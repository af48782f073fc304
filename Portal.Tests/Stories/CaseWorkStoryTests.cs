using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// All that waits on a case is done on its page, with the keyboard: a call is noted on a telephone, the letter is sent again on a desktop,
/// and text typed before a reload is kept.
/// </summary>
public sealed class CaseWorkStoryTests
{
    private const string Number = "26-0955";

    [Fact]
    public async Task A_failed_letter_is_called_about_and_sent_again_from_its_case()
    {
        var portal = await SharedPortals.EmptyAsync();
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        using (var created = await portal.RegisterAsync(Envelopes.Letter(Number, first, "W-1")))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using (var answer = await portal.PushAsync(Envelopes.Status(first, KnownHandlinger.Fejlet, "2026-02-13T12:30:00+01:00").Bytes))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await using var phone = await Browser.SignInAsync(portal.Address, "sagsbehandler", 390, 844, ColorScheme.Dark);
        var page = phone.Page;
        await phone.OpenAsync($"/sager/{Number}");
        var work = page.GetByTestId("letter-work");
        await Assertions.Expect(work).ToHaveAttributeAsync("data-reason", "failed");
        await page.GetByTestId("open-row").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("call-open").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("call-with").FillAsync("Anna Lejer");
        await page.GetByTestId("call-said").FillAsync("har fået ny postkasse");
        await phone.IsAccessibleAsync("a case with an open row on a telephone");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // What was typed is kept over a reload.
        await page.ReloadAsync();
        await phone.IsLiveAsync();
        await page.GetByTestId("open-row").ClickAsync();
        await Assertions.Expect(page.GetByTestId("call-said")).ToHaveValueAsync("har fået ny postkasse");
        await Assertions.Expect(page.GetByTestId("called")).ToBeEnabledAsync();
        await page.GetByTestId("called").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("did")).ToHaveTextAsync("Opringningen er gemt.");
        await Assertions.Expect(page.GetByTestId("work-entry")).ToContainTextAsync("har fået ny postkasse");
        await Assertions.Expect(page.GetByTestId("call-open")).ToBeFocusedAsync();

        // A colleague sends it again; the telephone's open page shows it, marked and told.
        await using var desk = await Browser.SignInAsync(portal.Address, "administrator");
        await desk.OpenAsync($"/sager/{Number}");
        await desk.Page.GetByTestId("to-waiting").ClickAsync();
        await desk.IsAccessibleAsync("a case on which something waits");
        await desk.Page.GetByTestId("resend").ClickAsync();
        await desk.Page.IsAtAsync(url => url.Contains("/forsendelser?erstatter=l-", StringComparison.Ordinal));
        await Assertions.Expect(desk.Page.Locator("#letter-title")).ToBeEnabledAsync();
        await Assertions.Expect(desk.Page.Locator("#letter-title")).ToHaveValueAsync("Afgørelse om huslejenedsættelse");
        await Assertions.Expect(desk.Page.GetByTestId("letter-form")).ToContainTextAsync("010101-xxxx");
        Assert.DoesNotContain("0101011234", await desk.Page.ContentAsync(), StringComparison.Ordinal);
        await desk.Page.Locator("#letter-letterId").FillAsync("W-2");
        await desk.Page.Locator("#letter-sentAt").FillAsync("13-02-2026");
        await desk.Page.Locator("#letter-sentAt-time").FillAsync("13:00");
        await desk.Page.Locator("#letter-identifiers-messageUuid").FillAsync(second);
        await desk.IsAccessibleAsync("the form of a letter that is sent again");
        await desk.Page.GetByTestId("register-letter").ClickAsync();
        await desk.Page.GetByTestId("form-result").GetByRole(AriaRole.Link).ClickAsync();
        var made = desk.Page.Locator("[data-testid=letter][data-letter-id='W-2']");
        await Assertions.Expect(made.GetByTestId("replaces")).ToContainTextAsync("W-1");
        await Assertions.Expect(desk.Page.GetByTestId("letter-work")).ToHaveCountAsync(1);

        await Assertions.Expect(page.GetByTestId("news-told")).ToContainTextAsync("Afgørelse om huslejenedsættelse");
        await Assertions.Expect(page.GetByTestId("news-mark").First).ToContainTextAsync("Nyt kl.");
        Assert.Empty(phone.Errors);
        Assert.Empty(desk.Errors);
    }
}
