using Microsoft.Data.Sqlite;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>A program that is asked to stop records its planned stop, however often the signal comes.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_worker_that_is_asked_to_stop_again_and_again_ends_as_planned()
    {
        var folder = Directory.CreateTempSubdirectory("stop").FullName;
        var drop = Directory.CreateDirectory(Path.Combine(folder, "drop")).FullName;
        var database = Path.Combine(folder, "portal.db");
        await using var worker = WorkerProcess.Start(
            folder, $"--Database:ConnectionString=Data Source={database}", $"--Ledger:KeyPath={Path.Combine(folder, "ledger.key")}",
            $"--Ingestion:Folder:Path={drop}");
        await worker.Started;
        while (await StatesAsync(database) is null) await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.Equal(0, await worker.TerminateAsync());
        Assert.Equal("stopped", await StatesAsync(database));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_portal_that_is_asked_to_stop_again_and_again_ends_as_planned()
    {
        await using var portal = await PortalProcess.StartAsync();
        var database = Path.Combine(portal.Folder, "portal.db");
        while (await StatesAsync(database) is null) await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.Equal(0, await portal.TerminateAsync());
        Assert.Equal("stopped", await StatesAsync(database));
        Assert.All(portal.Output.Split('\n'), line => Assert.Matches(PortalProcess.LogLine(), line));
    }

    // The states that the transports last reported; null before the first report.
    private static async Task<string?> StatesAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT GROUP_CONCAT(DISTINCT State) FROM Transports";
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }
}
