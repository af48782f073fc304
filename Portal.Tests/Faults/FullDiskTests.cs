using System.Net;
using System.Security.Cryptography;
using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Envelopes;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// The disk with database, keys, checkpoints and log is full to the last byte, without <c>Ingestion:MinimumFreeMegabytes</c>: the
/// transports pause.
/// </summary>
[Collection(RabbitMqTests.Name)]
public sealed class FullDiskTests(RabbitMqServer broker)
{
    private const int Queued = 400;
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);

    [Fact]
    public async Task Nothing_is_lost_nothing_good_is_quarantined_and_all_continues_by_itself_when_there_is_room()
    {
        await using var disk = SmallDisk.TryMount(64);
        if (disk is null) Assert.Skip(SmallDisk.OnlyRoot);
        var queue = Guid.NewGuid().ToString();
        await QueueFiller.FillAsync(broker.Address, queue, Bodies(1), TestContext.Current.CancellationToken);
        var log = Path.Combine(disk.Path, "portal.log");
        await using var portal = await PortalProcess.StartAsync(disk.Path, log: log, settings:
        [
            "--Ingestion:MinimumFreeMegabytes=0", $"--Ledger:CheckpointPath={Path.Combine(disk.Path, "checkpoints")}",
            "--Ingestion:Amqp:Enabled=true", $"--Ingestion:Amqp:Uri={broker.Address}", $"--Ingestion:Amqp:Queue={queue}",
        ]);
        await PortalProcess.EventuallyAsync(() => SizeAsync(portal), size => size == 1);

        // How many messages still fit before the first refusal is not fixed.
        disk.Fill();
        var (taken, refused) = (0, new Queue<byte[]>());
        while (refused.Count == 0)
        {
            var body = Bodies(1)[0];
            if (await IsTakenAsync(portal, body)) taken++;
            else refused.Enqueue(body);
            Assert.True(taken < 5000, "The disk does not fill.");
        }

        await PublishAsync(queue, Bodies(Queued));
        await PortalProcess.EventuallyAsync(() => portal.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            metrics => metrics.Split('\n').Any(l => l.StartsWith("portal_transport_state", StringComparison.Ordinal)
                && l.Contains("amqp", StringComparison.Ordinal) && l.Contains("paused", StringComparison.Ordinal)));
        for (var n = 0; n < 20; n++)
        {
            var body = Bodies(1)[0];
            if (await IsTakenAsync(portal, body))
            {
                taken++;
                continue;
            }

            refused.Enqueue(body);
            using var ready = await portal.Http.GetAsync(Ready, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains(
                "Disken er fuld.", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Empty((await portal.GetAsync("/api/karantaene"))["items"]!.AsArray());
        Assert.True(portal.IsRunning);
        var written = new FileInfo(log).Length;

        disk.Free();
        await PortalProcess.EventuallyAsync(() => portal.Http.GetAsync(Ready), answer => answer.IsSuccessStatusCode);
        var all = 1 + Queued + taken + refused.Count;
        while (refused.TryDequeue(out var body)) Assert.True(await IsTakenAsync(portal, body));
        await PortalProcess.EventuallyAsync(() => SizeAsync(portal), size => size == all);
        await PortalProcess.EventuallyAsync(() => QueueFiller.CountAsync(broker.Address, queue, default), left => left == 0);
        Assert.Empty((await portal.GetAsync("/api/karantaene"))["items"]!.AsArray());
        var verdict = await portal.GetAsync("/api/bevis/verificer");
        Assert.Equal((true, all), ((bool)verdict["intact"]!, (int)verdict["size"]!));

        // The process is the same, and it writes to its log again.
        Assert.True(portal.IsRunning);
        Assert.True(new FileInfo(log).Length > written);
    }

    private async Task PublishAsync(string queue, byte[][] bodies)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new RabbitMQ.Client.CreateChannelOptions(true, true));
        foreach (var body in bodies)
        {
            await channel.BasicPublishAsync(
                "", queue, true, new RabbitMQ.Client.BasicProperties { DeliveryMode = RabbitMQ.Client.DeliveryModes.Persistent }, body);
        }
    }

    /// <summary>True when push answered StatusKode 20; any other answer must be 40.</summary>
    private static async Task<bool> IsTakenAsync(PortalProcess portal, byte[] body)
    {
        using var answer = await portal.PushAsync(body);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            Assert.Contains("<sd:StatusKode>20</sd:StatusKode>", text, StringComparison.Ordinal);
            return true;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("<sd:StatusKode>40</sd:StatusKode>", text, StringComparison.Ordinal);
        return false;
    }

    /// <summary>The number of messages in the log.</summary>
    private static async Task<long> SizeAsync(PortalProcess portal) =>
        long.Parse((await portal.Http.GetStringAsync(new Uri("/api/bevis/checkpoint", UriKind.Relative))).Split('\n')[1],
            System.Globalization.CultureInfo.InvariantCulture);

    // Messages of several kilobytes that do not compress.
    private static byte[][] Bodies(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Stories.Envelopes.With(
            KnownHandlinger.Klar, $"<MessageUUID>{Guid.NewGuid()}</MessageUUID><TransaktionsDatoTid>2026-02-13T12:00:00Z"
                + $"</TransaktionsDatoTid><!--{RandomNumberGenerator.GetHexString(20_000)}-->").Bytes)];
}
