using System.Net;
using Portal.Features.AccessControl;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>The list of letters as a file over HTTP.</summary>
public sealed class LetterExportApiTests
{
    private const string Letter =
        """{"caseNumber":"24-0117","caseType":"huslejenaevn","letterId":"L1","title":"Afgørelse","recipient":"""
        + """{"name":"Anna","id":"0101011234","idType":"CPR"},"channel":"DigitalPost","sentAt":"2023-02-13T12:21:40+01:"""
        + """00","identifiers":{"messageUuid":"x"}}""";

    [Fact]
    public async Task It_is_an_attachment_of_what_the_same_filter_shows_and_it_is_logged()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().PostJson("/api/forsendelser", Letter);
        var answer = await host.WithKey().Get("/api/breve/eksport.csv?from=2023-02-13&to=2023-02-13");
        Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        var text = await answer.Text();
        Assert.Contains("24-0117;Huslejenævn;L1;Afgørelse;Anna;Digital Post;13.02.2023 12:21:40;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("010101", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "24-0117", await (await host.WithKey().Get("/api/breve/eksport.csv?from=2023-02-14")).Text(), StringComparison.Ordinal);
        var lines = (await host.Get<IAccessLog>().ReadAsync(
            IngestionFixture.Administrator(), new AccessFilter(AccessKind.LetterList), null, 100,
            TestContext.Current.CancellationToken)).Items;
        Assert.Equal([(0, "from=2023-02-14"), (1, "from=2023-02-13&to=2023-02-13")], lines.Select(l => (l.Hits!.Value, l.Reference!)));
    }

    [Theory]
    [InlineData("verdict=afleveret", "verdict")]
    [InlineData("from=13-02-2023", "from")]
    public async Task A_wrong_value_is_named_and_nothing_is_given_out(string query, string field)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().Get($"/api/breve/eksport.csv?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (string?)(await answer.Json())["field"]);
    }
}
