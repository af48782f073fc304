using System.Net;
using System.Text.Json.Nodes;
using Portal.Tests.Api;
using Xunit;

namespace Portal.Tests.Features.Reports;

/// <summary>Reports and files over HTTP.</summary>
public sealed class ReportApiTests
{
    private const string Call = "/api/effektkaeder/min";

    private static readonly string Chain = new JsonObject
    {
        ["id"] = "min", ["title"] = "Bevis for post",
        ["elements"] = new JsonArray(new JsonObject { ["id"] = "g1", ["kind"] = "benefit", ["text"] = "Mindre spildtid",
            ["owner"] = "P. Madsen", ["to"] = new JsonArray() }),
    }.ToJsonString();

    private static async Task<ApiHost> OpenAsync()
    {
        var host = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await host.WithKey().PostJson("/api/effektkaeder", Chain)).StatusCode);
        return host;
    }

    [Fact]
    public async Task The_report_is_a_download_that_managers_and_facilitators_get()
    {
        await using var host = await OpenAsync();
        var answer = await (await host.SignedInAsync("leder")).Get($"{Call}/rapport.pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Matches(
            @"^gevinstrapport-bevis-for-post-\d{4}-\d\d-til-\d{4}-\d\d\.pdf\z",
            answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
        Assert.StartsWith("%PDF-", await answer.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync("facilitator")).Get("/api/effektkaeder/rapport.pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync("sagsbehandler")).Get($"{Call}/rapport.pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.Get($"{Call}/rapport.pdf")).StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_or_makes_no_sense_is_a_problem_that_says_so()
    {
        await using var host = await OpenAsync();
        foreach (var file in (string[])["rapport.pdf", "eksport.xlsx", "maalinger.csv"])
            Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get($"/api/effektkaeder/anden/{file}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get($"{Call}/rapport.pdf?nr=9")).StatusCode);
        foreach (var (query, field) in new[] { ("fra=x", "fra"), ("til=2026-99", "til"), ("fra=2026-05&til=2026-01", "fra"),
            ("nr=syv", "nr"), ("nr=99999999999", "nr") })
        {
            var answer = await host.WithKey().Get($"{Call}/rapport.pdf?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json", field),
                (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, (string?)(await answer.Json())["field"]));
        }
    }

    [Fact]
    public async Task An_issued_report_has_a_number_a_place_in_the_list_and_a_PDF()
    {
        await using var host = await OpenAsync();
        var made = await host.WithKey().PostJson($"{Call}/rapporter?fra=2026-01&til=2026-06", "");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("/api/effektkaeder/min/rapport.pdf?nr=1", made.Headers.Location!.OriginalString);
        var list = await (await host.WithKey().Get($"{Call}/rapporter")).Json();
        Assert.Equal("items cursor", list.Fields());
        var row = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal("number title from to issuedAt issuedBy pdf", row.Fields());
        Assert.Equal((1, "2026-01", "2026-06"), ((int)row["number"]!, (string?)row["from"], (string?)row["to"]));
        var pdf = await host.WithKey().Get(row["pdf"]!.GetValue<string>());
        Assert.Equal(
            (HttpStatusCode.OK, "gevinstrapport-bevis-for-post-nr-1-2026-01-til-2026-06.pdf"),
            (pdf.StatusCode, pdf.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        Assert.Equal(HttpStatusCode.Created, (await (await host.SignedInAsync("leder")).PostJson($"{Call}/rapporter", "")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await (await host.SignedInAsync("sagsbehandler")).PostJson($"{Call}/rapporter", "")).StatusCode);
        foreach (var (file, name) in new[] { ("eksport.xlsx", "gevinster-bevis-for-post-nr-1-2026-01-til-2026-06.xlsx"),
            ("maalinger.csv", "maalinger-bevis-for-post-nr-1-2026-01-til-2026-06.csv") })
        {
            var kept = await host.WithKey().Get($"{Call}/{file}?nr=1");
            Assert.Equal((HttpStatusCode.OK, name), (kept.StatusCode, kept.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
            Assert.NotEmpty(await kept.Content.ReadAsByteArrayAsync());
            Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get($"{Call}/{file}?nr=7")).StatusCode);
        }
    }

    [Fact]
    public async Task Explanations_come_with_the_call_and_the_answer_lists_what_nobody_has_explained()
    {
        await using var host = await OpenAsync();
        foreach (var (body, field) in new[] { ("[]", "$"), ("""{"explanations":"nej"}""", "explanations"),
            ("""{"explanations":{"g9":"Fordi"}}""", "explanations.g9"), ("""{"explanations":{"g1":7}}""", "explanations.g1"),
            ("""{"explanations":{"g1":" "}}""", "explanations.g1"), ("""{"explanations":{"g1":"010190-1234"}}""", "explanations.g1") })
        {
            var answer = await host.WithKey().PostJson($"{Call}/rapporter", body);
            Assert.Equal((HttpStatusCode.BadRequest, field), (answer.StatusCode, (string?)(await answer.Json())["field"]));
        }

        Assert.Empty((await (await host.WithKey().Get($"{Call}/rapporter")).Json())["items"]!.AsArray());
        var made = await host.WithKey().PostJson($"{Call}/rapporter", """{"explanations":{"g1":"Sekretariatet er nyt"}}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("number title from to issuedAt issuedBy pdf unexplained", (await made.Json()).Fields());
        var all = await host.WithKey().PostJson("/api/effektkaeder/rapporter", """{"explanations":{"min/g1":"Stadig nyt"}}""");
        Assert.Equal(HttpStatusCode.Created, all.StatusCode);
    }

    [Fact]
    public async Task A_benefit_that_got_worse_is_unexplained_until_somebody_writes_why()
    {
        await using var host = await ApiHost.StartAsync();
        var chain = new JsonObject
        {
            ["id"] = "min", ["title"] = "Bevis for post",
            ["elements"] = new JsonArray(new JsonObject { ["id"] = "n1", ["kind"] = "negative-benefit", ["text"] = "Tungt indkøb",
                ["indicator"] = new JsonObject { ["baseline"] = 2 }, ["to"] = new JsonArray() }),
        };
        Assert.Equal(HttpStatusCode.Created, (await host.WithKey().PostJson("/api/effektkaeder", chain.ToJsonString())).StatusCode);
        var at = DateTimeOffset.UtcNow.AddHours(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var measured = new JsonObject { ["elementId"] = "n1", ["at"] = at, ["value"] = 3 };
        Assert.Equal(HttpStatusCode.Created, (await host.WithKey().PostJson($"{Call}/maalinger", measured.ToJsonString())).StatusCode);
        async Task<JsonArray> IssueAsync(string path, string body)
        {
            var made = await host.WithKey().PostJson($"{path}/rapporter", body);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            return (await made.Json())["unexplained"]!.AsArray();
        }

        var one = Assert.Single(await IssueAsync(Call, ""))!;
        Assert.Equal(("n1", "Tungt indkøb"), ((string?)one["key"], (string?)one["title"]));
        Assert.Equal("min/n1", (string?)Assert.Single(await IssueAsync("/api/effektkaeder", ""))!["key"]);
        Assert.Empty(await IssueAsync("/api/effektkaeder", """{"explanations":{"min/n1":"Nyt indkøbssystem"}}"""));
        Assert.Empty(await IssueAsync(Call, ""));
    }

    [Fact]
    public async Task The_numbers_come_as_a_workbook_and_as_CSV()
    {
        await using var host = await OpenAsync();
        var workbook = await host.WithKey().Get($"{Call}/eksport.xlsx");
        Assert.Equal(
            (HttpStatusCode.OK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"), (workbook.StatusCode,
                workbook.Content.Headers.ContentType!.MediaType, workbook.Content.Headers.ContentDisposition!.DispositionType));
        Assert.StartsWith("PK", await workbook.Text(), StringComparison.Ordinal);
        var csv = await host.WithKey().Get($"{Call}/maalinger.csv");
        Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment"),
            (csv.StatusCode, csv.Content.Headers.ContentType!.MediaType, csv.Content.Headers.ContentDisposition!.DispositionType));
    }
}
