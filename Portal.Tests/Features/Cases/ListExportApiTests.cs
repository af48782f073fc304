using System.Net;
using Portal.Features.AccessControl;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Cases;

/// <summary>The lists of cases and of the worklist as files over HTTP.</summary>
public sealed class ListExportApiTests
{
    [Theory]
    [InlineData("/api/sager/eksport.csv?soeg=Afg", "text/csv", "sager?soeg=Afg")]
    [InlineData("/api/sager/eksport.xlsx?sort=-sag&kol=titel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "sager?kol=titel&sort=-sag")]
    [InlineData("/api/opfoelgning/eksport.csv?grund=failed&x=1", "text/csv", "opfoelgning?grund=failed")]
    [InlineData("/api/opfoelgning/eksport.xlsx?sort=grund", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "opfoelgning?sort=grund")]
    [InlineData("/api/breve/eksport.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", null)]
    public async Task It_is_an_attachment_and_is_logged_with_its_filter(string path, string type, string? reference)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().Get(path);
        Assert.Equal((HttpStatusCode.OK, type, "attachment"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.DispositionType));
        var lines = (await host.Get<IAccessLog>().ReadAsync(
            IngestionFixture.Administrator(), new AccessFilter(AccessKind.LetterList), null, 100,
            TestContext.Current.CancellationToken)).Items;
        Assert.Equal(reference, Assert.Single(lines).Record.Reference);
    }

    [Theory]
    [InlineData("/api/sager/eksport.csv?soeg=0101011234")]
    [InlineData("/api/opfoelgning/eksport.xlsx?soeg=Anna%20010101-1234")]
    public async Task A_search_for_a_number_is_refused_and_not_logged(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().Get(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("soeg", (string?)(await answer.Json())["field"]);
        Assert.Empty(host.Access.Records);
    }
}
