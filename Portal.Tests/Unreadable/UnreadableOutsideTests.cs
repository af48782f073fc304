using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Log;
using Portal.Tests.Api;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Unreadable;

/// <summary>
/// Damaged rows as API callers meet them, over a real log: lists, single answers, raw bytes, the event stream and the hub skip them and say
/// why.
/// </summary>
public sealed class UnreadableOutsideTests : IAsyncLifetime
{
    private const string Damage = """
        UPDATE "MessageContent" SET "Content" = x'0000000000000000' WHERE "Sequence" = 2;
        UPDATE "Messages" SET "Kind" = 1099511627776 WHERE "Sequence" = 3;
        UPDATE "Messages" SET "Deliveries" = 1099511627776 WHERE "Sequence" = 4;
        DELETE FROM "MessageContent" WHERE "Sequence" = 5;
        UPDATE "Quarantine" SET "Content" = x'00';
        """;

    private static readonly string?[] Expected = [null, "damaged", "unknown-kind", "number", "missing", null];
    private IngestionFixture _fixture = null!;
    private ApiHost _api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fixture = await IngestionFixture.OpenAsync();
        for (var n = 1; n <= Expected.Length; n++) await _fixture.ReceiveAsync(IngestionFixture.Envelope(IdOf(n)));
        await _fixture.ReceiveAsync("<ikke en besked>");
        await _fixture.SqlAsync(Damage);
        _api = await ApiHost.StartWithAsync(services => services.AddSingleton(_fixture.Messages).AddSingleton(_fixture.Quarantine)
            .AddKeyedSingleton(NotedReaders.Unnoted, _fixture.Messages).AddKeyedSingleton(NotedReaders.Unnoted, _fixture.Quarantine)
            .AddSingleton(_fixture.Services.GetRequiredService<LogSignal>()));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Lists_and_single_answers_say_of_each_message_whether_and_why_it_cannot_be_read()
    {
        var items = (await (await _api.WithKey().Get("/api/beskeder")).Json())["items"]!.AsArray();
        Assert.Equal(Expected.Reverse(), items.Select(ReasonOf));
        for (var n = 1; n <= Expected.Length; n++)
        {
            var answer = await _api.WithKey().Get($"/api/beskeder/{IdOf(n)}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Expected[n - 1], ReasonOf(await answer.Json()));
        }
    }

    [Fact]
    public async Task Raw_bytes_that_cannot_be_read_are_422_in_plain_words_and_all_others_are_given_out_exactly()
    {
        for (var n = 1; n <= Expected.Length; n++)
        {
            var answer = await _api.WithKey().Get($"/api/beskeder/{IdOf(n)}/raw");
            if (n is 2 or 5)
            {
                await IsUnreadableAsync(answer);
                continue;
            }

            Assert.True(answer.IsSuccessStatusCode, $"{n}: {await answer.Text()}");
            Assert.Equal(IngestionFixture.Envelope(IdOf(n)), await answer.Content.ReadAsByteArrayAsync(Stop));
        }

        var row = Assert.Single((await (await _api.WithKey().Get("/api/karantaene")).Json())["items"]!.AsArray());
        await IsUnreadableAsync(await _api.WithKey().Get($"/api/karantaene/{(string)row!["id"]!}/raw"));
    }

    [Fact]
    public async Task The_event_stream_passes_every_damaged_row_by_and_says_why_and_continues()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream?after=0");
        using var answer = await _api.WithKey().Ask(request);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
        await HasAllAsync(ReadAsync(lines));

        static async IAsyncEnumerable<JsonNode> ReadAsync(StreamReader lines)
        {
            while (await lines.ReadLineAsync(Stop) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal)) yield return JsonNode.Parse(line[6..])!;
            }
        }
    }

    [Fact]
    public async Task The_hub_passes_every_damaged_row_by_and_says_why_and_continues()
    {
        await using var connection = new HubConnectionBuilder().WithUrl("http://localhost/hubs/beskeder", options =>
        {
            options.HttpMessageHandlerFactory = _ => _api.Server.CreateHandler();
            options.Transports = HttpTransportType.LongPolling;
            options.Headers["X-Api-Key"] = "dev-key";
        }).Build();
        await connection.StartAsync(Stop);
        await HasAllAsync(connection.StreamAsync<JsonObject>("Stream", new { }, 0L, Stop));
    }

    private static string IdOf(int n) => $"00000000-0000-4000-8000-{n:D12}";

    private static string? ReasonOf(JsonNode? message) => (string?)message!["unreadable"];

    private static async Task IsUnreadableAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Kan ikke læses", (string?)(await answer.Json())["title"]);
    }

    // The stream gave all messages, and then one that is sent after they were seen.
    private async Task HasAllAsync(IAsyncEnumerable<JsonNode> messages)
    {
        var seen = new List<JsonNode>();
        await foreach (var message in messages.WithCancellation(Stop))
        {
            seen.Add(message);
            if (seen.Count == Expected.Length)
            {
                await _fixture.ReceiveAsync(Encoding.UTF8.GetString(IngestionFixture.Envelope(IdOf(Expected.Length + 1))));
            }

            if (seen.Count > Expected.Length) break;
        }

        Assert.Equal(Enumerable.Range(1, Expected.Length + 1).Select(n => (long)n), seen.Select(m => (long)m["sequence"]!));
        Assert.Equal([.. Expected, null], seen.Select(ReasonOf));
    }
}
