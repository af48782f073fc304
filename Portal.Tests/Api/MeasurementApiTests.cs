using System.Net;
using Xunit;

namespace Portal.Tests.Api;

public sealed class MeasurementApiTests
{
    private const string Call = "/api/effektkaeder/k/maalinger";

    private static async Task<ApiHost> HostAsync(params (string Key, string? Value)[] configuration)
    {
        var host = await ApiHost.StartAsync(configuration: configuration);
        var chain = """{"id":"k","title":"Kæde","elements":[{"id":"g1","kind":"benefit","text":"Gevinst"},"""
            + """{"id":"n1","kind":"negative-benefit","text":"Ulempe"}]}""";
        Assert.Equal(HttpStatusCode.Created, (await host.WithKey().PostJson("/api/effektkaeder", chain)).StatusCode);
        return host;
    }

    [Fact]
    public async Task Measurements_of_a_box_without_an_indicator_are_entered_and_read_newest_first()
    {
        await using var host = await HostAsync();
        Assert.Equal("items cursor", (await (await host.WithKey().Get(Call)).Json()).Fields());
        var made = await host.WithKey().PostJson(Call, """[{"elementId":"g1","at":"2026-01-31T12:00:00+01:00","value":12."""
            + """5,"note":"spørgeskema"},{"elementId":"n1","at":"2026-02-28T12:00:00Z","value":-3}]""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(Call, made.Headers.Location?.OriginalString);
        var saved = (await made.Json()).AsArray();
        Assert.Equal(["g1", "n1"], saved.Select(m => (string?)m!["elementId"]));
        Assert.Equal((12.5m, "spørgeskema", "api", "2026-01-31T11:00:00Z"),
            ((decimal)saved[0]!["value"]!, (string?)saved[0]!["note"], (string?)saved[0]!["via"], (string?)saved[0]!["at"]));

        var first = await (await host.WithKey().Get($"{Call}?limit=1")).Json();
        Assert.Equal("n1", (string?)first["items"]![0]!["elementId"]);
        var second = await (await host.WithKey().Get($"{Call}?limit=1&cursor={(string?)first["cursor"]}")).Json();
        Assert.Equal("g1", (string?)second["items"]![0]!["elementId"]);
        Assert.Null(second["cursor"]);
        Assert.Single((await (await host.WithKey().Get($"{Call}?elementId=g1")).Json())["items"]!.AsArray());
    }

    [Fact]
    public async Task One_measurement_is_answered_with_itself_and_null_takes_a_number_back()
    {
        await using var host = await HostAsync();
        var made = await host.WithKey().PostJson(Call, """{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":7}""");
        Assert.Equal((HttpStatusCode.Created, 7), (made.StatusCode, (int)(await made.Json())["value"]!));
        Assert.Equal(HttpStatusCode.Created,
            (await host.WithKey().PostJson(Call, """{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":null}""")).StatusCode);
        Assert.Equal(2, (await (await host.WithKey().Get(Call)).Json())["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""[{"elementId":"findes-ikke","at":"2026-01-31T12:00:00Z","value":1}]""", "[0].elementId")]
    [InlineData("""{"elementId":"findes-ikke","at":"2026-01-31T12:00:00Z","value":1}""", "elementId")]
    [InlineData("""[{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":1},{"elementId":"g1","at":"i går","value":1}]""", "[1].at")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00","value":1}""", "at")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":"12,5"}""", "value")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":1e40}""", "value")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00Z"}""", "value")]
    [InlineData("""{"at":"2026-01-31T12:00:00Z","value":1}""", "elementId")]
    [InlineData("""{"elementId":"g1","at":"2126-01-31T12:00:00Z","value":1}""", "at")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":1,"note":"010101-1234"}""", "note")]
    [InlineData("""{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":1,"note":5}""", "note")]
    [InlineData("[]", "$")]
    [InlineData("[1]", "[0]")]
    [InlineData("7", "$")]
    [InlineData("{", "$")]
    public async Task What_is_wrong_is_400_with_the_fields_name_and_nothing_is_half_saved(string json, string field)
    {
        await using var host = await HostAsync();
        var answer = await host.WithKey().PostJson(Call, json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(field, (string?)(await answer.Json())["field"]);
        Assert.Empty((await (await host.WithKey().Get(Call)).Json())["items"]!.AsArray());
    }

    [Fact]
    public async Task A_chain_that_is_not_there_is_404_and_a_key_needs_its_scope()
    {
        await using var host = await HostAsync(
            ("Api:Keys:0:Name", "alt"), ("Api:Keys:0:Key", "dev-key"), ("Api:Keys:0:Cvr", ApiHost.Own),
            ("Api:Keys:0:Scopes:0", "chains:read"), ("Api:Keys:0:Scopes:1", "chains:write"), ("Api:Keys:1:Name", "laeser"),
            ("Api:Keys:1:Key", "laese-noegle"), ("Api:Keys:1:Cvr", ApiHost.Own), ("Api:Keys:1:Scopes:0", "chains:read"));
        var one = """{"elementId":"g1","at":"2026-01-31T12:00:00Z","value":1}""";
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/effektkaeder/x/maalinger")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().PostJson("/api/effektkaeder/x/maalinger", one)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.Get(Call)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey("laese-noegle").Get(Call)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.WithKey("laese-noegle").PostJson(Call, one)).StatusCode);
        Assert.Equal("cursor", (string?)(await (await host.WithKey().Get($"{Call}?cursor=forkert")).Json())["field"]);
    }
}
