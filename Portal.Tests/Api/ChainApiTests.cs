using System.Net;
using System.Text.Json.Nodes;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Api;

public sealed class ChainApiTests
{
    private const string Call = "/api/effektkaeder";

    private static readonly Viewer Freja =
        new("freja", "Freja", ViewerRights.Chains | ViewerRights.EditChains | ViewerRights.SteerBenefits, [ApiHost.Own], TypeScope.None);

    private static JsonObject Chain(params JsonNode[] elements) =>
        new() { ["id"] = "min", ["title"] = "Min kæde", ["elements"] = new JsonArray(elements) };

    private static JsonObject Box(string id, string kind, params string[] to) =>
        new() { ["id"] = id, ["kind"] = kind, ["text"] = $"tekst {id} <b>&", ["to"] = new JsonArray([.. to.Select(t => (JsonNode)t)]) };

    [Fact]
    public async Task A_chain_is_made_with_201_keeps_its_ids_and_is_placed_and_listed()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await host.WithKey().PostJson(Call, Chain(Box("d1", "problem", "f1"), Box("f1", "future")).ToJsonString());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("/api/effektkaeder/min", made.Headers.Location?.OriginalString);
        var chain = await (await host.WithKey().Get($"{Call}/min")).Json();
        Assert.Equal((await made.Json()).ToJsonString(), chain.ToJsonString());
        Assert.Equal("id title department state revision createdAt changedAt changedBy elements links", chain.Fields());
        Assert.Equal("id kind text x y to", chain["elements"]![0].Fields());
        Assert.Equal(["d1", "f1"], chain["elements"]!.AsArray().Select(e => (string?)e!["id"]));
        Assert.Equal("f1", (string?)chain["elements"]![0]!["to"]![0]);
        Assert.NotEqual((double)chain["elements"]![0]!["x"]!, (double)chain["elements"]![1]!["x"]!);
        var list = await (await host.WithKey().Get($"{Call}?limit=1")).Json();
        Assert.Equal("items cursor", list.Fields());
        Assert.Equal(("min", 2), ((string?)list["items"]![0]!["id"], (int)list["items"]![0]!["boxes"]!));
        Assert.Equal("cursor", (string?)(await (await host.WithKey().Get($"{Call}?cursor=forkert")).Json())["field"]);

