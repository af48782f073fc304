using System.IO.Compression;
using System.Net;
using System.Text;
using Portal.Features.AccessControl;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Tests.Api;
using Portal.Tests.Features.Evidence;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.AccessControl;

/// <summary>The access log and subject access over HTTP.</summary>
public sealed class AccessApiTests
{
    private const string Letter =
        """{"caseNumber":"24-0117","caseType":"huslejenaevn","letterId":"L1","title":"Afgørelse","recipient":"""
        + """{"name":"Anna","id":"0101011234","idType":"CPR"},"channel":"DigitalPost","sentAt":"2023-02-13T12:21:40+01:"""
        + """00","identifiers":{"messageUuid":"x"},"""
        + """ "documents":[{"name":"afgørelse.pdf","sha256":"abababababababababababababababababababababababababababababababab"}]}""";

    private static readonly (string, string?)[] TwoKeys =
    [
        ("Api:Keys:0:Name", "revisor"), ("Api:Keys:0:Key", "en-lang-hemmelig-noegle-1"), ("Api:Keys:0:Scopes:0", "access:read"),
        ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:1:Cvr", ApiHost.Own),
        ("Api:Keys:1:Name", "esdh"), ("Api:Keys:1:Key", "en-lang-hemmelig-noegle-2"), ("Api:Keys:1:Scopes:0", "evidence:read"),
    ];

    [Fact]
    public async Task The_log_is_read_with_its_scope_and_by_administrators_and_nobody_else()
    {
        await using var host = await ApiHost.StartAsync("Development", null, TwoKeys);
        foreach (var path in (string[])["/api/adgangslog", "/api/adgangslog/eksport.csv", "/api/sager/24-0117/adgang"])
        {
            host.Owners.Of["24-0117"] = [ApiHost.Own];
            Assert.Equal(HttpStatusCode.OK, (await host.WithKey("en-lang-hemmelig-noegle-1").Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.WithKey("en-lang-hemmelig-noegle-2").Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync("administrator")).Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync("sagsbehandler")).Get(path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.Get(path)).StatusCode);
        }

