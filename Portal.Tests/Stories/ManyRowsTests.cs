using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Ten thousand rows in each long list: the page opens on its first part, shows more when asked, and is taken out whole.</summary>
public sealed class ManyRowsTests(ITestOutputHelper output)
{
    private const int Rows = 10_000;
    private const int Part = 1_000;

    [Fact, Long]
    public async Task Lists_of_ten_thousand_rows_open_show_more_and_are_taken_out()
    {
        await using var portal = await HostedPortal.StartAsync();
        await FillAsync(portal);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        foreach (var (path, row, file) in ((string, string, string?)[])[
            ("/sager", "case-row", null), ("/opfoelgning", "follow-up-row", "export-csv"), ("/karantaene", "quarantine-row", null)])
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await browser.OpenAsync(path);
            await Assertions.Expect(browser.Page.GetByTestId(row).First).ToBeVisibleAsync();
            var first = await browser.Page.GetByTestId(row).CountAsync();
            output.WriteLine($"{path}: {first} rows after {clock.Elapsed.TotalSeconds:F1} s");
            Assert.InRange(first, 10, 500);
            await browser.Page.GetByTestId("more").ClickAsync();
            await Assertions.Expect(browser.Page.GetByTestId(row)).Not.ToHaveCountAsync(first);
            Assert.InRange(await browser.Page.GetByTestId(row).CountAsync(), first + 1, 1_000);
            if (file is null) continue;
            clock.Restart();
            var taken = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.GetByTestId(file).ClickAsync());
            var lines = await File.ReadAllLinesAsync((await taken.PathAsync())!);
            output.WriteLine($"{path}: {lines.Length - 1} rows in a file after {clock.Elapsed.TotalSeconds:F1} s");
            Assert.Equal(Rows, lines.Length - 1);
        }

        await browser.OpenAsync("/beskeder");
        await Assertions.Expect(browser.Page.GetByText("af 10.000")).ToBeVisibleAsync();
        Assert.InRange(await browser.Page.GetByTestId("message-row").CountAsync(), 50, 500);
        Assert.Empty(browser.Errors);
    }

    // Letters long overdue, so each is a row of the worklist; statuses that belong to none of them, and what is no XML.
    private static async Task FillAsync(HostedPortal portal)
    {
        var receiver = portal.Services.GetRequiredService<IReceiver>();
        for (var from = 0; from < Rows; from += Part)
        {
            var letters = Enumerable.Range(from, Part).Select(n => Envelopes.Letter($"26-{100_000 + n}", Guid.NewGuid().ToString()));
            using (var answer = await portal.Http.PostAsJsonAsync("/api/forsendelser", letters.ToArray())) answer.EnsureSuccessStatusCode();
            var bytes = Enumerable.Range(from, Part).SelectMany(n => (byte[][])[
                Envelopes.With(KnownHandlinger.Klar, "", type: Guid.Parse("7654895c-a3f3-4c77-8afd-4c77330f963c")).Bytes,
                Encoding.UTF8.GetBytes($"ikke xml {n}")]);
            await receiver.ReceiveAsync([.. bytes.Select(b => new Delivery(b, "push", DateTimeOffset.UtcNow))], default);
        }
    }
}
