using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>A caseworker's day: the worklist, a failed letter, the resend noted, and its arrival seen live.</summary>
public sealed class CaseworkerDayTests
{
    private static async Task PushAsync(RunningPortal portal, string uuid, string action, string at)
    {
        using var answer = await portal.PushAsync(Envelopes.Status(uuid, action, at).Bytes);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static object Letter(string id, string uuid, string at) => new
    {
        caseNumber = "26-0700", caseType = "huslejenaevn", letterId = id, title = "Afgørelse om depositum",
        recipient = new { name = "Anna Lejer", id = "0101011234", idType = "CPR" },
        channel = "DigitalPost", sentAt = at, identifiers = new { messageUuid = uuid },
    };

    [Fact]
    public async Task A_failed_letter_is_found_its_resend_noted_and_its_arrival_seen_without_a_reload()
    {
        await using var portal = await HostedPortal.StartAsync();
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        using (var created = await portal.RegisterAsync(Letter("L-1", first, "2026-02-13T12:00:00+01:00")))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        await browser.OpenAsync("/opfoelgning");
        await PushAsync(portal, first, KnownHandlinger.Fejlet, "2026-02-13T12:05:00+01:00");
        var row = browser.Page.Locator("[data-testid=follow-up-row][data-letter-id='L-1']");
        await Assertions.Expect(row).ToHaveAttributeAsync("data-reason", "failed");

        await row.GetByTestId("assign").ClickAsync();
        await Assertions.Expect(row.GetByTestId("owner")).ToHaveTextAsync("hos dig");
        await PortalProcess.EventuallyAsync(
            () => portal.GetAsync("/api/opfoelgning"), list => (string?)list["items"]![0]!["assignedTo"] == "Sofie Sagsbehandler");

        // The case system sends the letter again: the row proposes it as the resend.
        using (var created = await portal.RegisterAsync(Letter("L-2", second, "2026-02-13T13:00:00+01:00")))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await row.GetByTestId("open-row").ClickAsync();
        await Assertions.Expect(row.GetByTestId("replacement")).ToHaveValueAsync(new Regex("^L-2 "));
        await row.GetByTestId("note").FillAsync("Ny postkasse oplyst i telefonen");
        await browser.IsAccessibleAsync("the worklist with an open row");
        await row.GetByTestId("resent").ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);

        // The portal now waits for the new letter's evidence.
        await browser.Page.GetByTestId("ended").Locator("summary").ClickAsync();
        await browser.Page.GetByTestId("ended-row").GetByRole(AriaRole.Link).ClickAsync();
        var resent = browser.Page.Locator("[data-testid=letter][data-letter-id='L-2']");
        await Assertions.Expect(resent.GetByTestId("replaces")).ToContainTextAsync("L-1");
        await PushAsync(portal, second, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T13:02:05+01:00");
        await Assertions.Expect(resent).ToHaveAttributeAsync("data-verdict", "delivered");
        await Assertions.Expect(resent.GetByTestId("appeal-deadline")).ToContainTextAsync("13. marts 2026");
        await Assertions.Expect(resent.GetByTestId("strength")).ToContainTextAsync("Alle fem er til stede.");
        await Assertions.Expect(browser.Page.Locator("[data-testid=letter][data-letter-id='L-1'] [data-testid=work-entry]").Last)
            .ToContainTextAsync("L-2 er afleveret");

        await browser.Page.GetByTestId("hold").ClickAsync();
        await browser.Page.GetByTestId("hold-reason").FillAsync("Sag i boligretten");
        await browser.IsAccessibleAsync("the dialog of a hold");
        await browser.Page.GetByTestId("hold-save").ClickAsync();
        await PortalProcess.EventuallyAsync(() => portal.GetAsync("/api/sager/26-0700"), found => (bool)found["hold"]!);
        await browser.IsAccessibleAsync("a case");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_file_of_letters_is_seen_before_it_is_registered_and_colleagues_see_what_the_other_does()
    {
        await using var portal = await HostedPortal.StartAsync();
        await using var sofie = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        await sofie.OpenAsync("/forsendelser");
        await Assertions.Expect(sofie.Page.GetByTestId("letter-file")).ToBeEnabledAsync();
        await sofie.Page.GetByTestId("letter-file").SetInputFilesAsync(new FilePayload
        {
            Name = "breve.csv", MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("Sagsnummer;Brevets id;Titel;Modtager;Sendt;MessageUUID\n26-0800;K-1;Påbud;Åse "
                + "Ærø;13-02-2026 12:00;aaaa-1\n26-0800;K-2;Påbud;;13-02-2026 12:00;\n"),
        });
        await Assertions.Expect(sofie.Page.GetByTestId("file-summary"))
            .ToContainTextAsync("1 ny · 0 rettelser · 0 kendte · 1 med fejl. Intet er registreret endnu.");
        await sofie.IsAccessibleAsync("a file before it is registered");
        Assert.Empty((await portal.GetAsync("/api/opfoelgning"))["items"]!.AsArray());
        await sofie.Page.GetByTestId("register-file").ClickAsync();
        await Assertions.Expect(sofie.Page.Locator("[data-testid=file-lines] tr[data-outcome=Created]")).ToContainTextAsync("Registreret");
        Assert.Equal("Åse Ærø", (string?)(await portal.GetAsync("/api/sager/26-0800"))["letters"]![0]!["recipient"]!["name"]);

        // Long overdue, so it is in both people's worklist.
        await using var anders = await Browser.SignInAsync(portal.Address, "administrator", 390, 844, ColorScheme.Dark);
        await sofie.OpenAsync("/opfoelgning");
        await anders.OpenAsync("/opfoelgning");
        await anders.IsAccessibleAsync("the worklist on a telephone");
        await sofie.Page.GetByTestId("assign").ClickAsync();
        await Assertions.Expect(anders.Page.GetByTestId("owner")).ToHaveTextAsync("hos Sofie Sagsbehandler");
        await anders.Page.GetByTestId("resolve").ClickAsync();
        await Assertions.Expect(sofie.Page.GetByTestId("follow-up-row")).ToHaveCountAsync(0);
        await sofie.Page.GetByTestId("ended").Locator("summary").ClickAsync();
        await Assertions.Expect(sofie.Page.GetByTestId("ended-row")).ToContainTextAsync("Anders Administrator");
        await sofie.Page.GetByTestId("reopen").ClickAsync();
        await Assertions.Expect(anders.Page.GetByTestId("follow-up-row")).ToHaveCountAsync(1);
        Assert.Empty(sofie.Errors);
    }
}
