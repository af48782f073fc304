using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Outside;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>
/// What leaves the portal for good (exact bytes, evidence, numbers, files) has its line in the access log before the answer is out: the
/// line is in the database when the answer has come, and there after the portal is killed. Views alone are written a moment later.
/// </summary>
internal static class KilledAccessStory
{
    private const string Person = "0203641234";

    /// <summary>The kind of line of each call, in the order of the calls.</summary>
    private static readonly string[] Kinds =
        ["letter-list", "access-export", "person-search", "subject-access", "evidence-document", "evidence-with-numbers",
            "evidence-package", "exact-bytes"];

    /// <summary>A part of <see cref="ReconnectTests"/>, which kills the portal.</summary>
    public static async Task RunAsync(OneRestart.Part restart)
    {
        var portal = await restart.StartAsync();
        var uuid = Guid.NewGuid().ToString();
        var caseNumber = "drab-" + uuid[..8];
        var (besked, bytes) = Envelopes.Status(uuid, KnownHandlinger.AfleveretDigitalPost, "2026-02-13T12:22:05+01:00");
        (await portal.PushAsync(bytes)).EnsureSuccessStatusCode().Dispose();
        var letter = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Envelopes.Letter(caseNumber, uuid)))!;
        letter["recipient"]!["id"] = Person;
        (await portal.RegisterAsync(letter)).EnsureSuccessStatusCode().Dispose();
        await RunningPortal.EventuallyAsync(
            () => portal.GetAsync($"/api/sager/{caseNumber}"), found => found["letters"]![0]!["events"]!.AsArray().Count == 1);
        var before = await LinesAsync(portal.Folder);

        await restart.ReadyAsync();
        var purpose = new { purpose = "Sagen er i retten" };
        (HttpMethod Method, string Path, object? Body)[] calls =
        [
            (HttpMethod.Get, "/api/breve/eksport.csv", null), (HttpMethod.Get, "/api/adgangslog/eksport.csv", null),
            (HttpMethod.Post, "/api/sager/soeg", new { cpr = Person, purpose.purpose }),
            (HttpMethod.Post, "/api/indsigt", new { cpr = Person, purpose.purpose }),
            (HttpMethod.Get, $"/api/sager/{caseNumber}/bevis.pdf", null), (HttpMethod.Post, $"/api/sager/{caseNumber}/bevis.pdf", purpose),
            (HttpMethod.Post, $"/api/sager/{caseNumber}/bevis.zip", purpose), (HttpMethod.Get, $"/api/beskeder/{besked}/raw", null),
        ];
        foreach (var ((method, path, body), kind) in calls.Zip(Kinds))
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            if (body is not null) request.Content = JsonContent.Create(body);
            using var answer = await portal.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {answer.StatusCode}");
            var lines = await LinesAsync(portal.Folder);
            Assert.True(
                lines.Count(l => l == kind) > before.Count(l => l == kind),
                $"{method} {path} was answered before its line »{kind}« was written.");
        }

        var written = await LinesAsync(portal.Folder);
        await restart.KillAsync();
        portal = await restart.StartAgainAsync();

        Assert.Equal(written, (await LinesAsync(portal.Folder)).Take(written.Count));
        var found = (await portal.GetAsync($"/api/adgangslog?case={caseNumber}&limit=1000"))["items"]!.AsArray();
        Assert.Subset(
            found.Select(l => (string)l!["kind"]!).ToHashSet(),
            new HashSet<string> { "evidence-document", "evidence-with-numbers", "evidence-package", "exact-bytes" });
        var verified = await Programs.IngestionAsync(
            "verify", $"--Database:ConnectionString=Data Source={portal.Folder}/portal.db", $"--Ledger:KeyPath={portal.Folder}/ledger.key");
        Assert.True(verified.Status == 0, verified.Output + verified.Error);
    }

    // The kinds of the log's lines as they are in the database, past the portal.
    private static async Task<IReadOnlyList<string>> LinesAsync(string folder)
    {
        await using var database = new SqliteConnection($"Data Source={folder}/portal.db;Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = """SELECT "Kind" FROM "JournalEntries" WHERE "Log" = 2 ORDER BY "Index" """;
        await using var rows = await command.ExecuteReaderAsync();
        var kinds = new List<string>();
        while (await rows.ReadAsync()) kinds.Add(rows.GetString(0));
        return kinds;
    }
}
