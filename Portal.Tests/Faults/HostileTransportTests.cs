using System.Net;
using Microsoft.Data.Sqlite;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>Hostile envelopes pushed over HTTP and put into the folder of a whole portal, on both databases.</summary>
[Collection(PostgresTests.Name)]
public sealed class HostileTransportTests(PostgresServer server)
{
    private const int AtOnce = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_sample_is_answered_20_or_moved_and_the_portal_continues(bool postgres) =>
        RunAsync(postgres, pushed: 60, dropped: 30, step: 83);

    [Theory, Long]
    [InlineData(false)]
    [InlineData(true)]
    public Task Thousands_are_answered_20_or_moved_and_the_portal_continues(bool postgres) =>
        RunAsync(postgres, pushed: 4000, dropped: 1000, step: 3);

    private async Task RunAsync(bool postgres, int pushed, int dropped, int step)
    {
        using var temporary = new TempFolder("hostile");
        var folder = temporary.Path;
        var drop = Directory.CreateDirectory(Path.Combine(folder, "drop")).FullName;
        var database = $"hostile{Guid.NewGuid():N}";
        await using var portal = await HostedPortal.StartAsync(folder, settings:
        [
            $"--Ingestion:Folder:Path={drop}",
                .. postgres ? (string[])["--Database:Provider=PostgreSql",
                $"--Database:ConnectionString={server.ConnectionString(database)}"] : [],
        ]);
        async Task<long> CountAsync()
        {
            const string Sql = """SELECT (SELECT COALESCE(SUM("Deliveries"), """
                + """0) FROM "Messages") + (SELECT COALESCE(SUM("Deliveries"), 0) FROM "Quarantine")""";
            if (postgres) return Convert.ToInt64(await server.SqlAsync(database, Sql), System.Globalization.CultureInfo.InvariantCulture);
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = Sql;
            return (long)(await command.ExecuteScalarAsync())!;
        }

        var refused = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, pushed), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            using var answer = await portal.PushAsync(HostileEnvelopes.At(n * step));
            var taken = answer.StatusCode == HttpStatusCode.OK
                && (await answer.Content.ReadAsStringAsync(CancellationToken.None)).Contains("<sd:StatusKode>20</sd:StatusKode>",
                    StringComparison.Ordinal);
            if (!taken) Interlocked.Increment(ref refused);
        });
        Assert.Equal(0, refused);
        Assert.Equal(pushed, await CountAsync());

        // Only files that end as XML does: the folder transport waits for the rest of a truncated one.
        var files = Enumerable.Range(1, int.MaxValue - 1).Select(n => HostileEnvelopes.At((pushed + n) * step)).Where(b =>
            b.AsSpan().TrimEnd(" \n"u8).EndsWith(">"u8)).Take(dropped).ToList();
        for (var n = 0; n < files.Count; n++)
        {
            var path = Path.Combine(folder, $"{n}.part");
            await File.WriteAllBytesAsync(path, files[n], TestContext.Current.CancellationToken);
            File.Move(path, Path.Combine(drop, $"{n}.xml"));
        }

        await PortalProcess.EventuallyAsync(CountAsync, count => count == pushed + dropped);
        await PortalProcess.EventuallyAsync(() => Task.FromResult(Directory.GetFiles(drop).Length), left => left == 0);

        using (var good = await portal.PushAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString()))) Assert.Equal(HttpStatusCode.OK,
            good.StatusCode);
        using (var ready = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(metrics.Split('\n'), l => l.StartsWith("portal_transport_state", StringComparison.Ordinal)
            && l.Contains("folder", StringComparison.Ordinal) && l.Contains("\"open\"", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{(postgres ? "PostgreSQL" : "SQLite")}: pushed {pushed}, "
            + $"answered 20 {pushed - refused}, dropped {dropped}, in log and quarantine {await CountAsync() - 1}");
    }
}
