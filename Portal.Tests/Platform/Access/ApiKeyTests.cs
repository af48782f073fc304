using System.Net;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Access;
using Portal.Tests.Api;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Platform.Access;

/// <summary>API keys: how they are written down, when they are valid, and what is known of their use.</summary>
public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private static List<ApiKey> Read(bool development, params (string Key, string? Value)[] values) =>
        ApiKeyReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create($"Api:Keys:{v.Key}", v.Value))).Build(),
            development);

    private static ApiKeyRing Ring(TimeProvider time, params ApiKey[] keys) =>
        new(new AccessSettings(SignInMode.Development, keys), time);

    private static ApiKey Key(string key, string name = "fag") => new(name, ApiKeyHash.Of(key), null, [], []);

    [Fact]
    public void A_key_is_found_by_what_its_hash_was_made_of_and_by_nothing_else() =>
        Gen.Select(Gen.String[1, 60], Gen.String[0, 60], Gen.String[0, 60]).Sample((right, other, sent) =>
        {
            var ring = Ring(TimeProvider.System, Key(right, "rigtig"), Key(other + "x" + right, "anden"));
            Assert.Equal("rigtig", ring.Find(right)?.Name);
            if (sent != right && sent != other + "x" + right) Assert.Null(ring.Find(sent));

            // The hash lets nobody in.
            Assert.Null(ring.Find(ApiKeyHash.Of(right)));
        });

    [Fact]
    public void A_hash_is_read_as_tools_write_it_and_nothing_else_is_a_hash() =>
        Gen.Select(Gen.String[0, 40], Gen.Bool, Gen.Bool, Gen.Bool).Sample((key, upper, bare, spaced) =>
        {
            var hash = ApiKeyHash.Of(key);
            var written = bare ? hash.Substring("sha256:".Length) : hash;
            if (upper) written = written.ToUpperInvariant();
            Assert.Equal(hash, ApiKeyHash.Read(spaced ? $" {written}\n" : written));
            Assert.Equal(ApiKeyHash.Bytes(key), ApiKeyHash.Decode(hash));
            Assert.Null(ApiKeyHash.Read(written.Substring(1)));
            Assert.Null(ApiKeyHash.Read(written + "0"));
        });

    [Fact]
    public void A_new_key_is_long_and_never_the_same()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKeyHash.NewKey()).ToList();
        Assert.Distinct(keys);
        Assert.All(keys, k => Assert.Matches(@"\Aportal_[A-Za-z0-9_-]{43}\z", k));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2026-12-01", "2026-12-01", true)]
    [InlineData("2026-12-02", null, false)]
    [InlineData(null, "2026-11-30", false)]
    [InlineData("2026-12-01T11:00:00+01:00", null, true)]
    [InlineData("2026-12-01T11:00:01", null, false)]
    [InlineData(null, "2026-12-01T10:00:00Z", false)]
    [InlineData(null, "2026-12-01T10:00:01Z", true)]
    public void A_key_is_valid_in_its_period_where_a_date_alone_is_the_whole_Danish_day(string? from, string? to, bool valid)
    {
        var key = Assert.Single(Read(false, ("0:Hash", ApiKeyHash.Of("k")), ("0:Cvr", ApiHost.Own), ("0:Scopes:0", "messages:read"),
            ("0:ValidFrom", from), ("0:ValidTo", to)));
        Assert.Equal(valid, Ring(new FakeTimeProvider(Now), key).Find("k") is not null);
    }

    [Fact]
    public void Two_keys_of_one_name_overlap_while_the_one_replaces_the_other()
    {
        var keys = Read(false, ("0:Name", "tvist"), ("0:Hash", ApiKeyHash.Of("gammel")), ("0:Cvr", ApiHost.Own),
            ("0:Scopes:0", "letters:write"), ("0:ValidTo", "2026-12-03"),
            ("1:Name", "tvist"), ("1:Hash", ApiKeyHash.Of("ny")), ("1:Cvr", ApiHost.Own), ("1:Scopes:0", "letters:write"),
            ("1:ValidFrom", "2026-12-02"));
        var time = new FakeTimeProvider(Now);
        var ring = Ring(time, [.. keys]);
        var found = new List<string>();
        for (var day = 0; day < 4; day++, time.Advance(TimeSpan.FromDays(1)))
            found.Add($"{(ring.Find("gammel") is null ? "-" : "g")}{(ring.Find("ny") is null ? "-" : "n")}");
        Assert.Equal(["g-", "gn", "gn", "-n"], found);
        Assert.Distinct(keys.Select(k => k.Id));
    }

    [Theory]
    [InlineData("Hash", "abc")]
    [InlineData("Hash", "md5:0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("Key", "for-kort-noegle")]
    [InlineData("ValidFrom", "i morgen")]
    [InlineData("ValidTo", "2026-02-30")]
    [InlineData("ValidTo", "2026-11-30")]
    [InlineData("Scopes:0", "messages:write")]
    [InlineData("Name", "Fagsystem 020364-1234")]
    public void A_wrong_value_is_named(string name, string value)
    {
        var values = new Dictionary<string, string?>
        {
            [name == "Key" ? "-" : "Hash"] = ApiKeyHash.Of("k"), ["Cvr"] = ApiHost.Own, ["Scopes:0"] = "messages:read",
            ["ValidFrom"] = "2026-12-01", [name] = value,
        };
        var problem = Assert.Throws<ConfigurationProblemException>(
            () => Read(false, [.. values.Where(v => v.Key != "-").Select(v => ($"7:{v.Key}", v.Value))]));
        Assert.Equal($"Api:Keys:7:{name}", problem.Key);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void A_key_is_written_once_either_plain_or_as_a_hash()
    {
        const string Plain = "en-lang-hemmelig-noegle";
        (string, string?)[] both =
            [("0:Key", Plain), ("0:Hash", ApiKeyHash.Of("k")), ("0:Cvr", ApiHost.Own), ("0:Scopes:0", "chains:read")];
        Assert.Equal("Api:Keys:0:Hash", Assert.Throws<ConfigurationProblemException>(() => Read(false, both)).Key);
        (string, string?)[] twice = [("0:Key", Plain), ("0:Cvr", ApiHost.Own), ("0:Scopes:0", "chains:read"),
            ("1:Hash", ApiKeyHash.Of(Plain)), ("1:Cvr", "12345678"), ("1:Scopes:0", "chains:read")];
        var problem = Assert.Throws<ConfigurationProblemException>(() => Read(false, twice));
        Assert.Equal("Api:Keys:1:Hash", problem.Key);
        Assert.DoesNotContain(Plain, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_key_outside_Development_is_told_once_in_the_log_and_never_shown()
    {
        const string Plain = "en-lang-hemmelig-noegle";
        (string, string?)[] keys = [("Api:Keys:0:Key", Plain), ("Api:Keys:0:Name", "tvist"), ("Api:Keys:0:Cvr", ApiHost.Own),
            ("Api:Keys:0:Scopes:0", "chains:read")];
        await using var host = await ApiHost.StartAsync("Production", null, keys);
        for (var n = 0; n < 3; n++) Assert.Equal(HttpStatusCode.OK, (await host.WithKey(Plain).Get("/api/effektkaeder")).StatusCode);
        Assert.Single(
            host.Lines.Lines, l => l.Contains("klar tekst", StringComparison.Ordinal) && l.Contains("tvist", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains(Plain, StringComparison.Ordinal));
        await using var development = await ApiHost.StartAsync("Development", null, keys);
        Assert.DoesNotContain(development.Lines.Lines, l => l.Contains("klar tekst", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_use_is_written_at_most_once_a_minute_and_known_after_a_restart()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        using var gate = new WriteGate();
        var (key, use) = (Key("k"), new ApiKeyUse(fixture, gate, fixture.Time));
        var first = fixture.Time.GetUtcNow();
        Assert.Empty(await use.ReadAsync(Ended));
        var before = fixture.Commands;
        for (var n = 0; n < 1000; n++) use.Use(key);
        Assert.Equal(before, fixture.Commands);
        Assert.Equal(first, (await use.ReadAsync(Ended))[key.Id]);
        await use.WriteAsync(all: false, Ended);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        use.Use(key);
        before = fixture.Commands;
        await use.WriteAsync(all: false, Ended);
        Assert.Equal(before, fixture.Commands);

        // A node that starts now, or another one.
        Assert.Equal(first, (await new ApiKeyUse(fixture, gate, fixture.Time).ReadAsync(Ended))[key.Id]);
        await use.WriteAsync(all: true, Ended);
        var restarted = new ApiKeyUse(fixture, gate, fixture.Time);
        Assert.Equal(first.AddSeconds(30), (await restarted.ReadAsync(Ended))[key.Id]);

        // An older use of a node that writes late does not take a newer one back.
        var late = new ApiKeyUse(fixture, gate, new FakeTimeProvider(first.AddSeconds(10)));
        late.Use(key);
        await late.WriteAsync(all: false, Ended);
        Assert.Equal(first.AddSeconds(30), (await restarted.ReadAsync(Ended))[key.Id]);
    }

    [Fact]
    public async Task A_stream_ends_with_its_keys_period()
    {
        var time = new FakeTimeProvider(Now);
        await using var host = await ApiHost.StartWithAsync(services => services.AddSingleton<TimeProvider>(time),
            ("Api:Keys:0:Hash", ApiKeyHash.Of("k")), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "messages:read"),
            ("Api:Keys:0:MessageTypes:0", "*"), ("Api:Keys:0:ValidTo", "2026-12-01T12:00:00Z"));
        using var stream = await host.WithKey("k").Ask(new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream"));
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        time.Advance(TimeSpan.FromHours(2));
        await using var body = await stream.Content.ReadAsStreamAsync(Ended);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var reader = new StreamReader(body);
            while (await reader.ReadLineAsync(Ended) is not null) { }
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.WithKey("k").Get("/api/beskeder")).StatusCode);
    }

    [Fact]
    public async Task A_key_opens_no_page_and_is_told_where_to_go_instead()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var page in (string[])["/", "/sager", "/sager/26-0412", "/adgang"])
        {
            using var answer = await host.WithKey().Get(page);
            Assert.Equal((page, HttpStatusCode.Forbidden), (page, answer.StatusCode));
            Assert.Contains("under /api", (string?)(await answer.Json())["detail"], StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.WithKey().Get("/login")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey().Get("/api/beskeder")).StatusCode);
    }

    [Fact]
    public async Task Administrators_see_their_authoritys_keys_with_the_last_use_and_others_none()
    {
        await using var host = await ApiHost.StartWithAsync(_ => { },
            ("Api:Keys:0:Hash", ApiKeyHash.Of("k")), ("Api:Keys:0:Name", "tvist"), ("Api:Keys:0:Cvr", ApiHost.Own),
            ("Api:Keys:0:Scopes:0", "messages:read"), ("Api:Keys:1:Hash", ApiKeyHash.Of("n")), ("Api:Keys:1:Cvr", "12345678"),
            ("Api:Keys:1:Scopes:0", "messages:read"));
        await host.WithKey("k").Get("/api/beskeder");
        var list = host.Get<IApiKeyList>();
        Viewer As(string role) => new("p", role, PortalRoles.RightsOf(role), [ApiHost.Own], TypeScope.None);
        var listed = Assert.Single(await list.ReadAsync(As(PortalRoles.Administrator), Ended));
        Assert.Equal(("tvist", ApiHost.Own), (listed.Name, listed.Authority));
        Assert.NotNull(listed.LastUsed);
        foreach (var role in PortalRoles.All.Where(r => r != PortalRoles.Administrator))
            Assert.Empty(await list.ReadAsync(As(role), Ended));
    }
}
