using System.Net;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>What the distributor must not send for ever is kept in quarantine and answered 20, and the answers are described.</summary>
public sealed class PushStoryTests
{
    [Fact]
    public async Task What_is_too_large_or_no_XML_is_kept_in_quarantine_and_answered_20_and_the_description_names_every_answer()
    {
        await using var portal = await HostedPortal.StartAsync(settings: ["--Ingestion:MaxMessageBytes=2000"]);
        var (whole, cut) = (RandomNumberGenerator.GetBytes(20_000), RandomNumberGenerator.GetBytes(3_000_000));
        foreach (var body in (byte[][])[whole, cut, "<a>"u8.ToArray()])
        {
            using var answer = await portal.PushAsync(body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("20", PushSender.CodeIn(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        var rows = (await portal.GetAsync("/api/karantaene"))["items"]!.AsArray().Reverse().ToList();
        Assert.Equal(["too-large", "too-large", "malformed"], rows.Select(r => (string)r!["reason"]!));
        Assert.Equal([20_000, 3_000_000, 3], rows.Select(r => (int)r!["bytes"]!));
        Assert.Equal(whole, await portal.Http.GetByteArrayAsync(
            new Uri($"/api/karantaene/{rows[0]!["id"]}/raw", UriKind.Relative), TestContext.Current.CancellationToken));
        await using (var connection = new SqliteConnection($"Data Source={portal.Folder}/portal.db;Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"Sha256\" FROM \"Quarantine\" WHERE \"Bytes\" = 3000000";
            Assert.Equal(SHA256.HashData(cut), (byte[]?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        var description = (await portal.GetAsync("/openapi/v1.json"))["paths"]!["/beskedfordeler/modtag"]!.AsObject();
        Assert.Equal(["post"], description.Select(m => m.Key));
        var answers = description["post"]!["responses"]!.AsObject();
        Assert.Equal(["200", "400", "401", "403", "404", "405", "415", "503"], answers.Select(a => a.Key).Order(StringComparer.Ordinal));
        Assert.All(answers, a => Assert.Contains("StatusKode 40", (string)a.Value!["description"]!, StringComparison.Ordinal));
        Assert.All(answers, a => Assert.NotNull(a.Value!["content"]!["application/xml"]));
    }
}
