using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Portal.Features.AccessControl;
using Xunit;

namespace Portal.Tests.Api;

public sealed class LetterApiTests
{
    private const string Call = "/api/forsendelser";

    private static JsonObject Letter(string id = "L1") => new()
    {
        ["caseNumber"] = "24/0117", ["caseType"] = "huslejenaevn", ["letterId"] = id, ["title"] = "Afgørelse",
        ["recipient"] = new JsonObject { ["name"] = "Anna Lejer", ["id"] = "0101011234", ["idType"] = "CPR" },
        ["channel"] = "DigitalPost", ["sentAt"] = "2023-02-13T12:21:40+01:00", ["identifiers"] = new JsonObject { ["messageUuid"] = "m1" },
    };

    [Fact]
    public async Task A_new_letter_is_201_and_the_same_again_200_with_the_person_number_masked()
    {
        await using var host = await ApiHost.StartAsync();
        var made = await host.WithKey().PostJson(Call, Letter().ToJsonString());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("/api/sager/24%2F0117", made.Headers.Location?.OriginalString);
        var text = await made.Text();
        Assert.Contains("010101-xxxx", text, StringComparison.Ordinal);
        Assert.Contains("Afgørelse", text, StringComparison.Ordinal);
        Assert.Contains("2023-02-13T11:21:40Z", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0101011234", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey().PostJson(Call, Letter().ToJsonString())).StatusCode);
    }

    [Fact]
    public async Task In_a_list_each_letter_succeeds_or_fails_by_itself_in_order()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Letter("kendt").ToJsonString());
        var (wrong, wrongType) = (Letter("forkert"), Letter("forkert type"));
        wrong["sentAt"] = "i går";
        wrongType["decision"] = "ja";
        var answer = await host.WithKey()
            .PostJson(Call, new JsonArray(Letter("ny"), wrong, Letter("kendt"), wrongType, 7, null, Letter("sidst")).ToJsonString());
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        var items = (await answer.Json()).AsArray();
        Assert.Equal([201, 400, 200, 400, 400, 400, 201], items.Select(i => (int)i!["status"]!));
        Assert.Equal(["ny", "forkert", "kendt", "forkert type", null, null, "sidst"], items.Select(i => (string?)i!["letterId"]));
        Assert.All(items, i => Assert.Equal("letterId status problem", i.Fields()));
        Assert.Equal("sentAt", (string?)items[1]!["problem"]!["field"]);
        Assert.Equal("decision", (string?)items[3]!["problem"]!["field"]);
        Assert.True(items[0]!["problem"].IsNull());
    }

    [Theory]
    [InlineData("Huslejenævn", true, null)]
    [InlineData("husleje", true, "caseType: Har ingen klagefrist i portalen. Det har: huslejenaevn.")]
    [InlineData(null, true, "caseType: Er tom: der er ingen klagefrist.")]
    [InlineData("husleje", false, null)]
    public async Task The_sender_of_a_decision_without_a_period_of_appeal_is_told(string? caseType, bool decision, string? note)
    {
        await using var host = await ApiHost.StartAsync();
        var letter = Letter();
        (letter["caseType"], letter["decision"]) = (caseType, decision);
        var one = await (await host.WithKey().PostJson(Call, letter.ToJsonString())).Json();
        var many = (await (await host.WithKey().PostJson(Call, new JsonArray(letter).ToJsonString())).Json())[0];
        Assert.Equal(note, (string?)one["notes"]?[0]);
        Assert.Equal(note, (string?)many!["notes"]?[0]);
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("", "$")]
    [InlineData("\"brev\"", "$")]
    [InlineData("null", "$")]
    [InlineData("{\"recipient\":{\"name\":7}}", "recipient.name")]
    [InlineData("{\"documents\":{}}", "documents")]
    [InlineData("{\"letterId\":\"\\ud800\"}", "letterId")]
    [InlineData("{}", "caseNumber")]
    public async Task A_wrong_letter_is_400_and_names_the_field(string json, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().PostJson(Call, json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Json();
        Assert.Equal(field, (string?)problem["field"]);
        Assert.NotEmpty(problem["errors"]![field]!.AsArray());
    }

    [Fact]
    public async Task Too_many_letters_and_another_content_type_are_refused_whole()
    {
        await using var host = await ApiHost.StartAsync();
        var many = new JsonArray([.. Enumerable.Range(0, 1001).Select(n => (JsonNode)Letter($"L{n}"))]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.WithKey().PostJson(Call, many.ToJsonString())).StatusCode);
        many.RemoveAt(0);
        Assert.Equal(HttpStatusCode.MultiStatus, (await host.WithKey().PostJson(Call, many.ToJsonString())).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType,
            (await host.WithKey().Post(Call, new StringContent("{}", Encoding.UTF8, "text/plain"))).StatusCode);
    }

    [Theory]
    [InlineData("/api/sager/24%2F0117")]
    [InlineData("/api/sager/24%2f0117")]
    public async Task A_case_with_a_slash_in_its_number_is_found_in_the_contracts_form(string path)
    {
        await using var host = await ApiHost.StartOnKestrelAsync();
        await host.WithKey().PostJson(Call, Letter().ToJsonString());
        var found = await (await host.WithKey().Get(path)).Json();
        Assert.Equal("24/0117", (string?)found["caseNumber"]);
        Assert.Equal("caseNumber caseType hold letters", found.Fields());
        var letter = found["letters"]![0]!;
        Assert.StartsWith("letterId title channel decision sentAt recipient verdict verdictAt explanation contradiction "
            + "appealDeadline events", letter.Fields(), StringComparison.Ordinal);
        Assert.Equal("name id idType", letter["recipient"].Fields());
        Assert.Equal("010101-xxxx", (string?)letter["recipient"]!["id"]);
        Assert.Equal("handed-to-post", (string?)letter["verdict"]);
        Assert.Equal("2023-03-13", (string?)letter["appealDeadline"]);
        Assert.Equal("beskedId sequence status at channel error ledger", letter["events"]![0].Fields());
        Assert.Equal(6, (long)letter["events"]![0]!["ledger"]!["leafIndex"]!);
    }

    [Fact]
    public async Task A_search_by_person_number_needs_a_purpose_and_is_logged_without_the_number()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson(Call, Letter().ToJsonString());
        const string search = "/api/sager/soeg";
        Assert.Equal("purpose", (string?)(await (await host.WithKey().PostJson(search, """{"cpr":"010101-1234"}""")).Json())["field"]);
        Assert.Equal("text", (string?)(await (await host.WithKey().PostJson(search, """{"text":"010101-1234"}""")).Json())["field"]);
        Assert.Equal("text", (string?)(await (await host.WithKey().PostJson(search, "{}")).Json())["field"]);
        Assert.Equal("cpr", (string?)(await (await host.WithKey().PostJson(search, """{"cpr":"12","purpose":"x"}""")).Json())["field"]);
        var found = await (await host.WithKey().PostJson(search, """{"cpr":"010101-1234","purpose":"Klage over 0101011234"}""")).Json();
        Assert.Equal("24/0117", (string?)found["items"]![0]!["caseNumber"]);
        var line = Assert.Single((await host.Get<IAccessLog>().ReadAsync(Portal.Tests.Ingestion.Log.IngestionFixture.Administrator(),
            new AccessFilter(AccessKind.PersonSearch), null, 10, TestContext.Current.CancellationToken)).Items);
        Assert.Equal(
            ("key:dev-key", AccessKind.PersonSearch, "Klage over 010101-xxxx", 1),
                (line.Record.ById, line.Kind!.Value, line.Record.Purpose, line.Record.Hits));
        Assert.NotNull(line.Record.Person);
        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains("Klage over", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Lines.Lines,
            l => l.Contains("0101011234", StringComparison.Ordinal) || l.Contains("010101-1234", StringComparison.Ordinal));
        Assert.Single((await (await host.WithKey().PostJson(search, """{"text":"afgør"}""")).Json())["items"]!.AsArray());
    }

    [Fact]
    public async Task The_worklist_and_the_quarantine_take_their_reasons_names_alone()
    {
        await using var host = await ApiHost.StartAsync();
        var row = (await (await host.WithKey().Get("/api/opfoelgning?reason=evidence-missing")).Json())["items"]![0];
        Assert.Equal("id reason caseNumber letterId beskedId since assignedTo", row.Fields());
        Assert.Equal("evidence-missing", (string?)row!["reason"]);
        Assert.Equal("reason", (string?)(await (await host.WithKey().Get("/api/opfoelgning?reason=EvidenceMissing")).Json())["field"]);
        var kept = (await (await host.WithKey().Get("/api/karantaene")).Json())["items"]![0];
        Assert.Equal("id reason detail transport receivedAt bytes beskedId", kept.Fields());
        var raw = await host.WithKey().Get("/api/karantaene/q1/raw");
        Assert.Equal("attachment", raw.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal([1, 2, 3], await raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/karantaene/q2/raw")).StatusCode);
        Assert.Equal("quarantined", (string?)(await (await host.WithKey().PostJson("/api/karantaene/q1/retry", "{}")).Json())["outcome"]);
    }
}