        const string body = """{"cpr":"0101011234","purpose":"Anmodning 26/77"}""";
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey("en-lang-hemmelig-noegle-1").PostJson("/api/indsigt", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.WithKey("en-lang-hemmelig-noegle-2").PostJson("/api/indsigt", body)).StatusCode);
    }

    [Fact]
    public async Task Lines_say_who_what_and_whether_and_a_filter_with_a_person_number_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        await host.WithKey().Get("/api/sager/24-0117");
        await (await host.SignedInAsync("sagsbehandler")).Get("/api/sager/24-0117");
        var lines = (await (await host.WithKey().Get("/api/adgangslog?who=dev-key&kind=case-opened")).Json())["items"]!.AsArray();
        var line = Assert.Single(lines)!;
        Assert.Equal(("case-opened", "key:dev-key", ApiHost.Own, "24-0117", false, null),
            ((string?)line["kind"], (string?)line["byId"], (string?)line["authority"], (string?)line["caseNumber"],
                (bool)line["refused"]!, (string?)line["session"]));
        var person = Assert.Single((await (await host.WithKey().Get("/api/adgangslog?who=persona")).Json())["items"]!.AsArray())!;
        Assert.NotNull((string?)person["session"]);
        foreach (var name in (string[])["who", "case", "text"])
        {
            var refused = await host.WithKey().Get($"/api/adgangslog?{name}=010101-1234");
            Assert.Equal((HttpStatusCode.BadRequest, name), (refused.StatusCode, (string?)(await refused.Json())["field"]));
        }

        Assert.Equal("kind", (string?)(await (await host.WithKey().Get("/api/adgangslog?kind=ukendt")).Json())["field"]);
    }

    [Fact]
    public async Task Who_has_seen_a_case_is_told_to_its_own_authority_and_another_case_is_not_found()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        await host.WithKey().Get("/api/sager/24-0117");
        (host.Owners.Of["24-0117"], host.Owners.Of["26-1"]) = ([ApiHost.Own], ["12345678"]);
        Assert.Single((await (await host.WithKey().Get("/api/sager/24-0117/adgang")).Json())["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/26-1/adgang")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/26-2/adgang")).StatusCode);
    }

    [Fact]
    public async Task What_a_viewer_has_no_right_to_or_belongs_to_others_is_a_refused_line_of_the_owner_when_it_exists()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var (id, owner) in new[] { ("24-0117", ApiHost.Own), ("b1", ApiHost.Own), ("q1", ApiHost.Own), ("26-1", "12345678") })
            host.Owners.Of[id] = [owner];
        var manager = await host.SignedInAsync("leder");
        foreach (var path in (string[])
            ["/api/sager/24-0117", "/sager/24-0117", "/api/sager/24-0117/bevis.zip", "/api/beskeder/b1", "/api/beskeder/b1/raw",
            "/api/karantaene/q1/raw", "/api/sager/findes-ikke"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get(path)).StatusCode);
        }

        var caseworker = await host.SignedInAsync("sagsbehandler");
        Assert.Equal(HttpStatusCode.Forbidden, (await caseworker.Get("/api/beskeder/b1/raw")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/26-1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/26-1/bevis.pdf")).StatusCode);
        await host.Get<IAccessLog>().ReadAsync(IngestionFixture.Administrator(), new AccessFilter(), null, 1, default);
        Assert.All(host.Access.Records, r => Assert.True(r.Refused));
        Assert.Equal(
            [("persona:leder", "case-opened"), ("persona:leder", "evidence-package"), ("persona:leder", "message-opened"),
            ("persona:leder", "exact-bytes"), ("persona:leder", "quarantine-bytes"), ("persona:sagsbehandler", "exact-bytes"),
            ("key:dev-key", "case-opened"), ("key:dev-key", "evidence-document")],
            host.Access.Records.Select(r => (r.ById, r.Kind)));
        Assert.Equal(["12345678", "12345678"], host.Access.Records.Where(r => r.ById == "key:dev-key").Select(r => r.Authority));
    }

    [Theory]
    [InlineData("/api/beskeder/b1/raw")]
    [InlineData("/api/karantaene/q1/raw")]
    [InlineData("/api/sager/24-0117/bevis.pdf")]
    [InlineData("/api/sager/24-0117/bevis.zip")]
    [InlineData("/api/breve/eksport.csv")]
    public async Task What_must_be_on_record_first_is_refused_with_a_clear_text_when_the_log_cannot_be_written(string path)
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        host.Log.Add("b1");
        host.Access.Error = new StorageUnavailableException("Databasen svarer ikke.");
        var answer = await host.WithKey().Get(path);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Adgangsloggen kan ikke skrives", (string?)(await answer.Json())["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_holds_the_lines_of_the_filter_in_Danish_and_is_a_line_itself()
    {
        await using var host = await ApiHost.StartAsync();
        await host.Access.AppendAsync([new AccessRecord("case-opened", ApiHost.Own, DateTimeOffset.UnixEpoch, "p1", "=Sofie")
        {
            CaseNumber = "24-0117", Refused = true,
        }], default);
        var answer = await host.WithKey().Get("/api/adgangslog/eksport.csv?who=p1");
        Assert.Equal(("text/csv", "attachment"),
            (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        var text = await answer.Text();
        Assert.Contains("1;01.01.1970 01:00:00;'=Sofie;p1;;Sag åbnet;ja;55133018;24-0117;", text, StringComparison.Ordinal);
        Assert.Equal(("access-export", "who=p1", 1), host.Access.Records.Skip(1).Select(r => (r.Kind, r.Text!, r.Hits!.Value)).Single());
    }

    [Fact]
    public async Task The_package_about_a_person_has_their_letters_and_who_saw_them_and_no_number_and_is_a_line_first()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        await host.WithKey().PostJson("/api/forsendelser", Letter.Replace("\"L1\"", "\"L2\"", StringComparison.Ordinal)
            .Replace("0101011234", "0202021234", StringComparison.Ordinal).Replace("Anna", "Bo", StringComparison.Ordinal));
        Assert.True(CprNumber.TryParse("0101011234", out var anna) & CprNumber.TryParse("0202021234", out var bo));
        var source = (FakeEvidenceSource)host.Get<IEvidenceSource>();
        (source.Numbers["L1"], source.Numbers["L2"]) = (anna, bo);
        await host.Access.AppendAsync(
        [
            new("person-number", ApiHost.Own, DateTimeOffset.UnixEpoch, "p1", "Sofie Sagsbehandler")
            {
                CaseNumber = "24-0117", LetterId = "L1", Purpose = "Ringer til lejeren",
            },
            new("person-number", ApiHost.Own, DateTimeOffset.UnixEpoch, "p1", "Sofie Sagsbehandler")
            {
                CaseNumber = "24-0117", LetterId = "L2", Purpose = "Om en anden",
            },
        ], default);
        var answer = await host.WithKey().PostJson("/api/indsigt", """{"cpr":"010101-1234","purpose":"Anmodning 26/77"}""");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("0101", answer.Content.Headers.ContentDisposition!.FileName!, StringComparison.Ordinal);
        var files = await UnpackAsync(answer);
        Assert.Equal(
            ["LAES-MIG.txt", "SHA256SUMS", "breve.csv", "indsigt.json", "indsigt.pdf", "indsigt.txt", "statusser.csv", "visninger.csv"],
            files.Keys.Order(StringComparer.Ordinal));
        foreach (var name in (string[])["indsigt.txt", "indsigt.json", "visninger.csv"])
            Assert.Contains("Ringer til lejeren", files[name], StringComparison.Ordinal);
        Assert.Contains("\"sha256\":\"abababababababababababababababababababababababababababababababab\"",
            files["indsigt.json"], StringComparison.Ordinal);
        Assert.Contains("Afgørelse", files["breve.csv"], StringComparison.Ordinal);
        Assert.All(files.Values, text =>
        {
            Assert.DoesNotContain("0101011234", text.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("Om en anden", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Bo;", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Sofie", text, StringComparison.Ordinal);
        });
        var line = host.Access.Records.Single(r => r.Kind == "subject-access");
        Assert.Equal(("Anmodning 26/77", "key:dev-key"), (line.Purpose, line.ById));
        Assert.NotNull(line.Person);
        Assert.DoesNotContain(host.Lines.Lines, l => l.Contains("0101011234", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"cpr":"12","purpose":"Anmodning"}""", "cpr")]
    [InlineData("""{"cpr":"0101011234"}""", "purpose")]
    [InlineData("""{"cpr":"0101011234","purpose":"x"}""", "purpose")]
    public async Task Without_a_number_or_a_purpose_no_package_is_made_and_nothing_is_noted(string body, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().PostJson("/api/indsigt", body);
        Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, (string?)(await answer.Json())["field"]));
        Assert.Empty(host.Access.Records);
    }

    [Fact]
    public async Task When_the_log_cannot_be_written_no_package_is_made()
    {
        await using var host = await ApiHost.StartAsync();
        host.Access.Error = new StorageUnavailableException("Databasen svarer ikke.");
        var answer = await host.WithKey().PostJson("/api/indsigt", """{"cpr":"0101011234","purpose":"Anmodning"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task<Dictionary<string, string>> UnpackAsync(HttpResponseMessage answer)
    {
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }
}
