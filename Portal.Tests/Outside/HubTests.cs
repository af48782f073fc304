using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The SignalR hub of the whole portal, over WebSockets.</summary>
public sealed class HubTests
{
    [Fact]
    public async Task Over_WebSockets_the_stream_begins_where_asked_continues_live_and_has_no_gap()
    {
        await using var portal = await HostedPortal.StartAsync();
        var ended = TestContext.Current.CancellationToken;
        var ids = new List<string>();
        async Task PushAsync(string action)
        {
            var (id, bytes) = Stories.Envelopes.Status(Guid.NewGuid().ToString(), action, "2026-02-13T12:00:00Z");
            ids.Add(id);
            (await portal.PushAsync(bytes)).Dispose();
        }

        for (var n = 0; n < 5; n++) await PushAsync(KnownHandlinger.Klar);
        await using var hub = Connect(portal, "dev-key");
        await hub.StartAsync(ended);

        var seen = new List<(long Sequence, string Id)>();
        await foreach (var message in hub.StreamAsync<JsonObject>("Stream", null, 2L, ended))
        {
            seen.Add(((long)message["sequence"]!, (string)message["beskedId"]!));
            if (seen.Count == 3) await PushAsync(KnownHandlinger.Fejlet);
            if (seen.Count is > 3 and < 8) await PushAsync(KnownHandlinger.Klar);
            if (seen.Count == 8) break;
        }

        Assert.Equal([3L, 4, 5, 6, 7, 8, 9, 10], seen.Select(s => s.Sequence));
        Assert.Equal(ids[2..], seen.Select(s => s.Id));
        await foreach (var message in hub.StreamAsync<JsonObject>("Stream", new { status = "fejlet" }, 0L, ended))
        {
            Assert.Equal(ids[5], (string?)message["beskedId"]);
            break;
        }
    }

    [Fact]
    public async Task Without_the_right_the_hub_is_shut_and_another_authoritys_messages_never_come()
    {
        await using var portal = await HostedPortal.StartAsync(settings:
        [
            "--Api:Keys:0:Key=egen", "--Api:Keys:0:Cvr=55133018", "--Api:Keys:0:Scopes:0=messages:read", "--Api:Keys:0:MessageTypes:0=*",
            "--Api:Keys:1:Key=skubber", "--Api:Keys:1:Cvr=55133018", "--Api:Keys:1:Scopes:0=messages:push",
        ]);
        var ended = TestContext.Current.CancellationToken;
        portal.Http.DefaultRequestHeaders.Remove("X-Api-Key");
        foreach (var (key, status) in ((string?, HttpStatusCode)[])[
            (null, HttpStatusCode.Unauthorized), ("forkert", HttpStatusCode.Unauthorized), ("skubber", HttpStatusCode.Forbidden)])
        {
            await using var shut = Connect(portal, key);
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => shut.StartAsync(ended));
            Assert.Equal(status, refused.StatusCode);
        }

        (await portal.PushAsync(Stories.Envelopes.Status(
            Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z", cvr: "12345678").Bytes)).Dispose();
        var own = Stories.Envelopes.Status(Guid.NewGuid().ToString(), KnownHandlinger.Klar, "2026-02-13T12:00:00Z");
        (await portal.PushAsync(own.Bytes)).Dispose();
        await using var hub = Connect(portal, "egen");
        await hub.StartAsync(ended);
        await foreach (var message in hub.StreamAsync<JsonObject>("Stream", null, 0L, ended))
        {
            Assert.Equal(own.BeskedId, (string?)message["beskedId"]);
            break;
        }

        await Assert.ThrowsAsync<HubException>(async () =>
        {
            await foreach (var _ in hub.StreamAsync<JsonObject>("Stream", new { caseNumber = "010101-1234" }, 0L, ended))
                Assert.Fail("Nothing may come.");
        });
    }

    private static HubConnection Connect(RunningPortal portal, string? key) => new HubConnectionBuilder()
        .WithUrl(new Uri(portal.Address, "/hubs/beskeder"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            if (key is not null) options.Headers["X-Api-Key"] = key;
        })
        .Build();
}
