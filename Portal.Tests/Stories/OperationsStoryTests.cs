using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using Portal.Ingestion.Envelopes;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>What those who operate the portal meet.</summary>
public sealed class OperationsStoryTests
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task Rubbish_is_tried_again_on_the_server_while_another_looks_on_and_Drift_tells_of_the_doors(ColorScheme scheme, int width, int height)
    {
        await using var portal = await PortalProcess.StartAsync();
        for (var n = 0; n < 30; n++) (await portal.PushAsync(System.Text.Encoding.UTF8.GetBytes($"<a>0101011234 {n}"))).Dispose();
        await using var one = await Browser.SignInAsync(portal.Address, "administrator", width, height, scheme);
        await using var other = await Browser.SignInAsync(portal.Address, "administrator", width, height, scheme);
        await one.OpenAsync("/karantaene");
        await other.OpenAsync("/karantaene");
        await one.Page.GetByTestId("retry-all").ClickAsync();
        await one.Page.CloseAsync();

        var done = other.Page.Locator("[data-testid=retry-operation][data-finished=true]");
        await Assertions.Expect(done).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(done.GetByTestId("retry-tally")).ToContainTextAsync("30 kan stadig ikke modtages");
        await done.GetByTestId("retry-outcomes").ClickAsync();
        await Assertions.Expect(other.Page.Locator("[data-testid=retry-item][data-outcome=quarantined]")).ToHaveCountAsync(30);
        await other.IsAccessibleAsync($"/karantaene with a retry ({scheme})");

        await other.OpenAsync("/drift");
        await Assertions.Expect(other.Page.Locator("[data-testid=transport][data-transport=push]")).ToHaveAttributeAsync("data-state", "open");
        await Assertions.Expect(other.Page.Locator("[data-testid=transport][data-transport=folder]")).ToHaveAttributeAsync("data-state", "off");
        await Assertions.Expect(other.Page.Locator("[data-testid=transport][data-transport=amqp]")).ToHaveAttributeAsync("data-state", "off");
        await other.IsAccessibleAsync($"/drift ({scheme})");
        Assert.True(await other.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"/drift scrolls sideways at {width}");

        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("portal_door_state", metrics, StringComparison.Ordinal);
        Assert.Contains("portal_ingestion_commit_duration", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", portal.Output, StringComparison.Ordinal);
        Assert.Empty(other.Errors);
    }

    [Fact]
    public async Task A_disk_that_runs_full_pauses_the_doors_says_so_and_they_open_by_themselves()
    {
        await using var disk = SmallDisk.TryMount(64);
        if (disk is null) Assert.Skip("A small disk of its own can only be mounted by root.");
        await using var portal = await PortalProcess.StartAsync(disk.Path, settings: ["--Ingestion:MinimumFreeMegabytes=20"]);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        await browser.OpenAsync("/drift");
        var push = browser.Page.Locator("[data-testid=transport][data-transport=push]");
        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "open");
        var (first, second) = (Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z"), Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z"));
        (await portal.PushAsync(first.Bytes)).Dispose();

        var filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[50 << 20], TestContext.Current.CancellationToken);
        await PortalProcess.EventuallyAsync(() => portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)), answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        using (var ready = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            Assert.Contains("MB fri plads", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using (var refused = await portal.PushAsync(second.Bytes))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("<sd:StatusKode>50</sd:StatusKode>", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "paused", new() { Timeout = 30_000 });
        await Assertions.Expect(push).ToContainTextAsync("MB fri plads");
        await browser.IsAccessibleAsync("/drift with a door that is paused");

        File.Delete(filler);
        await PortalProcess.EventuallyAsync(() => portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        await Assertions.Expect(push).ToHaveAttributeAsync("data-state", "open", new() { Timeout = 30_000 });
        using (var taken = await portal.PushAsync(second.Bytes)) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        foreach (var id in (string[])[first.BeskedId, second.BeskedId]) Assert.Equal(1, (await portal.GetAsync($"/api/beskeder/{id}"))["deliveries"]!.GetValue<int>());
    }

    private sealed class SmallDisk(string path) : IAsyncDisposable
    {
        public string Path { get; } = path;

        public static SmallDisk? TryMount(int megabytes)
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
            var path = Directory.CreateTempSubdirectory("disk").FullName;
            return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new SmallDisk(path) : null;
        }

        public ValueTask DisposeAsync()
        {
            Run("umount", "-l", Path);
            return ValueTask.CompletedTask;
        }

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
