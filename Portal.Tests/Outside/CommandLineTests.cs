using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The verbs of the message side, from their arguments to their output.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verbs").FullName;

    private string[] Settings => [$"--Database:ConnectionString=Data Source={_folder}/portal.db", $"--Ledger:KeyPath={_folder}/ledger.key"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("replay")]
    [InlineData("simulate")]
    [InlineData("bench")]
    [InlineData("key")]
    [InlineData("key new")]
    public async Task Each_verb_explains_itself(string verb)
    {
        var ended = await Programs.IngestionAsync(verb.Length == 0 ? ["--help"] : [.. verb.Split(' '), "--help"]);
        Assert.Equal(0, ended.Status);
        Assert.Contains(verb.Length == 0 ? "simulate" : verb, ended.Output, StringComparison.Ordinal);
        Assert.Empty(ended.ErrorLines);
        Assert.Contains("Slutkoder:", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("Usage:|Options:|Description:|Show help", ended.Output);
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("replay")]
    [InlineData("replay findes-ikke.xml")]
    [InlineData("simulate")]
    [InlineData("simulate --to ftp://x")]
    [InlineData("simulate --to http://127.0.0.1:1/x --count 0")]
    [InlineData("simulate --to http://127.0.0.1:1/x --rate -1")]
    [InlineData("simulate --to http://127.0.0.1:1/x --rate fast")]
    [InlineData("simulate --to http://127.0.0.1:1/x --start yesterday")]
    [InlineData("simulate --to http://127.0.0.1:1/x --count 1")]
    [InlineData("run --Municipality:Cvr=1")]
    [InlineData("run --Municipality:Cvr 55133018")]
    [InlineData("replay . --Ingestion:Amqp:Enable=true")]
    [InlineData("replay . --settings findes-ikke.json")]
    [InlineData("replay . --Database:CreateIfMissing=false")]
    [InlineData("verify --Database:ConnectionString=")]
    [InlineData("simulate --to")]
    [InlineData("run nu")]
    [InlineData("verify det hele")]
    [InlineData("bench 3")]
    [InlineData("key")]
    [InlineData("key old")]
    [InlineData("key new --scopes messages:read")]
    [InlineData("key new --name tvist")]
    [InlineData("key new --name tvist --scopes messages:reed")]
    [InlineData("key new --name tvist --scopes ,")]
    [InlineData("key new --name 010101-1234 --scopes messages:read")]
    public async Task Bad_input_ends_with_one_clear_line_and_a_status_other_than_zero(string line)
    {
        var ended = await Programs.IngestionAsync([.. line.Split(' '), .. Settings]);
        Assert.NotEqual(0, ended.Status);
        Assert.DoesNotMatch("(?i)required|unrecognized|could not|exception", Assert.Single(ended.ErrorLines));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    [Fact]
    public async Task A_new_key_is_printed_once_with_the_hash_and_the_line_that_lets_it_in()
    {
        var ended = await Programs.IngestionAsync(
            ["key", "new", "--name", "Tvist »1«", "--scopes", "messages:read, letters:write", .. Settings]);
        Assert.Equal((0, ""), (ended.Status, ended.Error));
        var key = Assert.Single(System.Text.RegularExpressions.Regex.Matches(ended.Output, "portal_[A-Za-z0-9_-]{43}")).Value;
        var hash = Portal.Ingestion.Domain.ApiKeyHash.Of(key);
        Assert.Contains($"\n{hash}\n", ended.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "Api": { "Keys": [ {{ended.Output.Trim().Split('\n')[^1]}} ] } }"""));
        var read = Assert.Single(Portal.Platform.Access.ApiKeyReader.Read(new ConfigurationBuilder().AddJsonStream(json).Build(), false));
        Assert.Equal(("Tvist »1«", hash, "55133018"), (read.Name, read.Hash, read.Cvr));
        Assert.Equal(["messages:read", "letters:write"], read.Scopes);
        Assert.Equal(["PKO_PostStatus"], read.MessageTypes);
        Assert.False(File.Exists($"{_folder}/portal.db"));
    }

    [Fact]
    public async Task Replay_counts_new_known_and_quarantined_and_a_second_run_changes_nothing()
    {
        var files = Directory.CreateDirectory(Path.Combine(_folder, "in", "deeper")).FullName;
        var envelope = Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z").Bytes;
        await File.WriteAllBytesAsync(Path.Combine(files, "a.xml"), envelope, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(files, "b.XML"), envelope, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "in", "broken.xml"), "<a>", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "in", "note.txt"), "not for us", TestContext.Current.CancellationToken);

        var first = await Programs.IngestionAsync(["replay", Path.Combine(_folder, "in"), .. Settings]);
        var second = await Programs.IngestionProcessAsync(_folder, ["replay", "in", .. Settings]);

        Assert.Equal((0, 0), (first.Status, second.Status));
        Assert.Contains("1 new, 1 known, 1 quarantined", first.Output, StringComparison.Ordinal);
        Assert.Contains($"Database: SQLite {_folder}/portal.db (NY", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("(NY", second.Output, StringComparison.Ordinal);
        Assert.Contains("0 new, 2 known, 1 quarantined", second.Output, StringComparison.Ordinal);
        await using var portal = await HostedPortal.StartAsync(_folder);
        Assert.Single((await portal.GetAsync("/api/beskeder"))["items"]!.AsArray());
        Assert.Single((await portal.GetAsync("/api/karantaene"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Replay_of_an_empty_folder_says_that_there_was_nothing()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        var ended = await Programs.IngestionAsync(["replay", empty, .. Settings]);
        Assert.Equal(0, ended.Status);
        Assert.Contains("0 new, 0 known, 0 quarantined", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_in_one_line_and_what_was_counted_stays()
    {
        // Nobody, not even root, can read a symbolic link to itself.
        var loop = Path.Combine(_folder, "loop.xml");
        File.CreateSymbolicLink(loop, loop);
        var ended = await Programs.IngestionAsync(["replay", _folder, .. Settings]);
        Assert.NotEqual(0, ended.Status);
        Assert.Contains("loop.xml", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_and_start_send_the_same_bytes_and_a_second_run_is_all_known()
    {
        await using var portal = await HostedPortal.StartAsync(_folder);
        string[] line = ["simulate", "--to", new Uri(portal.Address, "/beskedfordeler/modtag")
            .ToString(), "--count", "40", "--seed", "7", "--start", "2026-03-02T08:00:00+01:00"];

        var first = await Programs.IngestionAsync(line);
        var before = await ContentsAsync(portal);
        var second = await Programs.IngestionAsync(line);

        Assert.Equal((0, 0), (first.Status, second.Status));
        Assert.StartsWith("40 sendt: 40 modtaget", first.Output, StringComparison.Ordinal);
        Assert.NotEmpty(before);
        Assert.Equal(before, await ContentsAsync(portal));
        Assert.Empty((await portal.GetAsync("/api/karantaene?reason=conflict"))["items"]!.AsArray());
    }

    private static async Task<List<string>> ContentsAsync(RunningPortal portal)
    {
        var hashes = new List<string>();
        foreach (var message in (await portal.GetAsync("/api/beskeder?limit=1000"))["items"]!.AsArray())
        {
            var raw = await portal.Http.GetByteArrayAsync(new Uri($"/api/beskeder/{message!["beskedId"]}/raw", UriKind.Relative));
            var hash = Convert.ToHexStringLower(SHA256.HashData(raw));
            Assert.Equal((string?)message["ledger"]!["sha256"], hash);
            hashes.Add(hash);
        }

        return hashes;
    }
}
