using Portal.Tests.Platform.Documents;
using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl;
using Portal.Platform.Documents;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>Evidence over HTTP.</summary>
public sealed class EvidenceApiTests
{
    private const string Letter =
        """{"caseNumber":"24/0117","caseType":"huslejenaevn","letterId":"L1","title":"Afgørelse","recipient":"""
        + """{"name":"Anna","id":"0101011234","idType":"CPR"},"channel":"DigitalPost","sentAt":"2023-02-13T12:21:40+01:"""
        + """00","identifiers":{"messageUuid":"x"}}""";

    private static async Task<IReadOnlyList<AccessEntry>> LogAsync(ApiHost host) =>
        (await host.Get<IAccessLog>()
            .ReadAsync(IngestionFixture.Administrator(), new AccessFilter(), null, 100, TestContext.Current.CancellationToken)).Items;

    [Fact]
    public async Task The_document_is_a_download_whose_name_holds_case_and_number_and_it_is_logged()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get("/api/sager/24%2F0117/bevis.pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        Assert.StartsWith("%PDF-", await answer.Text(), StringComparison.Ordinal);
        var line = Assert.Single(await LogAsync(host));
        Assert.Equal((AccessKind.EvidenceDocument, "24/0117", "key:dev-key"), (line.Kind!.Value, line.Record.CaseNumber, line.Record.ById));
        Assert.Equal($"bevis-24-0117-{line.Record.Reference}.pdf", answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
    }

    [Fact]
    public async Task The_package_is_a_zip_with_the_document()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get("/api/sager/24%2F0117/bevis.zip");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["LAES-MIG.txt", "SHA256SUMS", "bevis.pdf", "hvis-bestridt.txt"],
            zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        Assert.Contains(await LogAsync(host), l => l.Kind == AccessKind.EvidencePackage);
    }

    [Fact]
    public async Task Whole_person_numbers_need_a_purpose()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        Assert.Equal("purpose",
            (string?)(await (await host.WithKey().PostJson("/api/sager/24%2F0117/bevis.pdf", """{"purpose":" "}""")).Json())["field"]);
        Assert.Empty(await LogAsync(host));
        Assert.Equal(
            HttpStatusCode.OK, (await host.WithKey().PostJson("/api/sager/24%2F0117/bevis.pdf", """{"purpose":"retssag"}""")).StatusCode);
        Assert.Contains(await LogAsync(host), l => l is { Kind: AccessKind.EvidenceWithNumbers, Record.Purpose: "retssag" });
    }

    [Fact]
    public async Task Who_may_not_see_the_case_gets_nothing_and_nothing_is_logged()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anonymous.Get("/api/sager/24%2F0117/bevis.pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.pdf")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.zip")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await (await host.SignedInAsync("leder")).Get("/api/sager/24%2F0117/bevis.zip")).StatusCode);
        Assert.Empty(await LogAsync(host));
    }

    [Fact]
    public async Task A_package_with_a_purpose_has_it_in_the_access_log()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        Assert.Equal("purpose",
            (string?)(await (await host.WithKey().PostJson("/api/sager/24%2F0117/bevis.zip", """{"purpose":""}""")).Json())["field"]);
        Assert.Empty(await LogAsync(host));
        var answer = await host.WithKey().PostJson("/api/sager/24%2F0117/bevis.zip", """{"purpose":"retssag"}""");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var lines = await LogAsync(host);
        Assert.Contains(lines, l => l.Kind == AccessKind.EvidencePackage);
        Assert.All(lines, l => Assert.Equal("retssag", l.Record.Purpose));
    }

    [Fact]
    public async Task A_document_leads_to_the_public_address_whatever_host_was_asked()
    {
        await using var host = await ApiHost.StartWithAsync(_ => { }, ("Portal:PublicUrl", "https://portal.kommune.dk"));
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var client = host.WithKey();
        client.DefaultRequestHeaders.Host = "evil.example";
        using var zip = new ZipArchive(await (await client.Get("/api/sager/24%2F0117/bevis.zip")).Content.ReadAsStreamAsync(
            TestContext.Current.CancellationToken));
        using var reader = new StreamReader(zip.GetEntry("LAES-MIG.txt")!.Open());
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("https://portal.kommune.dk/sager/24%2F0117", text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exact_bytes_in_a_package_need_the_scope_for_them()
    {
        await using var host = await ApiHost.StartWithAsync(_ => { },
            ("Api:Keys:0:Key", "laeser"), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "evidence:read"),
            ("Api:Keys:0:Scopes:1", "letters:write"));
        await host.WithKey("laeser").PostJson("/api/forsendelser", Letter);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey("laeser").Get("/api/sager/24%2F0117/bevis.zip")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await host.WithKey("laeser").PostJson("/api/sager/24%2F0117/bevis.zip", """{"purpose":"retssag"}""")).StatusCode);
        var caseworker = await host.SignedInAsync("sagsbehandler");
        Assert.Equal(
            HttpStatusCode.OK, (await caseworker.PostJson("/api/sager/24%2F0117/bevis.zip", """{"purpose":"retssag"}""")).StatusCode);
    }

    [Fact]
    public async Task One_letter_is_given_alone_and_named_in_the_access_log()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.pdf?brev=l1")).StatusCode);
        Assert.Equal("L1", Assert.Single(await LogAsync(host)).Record.LetterId);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.pdf?brev=L2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.zip?brev=L2")).StatusCode);
    }

    [Theory]
    [InlineData("pdf", false, "?brev=")]
    [InlineData("zip", false, "?brev=")]
    [InlineData("pdf", true, "som side i portalen")]
    public async Task A_document_that_is_too_large_is_a_problem_that_says_what_to_do(string format, bool isOneLetter, string advice)
    {
        await using var host = await ApiHost.StartWithAsync(
            services => services.AddSingleton<IDocumentPdf>(new FakePdf { IsTooLarge = true }));
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        await host.WithKey().PostJson("/api/forsendelser", Letter.Replace("\"L1\"", "\"L2\"", StringComparison.Ordinal));
        var answer = await host.WithKey().Get($"/api/sager/24%2F0117/bevis.{format}{(isOneLetter ? "?brev=L1" : "")}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(advice, (string?)(await answer.Json())["detail"], StringComparison.Ordinal);
        Assert.Empty(await LogAsync(host));
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("zip")]
    public async Task When_too_many_wait_the_answer_is_503_and_nothing_is_logged(string format)
    {
        await using var host =
            await ApiHost.StartWithAsync(services => services.AddSingleton<IDocumentPdf>(new FakePdf { IsQueueFull = true }));
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get($"/api/sager/24%2F0117/bevis.{format}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await LogAsync(host));
    }

    [Fact]
    public async Task A_page_that_is_read_without_script_is_in_the_access_log_once_with_the_number_that_it_shows()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var page = await (await host.SignedInAsync("sagsbehandler")).Get("/sager/24%2F0117/bevis");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var line = Assert.Single(await LogAsync(host));
        Assert.Equal((AccessKind.EvidenceDocument, "24/0117"), (line.Kind!.Value, line.Record.CaseNumber));
        Assert.Contains($"data-number=\"{line.Record.Reference}\"", await page.Text(), StringComparison.Ordinal);
    }
}
