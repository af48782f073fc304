using System.Net;
using Portal.Features.AccessControl;
using Portal.Ingestion.Letters;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>The list of letters as a file over HTTP.</summary>
public sealed class LetterExportApiTests
{
    [Fact]
    public async Task It_is_an_attachment_of_what_the_same_filter_shows_and_it_is_logged()
    {
        await using var host = await ApiHost.StartAsync();
        host.Letters.Letters.Add(FakeCases.Letter());
        var answer = await host.WithKey().Get("/api/breve/eksport.csv?from=2023-02-13&to=2023-02-13");
        Assert.Equal((HttpStatusCode.OK, "text/csv", "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        var text = await answer.Text();
        Assert.Contains(
            "26-0412;Huslejenævn;L-1;Afgørelse om huslejenedsættelse;Anna Lejer;Digital Post;13.02.2023 12:21:40;", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("010101", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "26-0412", await (await host.WithKey().Get("/api/breve/eksport.csv?from=2023-02-14")).Text(), StringComparison.Ordinal);
        var lines = (await host.Get<IAccessLog>().ReadAsync(
            IngestionFixture.Administrator(), new AccessFilter(AccessKind.LetterList), null, 100,
            TestContext.Current.CancellationToken)).Items;
        Assert.Equal([(0, "from=2023-02-14"), (1, "from=2023-02-13&to=2023-02-13")],
            lines.Select(l => (l.Record.Hits!.Value, l.Record.Reference!)));
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
