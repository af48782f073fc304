using System.Net;
using System.Text.Json.Nodes;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Outside;

/// <summary>The whole portal, configured for a broker that accepts the connection and then falls silent.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_portal_whose_queue_is_not_connected_is_not_ready_and_says_why_and_what_to_do()
    {
        await using var peer = new ScriptedPeer(0);
        await using var portal = await HostedPortal.StartAsync(
            settings: ["--Ingestion:Amqp:Enabled=true", "--Ingestion:Amqp:Queue=q", $"--Ingestion:Amqp:Uri={peer.Address()}"]);
        var (status, retry, text) = await PortalProcess.EventuallyAsync(
            async () =>
            {
                using var answer = await portal.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return (answer.StatusCode, answer.Headers.RetryAfter?.Delta, await answer.Content.ReadAsStringAsync());
            },
            a => a.StatusCode == HttpStatusCode.ServiceUnavailable && a.Item3.Contains("svarede ikke", StringComparison.Ordinal));
        Assert.NotNull(retry);
        var problem = (string)Assert.Single(JsonNode.Parse(text)!["problems"]!.AsArray())!;
        Assert.StartsWith("AMQP tager ikke imod beskeder siden ", problem, StringComparison.Ordinal);
        Assert.Contains(
            $"127.0.0.1:{peer.Address().Port} tog imod forbindelsen, men svarede ikke på 15 s", problem, StringComparison.Ordinal);
        Assert.Contains("Gør sådan:", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hemmelig", text + portal.Output, StringComparison.Ordinal);

        // The transport gives up the silent connection and tries again.
        await PortalProcess.EventuallyAsync(() => Task.FromResult(peer.Connections), n => n >= 2);
        var metrics = await portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains(metrics.Split('\n'),
            l => l.StartsWith("portal_transport_state{", StringComparison.Ordinal)
                && l.Contains("transport=\"amqp\"", StringComparison.Ordinal)
                && l.Contains("state=\"connecting\"", StringComparison.Ordinal) && l.Contains("process=\"", StringComparison.Ordinal));
        Assert.Contains("portal_process_up{", metrics, StringComparison.Ordinal);
    }
}
