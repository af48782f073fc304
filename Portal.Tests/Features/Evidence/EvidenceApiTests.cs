using System.IO.Compression;
using System.Net;
using Portal.Features.AccessControl;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Evidence;

/// <summary>Evidence over HTTP, printed by a real browser.</summary>
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
        Assert.Equal((AccessKind.EvidenceDocument, "24/0117", "key:dev-key"), (line.Kind, line.CaseNumber, line.ViewerId));
        Assert.Equal($"bevis-24-0117-{line.Reference}.pdf", answer.Content.Headers.ContentDisposition.FileName!.Trim('"'));
    }

    [Fact]
    public async Task The_package_is_a_zip_with_the_document()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get("/api/sager/24%2F0117/bevis.zip");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["LAES-MIG.txt", "SHA256SUMS", "bevis.pdf"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
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
        Assert.Contains(await LogAsync(host), l => l is { Kind: AccessKind.EvidenceWithNumbers, Purpose: "retssag" });
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
    public async Task A_server_without_a_browser_says_what_to_install()
    {
        await using var host = await ApiHost.StartWithoutBrowserAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get("/api/sager/24%2F0117/bevis.pdf");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("apt install chromium", await answer.Text(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey().Get("/api/sager/24%2F0117/bevis.zip")).StatusCode);
    }
}
