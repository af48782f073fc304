using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Portal.Tests.Api;

public sealed class StreamTests
{
    private static async Task<(StreamReader Reader, HttpResponseMessage Answer)> ListenAsync(
        ApiHost host, string query, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/beskeder/stream{query}");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await host.WithKey().Ask(request);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return (new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)), answer);
    }

    private static async Task<List<long>> ReadAsync(StreamReader reader, int count)
    {
        var ids = new List<long>();
        var last = 0L;
        while (ids.Count < count && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) last = long.Parse(line[4..], CultureInfo.InvariantCulture);
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            Assert.Equal(last, (long)JsonNode.Parse(line[6..])!["sequence"]!);
            ids.Add(last);
        }

        return ids;
    }

    private static void Add(ApiHost host, int count)
    {
        for (var n = 0; n < count; n++) host.Log.Add();
        host.Signal.Raise();
    }

    [Fact]
    public async Task A_stream_resumes_after_the_last_event_without_gap_or_repeat()
    {
        await using var host = await ApiHost.StartAsync();
        Add(host, 5);
        var (first, answer) = await ListenAsync(host, "?after=0");
        Assert.Equal([1, 2, 3], await ReadAsync(first, 3));
        answer.Dispose();
        Add(host, 3);
        // Last-Event-ID wins over the query: a browser that reconnects sends both.
        var (second, again) = await ListenAsync(host, "?after=0", "3");
        Assert.Equal([4, 5, 6, 7, 8], await ReadAsync(second, 5));
        Add(host, 2);
        Assert.Equal([9, 10], await ReadAsync(second, 2));
        again.Dispose();
    }

    [Fact]
    public async Task A_stream_without_a_number_begins_now_and_at_once_says_that_it_listens()
    {
        await using var host = await ApiHost.StartAsync();
        Add(host, 3);
        var (reader, answer) = await ListenAsync(host, "");
        Assert.StartsWith(":", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Add(host, 1);
        Assert.Equal([4], await ReadAsync(reader, 1));
        answer.Dispose();
    }

    [Fact]
    public async Task The_streams_end_when_the_portal_stops()
    {
        var host = await ApiHost.StartAsync();
        var (reader, answer) = await ListenAsync(host, "?after=0");
        await host.StopAsync();
        Assert.Empty(await ReadAsync(reader, 1));
        Assert.DoesNotContain(host.Lines.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
        answer.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData("?after=-1", null, "after")]
    [InlineData("?after=x", null, "after")]
    [InlineData("", "x", "Last-Event-ID")]
    public async Task A_wrong_position_is_named(string query, string? lastEventId, string field)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/beskeder/stream{query}");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await host.WithKey().Ask(request);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(field, (string?)(await answer.Json())["field"]);
    }

    [Fact]
    public async Task The_hub_streams_the_same_and_refuses_a_person_number()
    {
        await using var host = await ApiHost.StartAsync();
        Add(host, 3);
        var ended = TestContext.Current.CancellationToken;
        await using var connection = new HubConnectionBuilder().WithUrl("http://localhost/hubs/beskeder", options =>
        {
            options.HttpMessageHandlerFactory = _ => host.Server.CreateHandler();
            options.Transports = HttpTransportType.LongPolling;
            options.Headers["X-Api-Key"] = "dev-key";
        }).Build();
        await connection.StartAsync(ended);
        var seen = new List<long>();
        await foreach (var message in connection.StreamAsync<JsonObject>(
            "Stream", new { type = "PKO_PostStatus", from = "2023-02-13T12:21:40+01:00" }, 1L, ended))
        {
            seen.Add((long)message["sequence"]!);
            Assert.Equal("sha256 leafIndex", message["ledger"].Fields());
            if (seen.Count == 2) Add(host, 1);
            if (seen.Count == 3) break;
        }

        Assert.Equal([2, 3, 4], seen);
        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in connection.StreamAsync<JsonObject>("Stream", new { text = "0101011234" }, null, ended))
                Assert.Fail("Nothing may come.");
        });
        Assert.Contains("CPR", refusal.Message, StringComparison.Ordinal);
    }
}
