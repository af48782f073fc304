using System.Net;
using Xunit;

namespace Portal.Tests.Api;

public sealed class MessageApiTests
{
    private const string Fields =
        "sequence beskedId beskedtype beskedtypeName transport receivedAt createdAt registeredAt deliveries responsibleAuthority action "
        + "actionName sensitivity objects postStatus case letterId ledger";

    [Fact]
    public async Task A_message_has_the_contracts_form()
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Add("b/1");
        var message = await (await host.WithKey().Get("/api/beskeder/b%2F1")).Json();
        Assert.Equal(Fields, message.Fields());
        Assert.Equal("transmissionId messageUuid messageId channel status at correlationId error", message["postStatus"].Fields());
        Assert.Equal("sha256 leafIndex", message["ledger"].Fields());
        Assert.Equal(0, (long)message["ledger"]!["leafIndex"]!);
        Assert.Equal("2026-11-23T13:00:00Z", (string?)message["receivedAt"]);
        Assert.True(message["postStatus"]!["error"].IsNull());
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/beskeder/findes-ikke")).StatusCode);
    }

    [Fact]
    public async Task The_exact_bytes_come_as_an_attachment()
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Add("b1");
        var raw = await host.WithKey().Get("/api/beskeder/b1/raw");
        Assert.Equal("application/xml", raw.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "attachment; filename=besked-1.xml; filename*=UTF-8''besked-1.xml", raw.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal([60, 0, 255], await raw.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_continues_from_its_cursor_to_the_end()
    {
        await using var host = await ApiHost.StartAsync();
        for (var n = 0; n < 5; n++) host.Log.Add();
        var seen = new List<long>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await (await host.WithKey().Get($"/api/beskeder?limit=2&cursor={cursor}")).Json();
            Assert.Equal("items cursor", page.Fields());
            seen.AddRange(page["items"]!.AsArray().Select(m => (long)m!["sequence"]!));
            cursor = (string?)page["cursor"];
        }

        Assert.Equal([5, 4, 3, 2, 1], seen);
    }

    [Fact]
    public async Task Filters_reach_the_reader_also_with_an_unencoded_plus_in_a_time()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WithKey().Get("/api/beskeder?type=PKO_PostStatus&status=Klar&from=2023-02-13T12:21:40+01:00&to=2023-02-14T00:00:00Z&"
            + "caseNumber=24%2F0117&text=abc");
        var at = new DateTimeOffset(2023, 2, 13, 11, 21, 40, TimeSpan.Zero);
        Assert.Equal(
            new("PKO_PostStatus", "Klar", at, new DateTimeOffset(2023, 2, 14, 0, 0, 0, TimeSpan.Zero), "24/0117", "abc"), host.Log.Asked);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=mange", "limit")]
    [InlineData("cursor=forkert", "cursor")]
    [InlineData("from=2023-02-13", "from")]
    [InlineData("to=2023-02-30T00:00:00Z", "to")]
    [InlineData("text=brev+til+0101011234", "text")]
    [InlineData("text=010101-1234", "text")]
    public async Task A_wrong_value_is_400_and_named_and_a_person_number_is_sent_elsewhere(string query, string field)
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Add();
        foreach (var path in (string[])["/api/beskeder", "/api/beskeder/stream"])
        {
            if (path.EndsWith("stream", StringComparison.Ordinal) && field is "limit" or "cursor") continue;
            var answer = await host.WithKey().Get($"{path}?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Json();
            Assert.Equal(field, (string?)problem["field"]);
            if (field == "text") Assert.Contains("POST /api/sager/soeg", (string?)problem["detail"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_reported_without_its_text_and_an_outage_is_503()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.WithKey().Get("/api/fejl");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("0101011234", await answer.Text(), StringComparison.Ordinal);
        host.Log.Error = new Portal.Ingestion.Domain.StorageUnavailableException("låst");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.WithKey().Get("/api/beskeder")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.WithKey().Get("/api/findes-ikke")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.WithKey().PostJson("/api/beskeder", "{}")).StatusCode);
    }

    [Fact]
    public async Task The_description_health_and_metrics_are_open()
    {
        await using var host = await ApiHost.StartAsync();
        host.Log.Add("hemmelig-sag");
        await host.WithKey().Get("/api/beskeder/hemmelig-sag");
        var described = (await (await host.Anonymous.Get("/openapi/v1.json")).Json())["paths"]!;
        Assert.Equal(
            ["caseNumber"], described["/api/sager/{caseNumber}"]!["get"]!["parameters"]!.AsArray().Select(p => (string?)p!["name"]));
        Assert.Contains("text", described["/api/beskeder"]!["get"]!["parameters"]!.AsArray().Select(p => (string?)p!["name"]));
        Assert.NotNull(described["/beskedfordeler/modtag"]!["post"]!["requestBody"]!["content"]!["application/xml"]);
        var paths = described.AsObject().Select(p => p.Key).ToList();
        Assert.Contains("/beskedfordeler/modtag", paths);
        Assert.Contains("/api/sager/{caseNumber}", paths);
        Assert.DoesNotContain("/logout", paths);
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/scalar/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Anonymous.Get("/health/ready")).StatusCode);
        host.Probe.Problem = "Databasen svarer ikke.";
        var ready = await host.Anonymous.Get("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("Databasen svarer ikke.", await ready.Text(), StringComparison.Ordinal);
        var metrics = await (await host.Anonymous.Get("/metrics")).Text();
        Assert.Contains("/api/beskeder/{beskedId}", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("hemmelig-sag", metrics, StringComparison.Ordinal);
    }
}
