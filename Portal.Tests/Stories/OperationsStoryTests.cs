using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Faults;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Quarantine and Drift for the people who operate the portal.</summary>
public sealed class OperationsStoryTests
{
    [Fact]
    public async Task Rubbish_is_tried_again_on_the_server_while_others_look_on_and_Drift_tells_of_the_transports()
    {
        await using var portal = await HostedPortal.StartAsync();
        for (var n = 0; n < 30; n++) (await portal.PushAsync(System.Text.Encoding.UTF8.GetBytes($"<a>0101011234 {n}"))).Dispose();
        await using var one = await Browser.SignInAsync(portal.Address, "administrator");
        await using var other = await Browser.SignInAsync(portal.Address, "administrator");
        await using var telephone = await Browser.SignInAsync(portal.Address, "administrator", 390, 844, ColorScheme.Dark);
        foreach (var browser in (Browser[])[one, other, telephone]) await browser.OpenAsync("/karantaene");
        await one.Page.GetByTestId("retry-all").ClickAsync();
        // Waits until the click has reached the server, which closing the window would prevent.
        await Assertions.Expect(one.Page.GetByTestId("retry-operation")).ToBeVisibleAsync();
        await one.Page.CloseAsync();

        foreach (var (onlooker, width) in ((Browser, int)[])[(other, 1440), (telephone, 390)])
        {
            var done = onlooker.Page.Locator("[data-testid=retry-operation][data-finished=true]");
            await Assertions.Expect(done).ToBeVisibleAsync();
            // Each is its own sort of rubbish by the same cause: the first says enough, and the others are left alone until someone wants
            // them.
            await Assertions.Expect(done.First.GetByTestId("retry-tally")).ToContainTextAsync("1 kan stadig ikke modtages");
            await done.First.GetByTestId("retry-outcomes").ClickAsync();
            await Assertions.Expect(onlooker.Page.Locator("[data-testid=retry-item][data-outcome=quarantined]")).ToHaveCountAsync(1);
            await Assertions.Expect(done.First.GetByTestId("retry-continue")).ToContainTextAsync("29");
            await onlooker.IsAccessibleAsync($"/karantaene with a retry ({width})");

            await onlooker.OpenAsync("/drift");
            await Assertions.Expect(onlooker.Page.Locator("[data-testid=transport][data-transport=push]"))
                .ToHaveAttributeAsync("data-state", "open");
            await Assertions.Expect(onlooker.Page.Locator("[data-testid=transport][data-transport=folder]"))
                .ToHaveAttributeAsync("data-state", "off");
            await Assertions.Expect(onlooker.Page.Locator("[data-testid=transport][data-transport=amqp]"))
                .ToHaveAttributeAsync("data-state", "off");
            await onlooker.IsAccessibleAsync($"/drift ({width})");
            Assert.True(await onlooker.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"/drift scrolls sideways at {width}");
            Assert.Empty(onlooker.Errors);
        }

        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("portal_transport_state", metrics, StringComparison.Ordinal);
        Assert.Contains("portal_ingestion_commit_duration", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_runs_full_pauses_the_transports_says_so_and_they_open_by_themselves()
    {
        await using var disk = SmallDisk.TryMount(64);
        if (disk is null) Assert.Skip("A small disk of its own can only be mounted by root.");
        await using var portal = await HostedPortal.StartAsync(disk.Path, settings: ["--Ingestion:MinimumFreeMegabytes=20"]);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        await browser.OpenAsync("/drift");
        var push = browser.Page.Locator("[data-testid=transport][data-transport=push]");
        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "open");
        var (first, second) = (Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z"),
            Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z"));
        (await portal.PushAsync(first.Bytes)).Dispose();

        disk.Fill(50 << 20);
        await PortalProcess.EventuallyAsync(() => portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)),
            answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        using (var ready = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Contains(
                "MB fri plads", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using (var refused = await portal.PushAsync(second.Bytes))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("<sd:StatusKode>40</sd:StatusKode>",
                await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "paused");
        await Assertions.Expect(push).ToContainTextAsync("MB fri plads");
        await browser.IsAccessibleAsync("/drift with a transport that is paused");

        disk.Free();
        await PortalProcess.EventuallyAsync(
            () => portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "open");
        using (var taken = await portal.PushAsync(second.Bytes)) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        foreach (var id in (string[])[first.BeskedId, second.BeskedId])
            Assert.Equal(1, (await portal.GetAsync($"/api/beskeder/{id}"))["deliveries"]!.GetValue<int>());
    }
}
