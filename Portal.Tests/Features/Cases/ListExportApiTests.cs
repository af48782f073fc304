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

    [Fact]
    public async Task The_catalogue_is_a_file_in_the_order_and_with_the_columns_asked_for_and_names_no_person()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().Get("/api/beskedkatalog/eksport.csv?kol=ialt&sort=-navn");
        var lines = (await answer.Text()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("navn;i alt", lines[0]);
        Assert.True(lines.Length > 1, "no types");
        Assert.Equal((HttpStatusCode.OK, "attachment"), (answer.StatusCode, answer.Content.Headers.ContentDisposition!.DispositionType));
        foreach (var list in (string[])["beskedkatalog", "karantaene"])
            Assert.Equal(HttpStatusCode.OK, (await host.WithKey().Get($"/api/{list}/eksport.xlsx")).StatusCode);
        Assert.Empty(host.Access.Records);
    }

    [Theory]
    [InlineData("/api/karantaene/eksport.csv?vis=lukket&kol=kanal&aarsag=findes-ikke", "lukket;hvorfor;modtagekanal")]
    [InlineData("/api/breve/eksport.csv?kol=sendt", "titel;sendt;resultat")]
    [InlineData("/api/adgangslog/eksport.csv?kol=formaal", "tidspunkt;hvem;id;hvad;afvist;formål;antal")]
    public async Task A_page_that_names_its_columns_gets_those_and_a_program_that_names_none_gets_all(string path, string headings)
    {
        await using var host = await ApiHost.StartAsync();
        async Task<string> HeadingsOf(string file) => (await (await host.WithKey().Get(file)).Text()).Split("\r\n")[0];
        Assert.EndsWith(headings, await HeadingsOf(path), StringComparison.Ordinal);
        var all = await HeadingsOf(path.Split('?')[0]);
        Assert.True(all.Split(';').Length > headings.Split(';').Length + 2, all);
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
