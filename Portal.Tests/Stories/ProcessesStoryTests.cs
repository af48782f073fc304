using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Ingestion.Operations;
using Portal.Tests.Faults;
using Portal.Tests.Postgres;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// A separate worker and a portal: what Drift, readiness, metrics and log say when one stops, one is killed, or the database is.
/// </summary>
public sealed partial class ProcessesStoryTests
{
    [Fact]
    public async Task A_worker_that_is_stopped_by_plan_and_one_that_is_killed_are_distinguished()
    {
        using var temporary = new TempFolder("processes");
        var folder = temporary.Path;
        string[] settings = ["--Database:ConnectionString=Data "
            + $"Source={folder}/portal.db", $"--Ledger:KeyPath={folder}/ledger.key", $"--Ingestion:Folder:Path={folder}/drop"];
        await using var portal = await HostedPortal.StartAsync(folder, settings: ["--Ingestion:RunInPortal=false"]);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        await browser.OpenAsync("/drift");
        var (dead, noWorker, outages) =
            (browser.Page.GetByTestId("process-dead"), browser.Page.GetByTestId("no-worker"), browser.Page.GetByTestId("outage"));
        var open = browser.Page.Locator("[data-testid=transport][data-transport=folder][data-state=open]");

        await using (var worker = WorkerProcess.Start(folder, settings))
        {
            await Assertions.Expect(open).ToBeVisibleAsync();
            Assert.Equal(0, await worker.StopAsync());
        }

        await Assertions.Expect(outages.Filter(new() { HasText = PlannedStop.Why })).ToHaveCountAsync(1);
        await Assertions.Expect(noWorker).ToBeVisibleAsync();
        await Assertions.Expect(dead).ToHaveCountAsync(0);

        await using (var worker = WorkerProcess.Start(folder, settings))
        {
            await Assertions.Expect(open).ToBeVisibleAsync();
            await Assertions.Expect(noWorker).ToHaveCountAsync(0);
            await worker.KillAsync();
        }

        await Assertions.Expect(dead).ToBeVisibleAsync();
        await Assertions.Expect(outages.Filter(new() { HasText = Outages.SilentWhy })).ToHaveCountAsync(1);
        await Assertions.Expect(outages.Filter(new() { HasText = PlannedStop.Why })).ToHaveCountAsync(1);
        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Matches(ProcessDown(), metrics);

        await using var third = WorkerProcess.Start(folder, settings);
        await Assertions.Expect(open).ToBeVisibleAsync();
        await Assertions.Expect(dead).ToHaveCountAsync(0);
        await Assertions.Expect(outages.Filter(new() { HasText = Outages.SilentWhy })).ToHaveCountAsync(1);
        Assert.All(third.Lines, line => Assert.Matches(PortalProcess.LogLine(), line));
    }

    [Fact]
    public async Task A_PostgreSQL_server_that_dies_is_reported_in_an_open_page_a_new_one_and_readiness_and_all_ends_by_itself()
    {
        using var temporary = new TempFolder("processes");
        var folder = temporary.Path;
        await using var server = new PostgresServer();
        await server.InitializeAsync();
        string[] settings = ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={server.ConnectionString("processes")}",
            $"--Ledger:KeyPath={folder}/ledger.key"];
        await using var portal = await HostedPortal.StartAsync(folder, settings: [.. settings, "--Ingestion:RunInPortal=false"]);
        await using var worker = WorkerProcess.Start(folder, [.. settings, $"--Ingestion:Folder:Path={folder}/drop"]);
        await using var browser = await Browser.SignInAsync(portal.Address, "administrator");
        await browser.OpenAsync("/drift");
        var allWell = browser.Page.GetByTestId("all-well");
        await Assertions.Expect(browser.Page.Locator("[data-testid=transport][data-transport=folder][data-state=open]")).ToBeVisibleAsync();
        await Assertions.Expect(allWell).ToBeVisibleAsync();

        await server.KillAsync();
        await Assertions.Expect(browser.Page.GetByTestId("database-away")).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.GetByTestId("storage-trouble")).ToContainTextAsync("Databaseserveren svarer ikke");
        await Assertions.Expect(browser.Page.Locator("[data-testid=transport][data-transport=push]"))
            .ToHaveAttributeAsync("data-state", "paused");
        await Assertions.Expect(allWell).ToHaveCountAsync(0);
        for (var probe = 0; probe < 10; probe++)
        {
            using var ready = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.NotNull(ready.Headers.RetryAfter);
            var problem = (string)Assert.Single(
                JsonNode.Parse(await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["problems"]!.AsArray())!;
            Assert.Contains("Databaseserveren svarer ikke", problem, StringComparison.Ordinal);
        }

        var another = await browser.Page.Context.NewPageAsync();
        var answer = await another.GotoAsync("/opfoelgning");
        Assert.Equal(503, answer!.Status);
        await Assertions.Expect(another.Locator("h1")).ToHaveTextAsync("Siden kan ikke vises lige nu");
        await Assertions.Expect(another.Locator("body")).ToContainTextAsync("Databaseserveren svarer ikke");

        await server.StartAsync();
        await Assertions.Expect(allWell).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.GetByTestId("database-away")).ToHaveCountAsync(0);

        // The page that could not be opened before opens by itself.
        await Assertions.Expect(another.Locator("main h1")).ToHaveTextAsync("Opfølgning");
        await PortalProcess.EventuallyAsync(
            () => portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative)), a => a.IsSuccessStatusCode);
        Assert.All(worker.Lines, line => Assert.Matches(PortalProcess.LogLine(), line));
        foreach (var lines in (string[][])[portal.Output.Split('\n'), [.. worker.Lines]])
        {
            var traces = lines.Where(line => line.Contains("   at ", StringComparison.Ordinal)).ToList();
            Assert.True(traces.Count == 0, string.Join('\n', traces));

            // Each of a process's some twenty services says it once, and not at every attempt.
            Assert.InRange(lines.Count(line =>
                line.Contains("warn: ", StringComparison.Ordinal) || line.Contains("fail: ", StringComparison.Ordinal)), 1, 30);
        }
    }

    [GeneratedRegex("""portal_process_up\{[^}]*program="worker"[^}]*\} 0""")]
    private static partial Regex ProcessDown();
}