        // Posting the same chain again makes another chain with a new id.
        var again = await host.WithKey().PostJson(Call, Chain().ToJsonString());
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.NotEqual("min", (string?)(await again.Json())["id"]);
    }

    [Fact]
    public async Task A_number_is_given_out_masked_and_what_is_sent_back_as_it_came_changes_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        var box = Box("d1", "benefit");
        box["text"] = "Borger 010101-4327 klager";
        box["indicator"] = new JsonObject { ["unit"] = "klager" };
        Assert.DoesNotContain(
            "4327", await (await host.WithKey().PostJson(Call, Chain(box).ToJsonString())).Text(), StringComparison.Ordinal);
        foreach (var file in (string[])["", "/eksport.json", "/eksport.svg", "/eksport.xlsx"])
        {
            var answer = await host.WithKey().Get($"{Call}/min{file}");
            var texts =
                file.EndsWith("xlsx", StringComparison.Ordinal) ? Parts(await answer.Content.ReadAsStreamAsync()) : [await answer.Text()];
            Assert.Contains(texts, t => t.Contains("010101-xxxx", StringComparison.Ordinal));
            Assert.DoesNotContain(texts, t => t.Contains("4327", StringComparison.Ordinal));
        }

        var given = (JsonObject)await (await host.WithKey().Get($"{Call}/min")).Json();
        given["elements"]!.AsArray().Add(Box("n1", "note"));
        Assert.Equal(HttpStatusCode.OK, (await Put(host, "min", given)).StatusCode);
        var stored = (await host.Get<ChainSessions>().OpenAsync(Freja, "min", default))!.State.Document;
        Assert.Equal(("Borger 010101-4327 klager", true), (stored.Find("d1")!.Text, stored.IsPresent("n1")));
    }

    [Fact]
    public async Task Replacing_a_chain_is_seen_live_and_changes_only_what_differs()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Chain(Box("d1", "problem", "f1"), Box("f1", "future"), Box("n1", "note")).ToJsonString());
        var session = (await host.Get<ChainSessions>().OpenAsync(Freja, "min", default))!;
        var anna = ChainEditor.Of(Freja, ApiHost.Own);
        await session.ApplyAsync(anna, ChainOperation.Move([("d1", 77, 88)]), default);
        var heard = new List<ChainNotice>();
        using var connection = session.Join(anna, heard.Add);

        var box = Box("d1", "problem");
        box["text"] = "ny";
        var put = await Put(host, "min", Chain(box, Box("f1", "future"), Box("g1", "benefit")));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var chain = await put.Json();
        Assert.Equal(["d1", "f1", "g1"], chain["elements"]!.AsArray().Select(e => (string?)e!["id"]));
        Assert.Equal((77, 88, "ny"),
            ((double)chain["elements"]![0]!["x"]!, (double)chain["elements"]![0]!["y"]!, (string?)chain["elements"]![0]!["text"]));
        Assert.Equal(["d1", "f1", "g1", "n1"], heard.OfType<ChainChanged>().Single().Touched.Order(StringComparer.Ordinal));
        Assert.Equal("ny", session.State.Document.Find("d1")!.Text);
        var revision = (long)chain["revision"]!;
        Assert.Equal(revision,
            (long)(await (await Put(host, "min", Chain(box.DeepClone(), Box("f1", "future"), Box("g1", "benefit")))).Json())["revision"]!);
        Assert.Equal("id", (string?)(await (await Put(
            host, "min", new JsonObject { ["id"] = "anden", ["title"] = "x", ["elements"] = new JsonArray() })).Json())["field"]);
        Assert.Equal(HttpStatusCode.NotFound, (await Put(host, "findes-ikke", Chain())).StatusCode);
    }

    [Fact]
    public async Task The_etag_is_the_revision_and_what_was_read_before_a_change_replaces_and_deletes_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await host.WithKey().PostJson(Call, Chain(Box("d1", "problem")).ToJsonString());
        Assert.Equal("\"1\"", made.Headers.ETag?.ToString());
        Assert.Equal("\"1\"", (await host.WithKey().Get($"{Call}/min")).Headers.ETag?.ToString());
        Assert.Equal(HttpStatusCode.OK,
            (await Send(host, HttpMethod.Put, "If-Match", "\"1\"", Chain(Box("d1", "problem"), Box("g1", "benefit")))).StatusCode);

        // This writer read revision 1, before g1 was added.
        var late = await Send(host, HttpMethod.Put, "If-Match", "\"1\"", Chain(Box("d1", "problem")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(("application/problem+json", "\"2\""), (late.Content.Headers.ContentType?.MediaType, late.Headers.ETag?.ToString()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(host, HttpMethod.Delete, "If-Match", "\"1\"")).StatusCode);
        Assert.Equal(
            ["d1", "g1"], (await (await host.WithKey().Get($"{Call}/min")).Json())["elements"]!.AsArray().Select(e => (string?)e!["id"]));

        // If-Match compares strongly (RFC 9110), so a weak tag never matches; a list of tags and * match, and without the header nothing is
        // checked.
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(host, HttpMethod.Put, "If-Match", "W/\"2\"", Chain())).StatusCode);
        Assert.Equal(
            "\"3\"", (await Send(host, HttpMethod.Put, "If-Match", "\"1\", \"2\"", Chain(Box("d1", "note")))).Headers.ETag?.ToString());
        Assert.Equal("\"4\"", (await Send(host, HttpMethod.Put, "If-Match", "*", Chain(Box("d1", "problem")))).Headers.ETag?.ToString());
        Assert.Equal("\"5\"", (await Put(host, "min", Chain())).Headers.ETag?.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(host, HttpMethod.Put, "If-Match", "5", Chain())).StatusCode);
        Assert.Equal("If-Match", (string?)(await (await Send(host, HttpMethod.Delete, "If-Match", "\"5")).Json())["field"]);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(host, HttpMethod.Delete, "If-Match", "\"4\", \"5\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(host, HttpMethod.Delete, "If-Match", "*")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(host, HttpMethod.Put, "If-Match", "\"5\"", Chain())).StatusCode);
    }

    [Fact]
    public async Task Who_has_the_revision_already_is_not_sent_it_again()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Chain().ToJsonString());
        foreach (var tags in new[] { "\"1\"", "W/\"1\"", "\"x\", \"1\"", "*" })
        {
            var answer = await Send(host, HttpMethod.Get, "If-None-Match", tags);
            Assert.Equal((HttpStatusCode.NotModified, "\"1\"", 0L),
                (answer.StatusCode, answer.Headers.ETag?.ToString(), (await answer.Content.ReadAsByteArrayAsync()).LongLength));
        }

        Assert.Equal(HttpStatusCode.OK, (await Send(host, HttpMethod.Get, "If-None-Match", "\"2\"")).StatusCode);
    }

    private static async Task<HttpResponseMessage> Send(
        ApiHost host, HttpMethod method, string header, string value, JsonObject? chain = null)
    {
        using var request = new HttpRequestMessage(method, $"{Call}/min");
        if (chain is not null) request.Content = new StringContent(chain.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        return await host.WithKey().SendAsync(request);
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"title\":\"x\",\"elements\":[{\"id\":\"a\",\"kind\":\"x\"}]}", "elements[0].kind")]
    public async Task A_wrong_chain_is_400_with_the_fields_path_and_nothing_is_stored(string json, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().PostJson(Call, json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(field, (string?)(await answer.Json())["field"]);
        Assert.Empty((await (await host.WithKey().Get(Call)).Json())["items"]!.AsArray());
    }

    [Fact]
    public async Task A_chain_is_downloaded_as_json_that_can_be_sent_again_and_as_a_picture_and_deleted()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Chain(Box("d1", "problem", "f1"), Box("f1", "future")).ToJsonString());
        var json = await host.WithKey().Get($"{Call}/min/eksport.json");
        Assert.Equal("attachment", json.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(HttpStatusCode.Created, (await host.WithKey().PostJson(Call, await json.Text())).StatusCode);
        var svg = await host.WithKey().Get($"{Call}/min/eksport.svg");
        Assert.Equal(("image/svg+xml", "attachment"),
            (svg.Content.Headers.ContentType?.MediaType, svg.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Contains("tekst d1 &lt;b&gt;&amp;", await svg.Text(), StringComparison.Ordinal);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"{Call}/min");
        Assert.Equal(HttpStatusCode.NoContent, (await host.WithKey().Ask(delete)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get($"{Call}/min")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get($"{Call}/min/eksport.svg")).StatusCode);
    }

    [Fact]
    public async Task What_is_covered_or_written_in_silence_is_in_no_answer_to_those_who_may_not_see_it_yet()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Chain(Box("d1", "problem", "g1"), Box("g1", "benefit")).ToJsonString());
        var session = (await host.Get<ChainSessions>().OpenAsync(Freja, "min", default))!;
        var freja = ChainEditor.Of(Freja, ApiHost.Own, "w1");
        var manager = await host.SignedInAsync(Portal.Platform.Access.PortalRoles.Manager);
        string[] ways = [$"{Call}/min", $"{Call}/min/eksport.json", $"{Call}/min/eksport.svg"];
        await session.ApplyAsync(freja, ChainOperation.Of(new RevealPlaces([ChainKind.Problem])), default);
        foreach (var way in ways)
        {
            Assert.Contains("tekst d1", await (await manager.Get(way)).Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("tekst g1", await (await manager.Get(way)).Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("\"g1\"", await (await manager.Get(way)).Text(), StringComparison.Ordinal);
            Assert.Contains("tekst g1", await (await host.WithKey().Get(way)).Text(), StringComparison.Ordinal);
        }

        await session.ApplyAsync(freja, ChainOperation.Of(new RevealPlaces(null), new SetSilent(true)), default);
        await session.ApplyAsync(freja, ChainOperation.Set("d1", ElementProperty.Text, "tys tys"), default);
        await session.ApplyAsync(
            freja, ChainOperation.Of(new SetLinkValue("d1", "g1", ChainLink.AssumptionProperty, "tys antagelse")), default);
        foreach (var way in ways)
        {
            foreach (var caller in (HttpClient[])[manager, host.WithKey()])
            {
                var text = await (await caller.Get(way)).Text();
                Assert.Contains("tekst g1", text, StringComparison.Ordinal);
                Assert.DoesNotContain("tys", text, StringComparison.Ordinal);
            }
        }

        await session.ApplyAsync(freja, ChainOperation.Of(new SetSilent(false)), default);
        foreach (var way in ways) Assert.Contains("tys antagelse", await (await manager.Get(way)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_asked_for_by_its_version_may_be_kept_and_one_of_another_version_may_not()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Chain(Box("d1", "problem")).ToJsonString());
        var kept = await host.WithKey().Get($"{Call}/min/eksport.svg?n=1");
        Assert.True(kept.Headers.CacheControl is { Private: true, MaxAge.TotalHours: 24 });
        Assert.Contains("Cookie", kept.Headers.Vary);
        Assert.Null((await host.WithKey().Get($"{Call}/min/eksport.svg?n=7")).Headers.CacheControl?.MaxAge);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.Get($"{Call}/min/eksport.svg?n=1")).StatusCode);
    }

    private static List<string> Parts(Stream file)
    {
        using var archive = new System.IO.Compression.ZipArchive(file);
        return [.. archive.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return reader.ReadToEnd(); })];
    }

    private static Task<HttpResponseMessage> Put(ApiHost host, string id, JsonObject chain)
    {
        var request = new HttpRequestMessage(HttpMethod.Put,
            $"{Call}/{id}") { Content = new StringContent(chain.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        return host.WithKey().Ask(request);
    }
}
