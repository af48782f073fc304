using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Portal.Features.Messages.Api;
using Portal.Platform.Access.Limits;
using Portal.Tests.Api;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Platform.Access.Limits;

/// <summary>Open streams are bounded, each caller's for itself; those that are open go on.</summary>
public sealed class StreamLimitTests
{
    private const string Key = "en-lang-hemmelig-noegle", Other = "en-anden-hemmelig-noegle";

    private static readonly (string Key, string? Value)[] Keys =
    [
        ("Api:Keys:0:Key", Key), ("Api:Keys:0:Cvr", ApiHost.Own), ("Api:Keys:0:Scopes:0", "messages:read"),
        ("Api:Keys:0:MessageTypes:0", "*"), ("Api:Keys:1:Key", Other), ("Api:Keys:1:Cvr", ApiHost.Own),
        ("Api:Keys:1:Scopes:0", "messages:read"), ("Api:Keys:1:MessageTypes:0", "*"),
    ];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hub_connection_has_a_bounded_number_of_streams_and_says_so()
    {
        await using var host = await ApiHost.StartOnKestrelAsync(configuration: Keys);
        host.Log.Add();
        await using var connection = Connect(host, Key);
        await connection.StartAsync(Ended);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var open = new List<IAsyncEnumerator<JsonObject>>();
        for (var n = 1; n < HubStreams.PerConnection; n++) open.Add(await OpenAsync(connection, stop.Token));
        using var last = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        await OpenAsync(connection, last.Token);

        var refused = await Assert.ThrowsAsync<HubException>(() => OpenAsync(connection, Ended));
        Assert.Contains($"{HubStreams.PerConnection} strømme", refused.Message, StringComparison.Ordinal);
        Assert.Contains("fortsætter uændret", refused.Message, StringComparison.Ordinal);

        // Those that are open go on, another connection of the same key has its own, and one that ends makes room.
        host.Log.Add();
        host.Signal.Raise();
        Assert.True(await open[0].MoveNextAsync().AsTask().WaitAsync(TestTimeouts.ForPages, Ended));
        await using var second = Connect(host, Key);
        await second.StartAsync(Ended);
        await OpenAsync(second, stop.Token);
        await last.CancelAsync();
        var again = await RunningPortal.EventuallyAsync(
            async () => await Record.ExceptionAsync(() => OpenAsync(connection, stop.Token)), problem => problem is not HubException);
        Assert.Null(again);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task A_key_has_a_bounded_number_of_open_streams_and_another_does_not_notice()
    {
        await using var host = await ApiHost.StartOnKestrelAsync(configuration: Keys);
        var open = new List<HttpResponseMessage>();
        for (var n = 0; n < RequestLimits.OpenStreams; n++) open.Add(await StreamAsync(host, Key));
        Assert.All(open, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        using var refused = await StreamAsync(host, Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"{RequestLimits.OpenStreams} strømme", (string?)(await refused.Json())["detail"], StringComparison.Ordinal);
        await using var hub = Connect(host, Key);
        await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync(Ended));

        // What is no stream is answered, and so is another key.
        Assert.Equal(HttpStatusCode.OK, (await host.WithKey(Key).Get("/api/beskeder")).StatusCode);
        using (var other = await StreamAsync(host, Other)) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        open[0].Dispose();
        var again = await RunningPortal.EventuallyAsync(() => StreamAsync(host, Key), a => a.StatusCode == HttpStatusCode.OK);
        again.Dispose();
        foreach (var answer in open) answer.Dispose();
    }

    private static async Task<IAsyncEnumerator<JsonObject>> OpenAsync(HubConnection connection, CancellationToken stop)
    {
        var stream = connection.StreamAsync<JsonObject>("Stream", null, 0L, stop).GetAsyncEnumerator(stop);
        Assert.True(await stream.MoveNextAsync().AsTask().WaitAsync(TestTimeouts.ForPages, Ended));
        return stream;
    }

    private static async Task<HttpResponseMessage> StreamAsync(ApiHost host, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/beskeder/stream");
        return await host.WithKey(key).Ask(request);
    }

    private static HubConnection Connect(ApiHost host, string key) => new HubConnectionBuilder()
        .WithUrl(new Uri(host.Anonymous.BaseAddress!, MessageHub.Path), options => options.Headers["X-Api-Key"] = key).Build();
}
