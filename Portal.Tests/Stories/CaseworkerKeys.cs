using System.Net;
using System.Text;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

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
