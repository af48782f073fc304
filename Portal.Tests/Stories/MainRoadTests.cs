using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>The main path: a message arrives, becomes evidence on a case, and is shown live.</summary>
public sealed class MainRoadTests(OnePortal one) : IClassFixture<OnePortal>
{
    [Fact]
    public async Task A_pushed_message_appears_live_and_becomes_the_verdict_of_its_letter_without_a_reload()
    {
        var portal = one.Process;
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        await browser.OpenAsync("/beskeder");
        var uuid = Guid.NewGuid().ToString();
        var delivered = Envelopes.Status(uuid, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:22:05+01:00");

        using (var answer = await portal.PushAsync(delivered.Bytes))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("<sd:StatusKode>20</sd:StatusKode>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await Assertions.Expect(browser.Page.Locator($"[data-testid=message-row][data-besked-id='{delivered.BeskedId}']"))
            .ToBeVisibleAsync();

        using (var created = await portal.RegisterAsync(Envelopes.Letter("26/0117", uuid)))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await browser.OpenAsync("/sager/26%2F0117");
        var letter = browser.Page.GetByTestId("letter");
        await Assertions.Expect(letter).ToHaveAttributeAsync("data-verdict", "delivered");
        await Assertions.Expect(browser.Page.GetByTestId("appeal-deadline")).ToContainTextAsync("13. marts 2026");
        await Assertions.Expect(browser.Page.GetByTestId("timeline-event")).ToHaveCountAsync(1);

        using (var failed = await portal.PushAsync(Envelopes.Status(uuid, KnownHandlinger.Fejlet, "2026-02-14T09:00:00+01:00").Bytes))
            Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        await Assertions.Expect(browser.Page.GetByTestId("timeline-event")).ToHaveCountAsync(2);
        await Assertions.Expect(letter).ToHaveAttributeAsync("data-verdict", "delivered");
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task A_paused_stream_stands_still_loses_nothing_and_says_how_many_wait()
    {
        var portal = one.Process;
        await using var browser = await Browser.SignInAsync(portal.Address, "sagsbehandler");
        // No other test of the class sends this status.
        await browser.OpenAsync($"/beskeder?status={KnownHandlinger.Klar}");
        var rows = browser.Page.GetByTestId("message-row");
        (await portal.PushAsync(Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes)).Dispose();
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        await browser.Page.GetByTestId("pause").ClickAsync();
        await Assertions.Expect(browser.Page.GetByTestId("resume")).ToBeVisibleAsync();
        for (var n = 0; n < 7; n++)
        {
            (await portal.PushAsync(Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes))
                .Dispose();
        }
        await Assertions.Expect(browser.Page.GetByTestId("resume")).ToContainTextAsync("7");
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        await browser.Page.GetByTestId("resume").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(8);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_push_it_has_lost_nothing_that_was_answered_20()
    {
        var folder = Directory.CreateTempSubdirectory("kill").FullName;
        var (answered, count) = (new System.Collections.Concurrent.ConcurrentBag<string>(), 0);
        await using (var portal = await PortalProcess.StartAsync(folder))
        {
            var senders = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (true)
                {
                    var envelope = Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z");
                    try
                    {
                        using var answer = await portal.PushAsync(envelope.Bytes);
                        if (!(await answer.Content.ReadAsStringAsync()).Contains(">20<", StringComparison.Ordinal)) return;
                    }
                    catch (HttpRequestException)
                    {
                        return;
                    }

                    answered.Add(envelope.BeskedId);
                    if (Interlocked.Increment(ref count) == 400) portal.Kill();
                }
            })).ToArray();
            await Task.WhenAll(senders);
        }

        Assert.True(answered.Count >= 400);
        await using (var again = await HostedPortal.StartAsync(folder))
        {
            foreach (var id in answered)
            {
                using var found = await again.Http.GetAsync(new Uri($"/api/beskeder/{id}", UriKind.Relative));
                Assert.Equal(HttpStatusCode.OK, found.StatusCode);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Rubbish_waits_in_quarantine_and_a_person_number_reaches_neither_log_nor_address()
    {
        var portal = one.Process;
        (await portal.PushAsync("<a>0101011234"u8.ToArray())).Dispose();
        (await portal.RegisterAsync(Envelopes.Letter("26-0118", Guid.NewGuid().ToString()))).Dispose();
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");

        await browser.OpenAsync("/karantaene");
        await Assertions.Expect(browser.Page.GetByTestId("quarantine-row")).ToHaveAttributeAsync("data-reason", "malformed");
        await browser.OpenAsync("/sager/26-0118");
        await Assertions.Expect(browser.Page.GetByTestId("letter")).ToContainTextAsync("010101-xxxx");
        await browser.OpenAsync("/sager");
        await browser.Page.GetByTestId("case-search").FillAsync("010101-1234");
        await browser.Page.Keyboard.PressAsync("Enter");
        await browser.Page.GetByTestId("cpr-purpose").FillAsync("Klage over manglende brev");
        await browser.Page.GetByTestId("cpr-search").ClickAsync();
        await Assertions.Expect(browser.Page.GetByTestId("case-row").Filter(new() { HasText = "26-0118" })).ToBeVisibleAsync();

        Assert.DoesNotContain("1234", browser.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("010101-1234", portal.Output, StringComparison.Ordinal);
    }
}
