using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Transports.Simulator;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Outside;
using RabbitMQ.Client;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>The simulator and the tools of <c>bench</c> with a real broker.</summary>
[Collection(RabbitMqTests.Name)]
public sealed class AmqpSenderTests(RabbitMqServer broker)
{
    [Fact]
    public async Task The_queue_holds_the_traffic_in_order_byte_for_byte_with_the_transaction_id_as_message_id()
    {
        var queue = Guid.NewGuid().ToString();
        var result = await SendAsync(queue, 600);

        Assert.Equal(new SimulateResult(600, 0, 0), result);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var expected in Traffic().Take(600))
        {
            var got = (await channel.BasicGetAsync(queue, autoAck: true))!;
            Assert.Equal(expected.Bytes, got.Body.ToArray());
            var id = ((EnvelopeReading.Understood)HaendelsesbeskedReader.Read(expected.Bytes)).Besked.Leveranceinformation?.TransaktionsId;
            Assert.NotNull(id);
            Assert.Equal(id, got.BasicProperties.MessageId, ignoreCase: true);
            Assert.True(got.BasicProperties.Persistent);
        }

        Assert.Null(await channel.BasicGetAsync(queue, autoAck: true));
    }

    [Fact]
    public async Task Without_a_queue_it_goes_to_the_distributors_exchange_which_must_exist_and_lead_somewhere()
    {
        var missing = await Assert.ThrowsAsync<SimulateStoppedException>(() => SendAsync(null, 1));
        Assert.Contains("har ingen exchange AFSEND_BESKED_EXCHANGE; angiv en kø med --queue", missing.Message, StringComparison.Ordinal);

        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(AmqpTarget.Exchange, "direct", durable: true);
        try
        {
            var leading = await Assert.ThrowsAsync<SimulateStoppedException>(() => SendAsync(null, 1));
            Assert.Contains("ikke bundet", leading.Message, StringComparison.Ordinal);

            var queue = (await channel.QueueDeclareAsync()).QueueName;
            await channel.QueueBindAsync(queue, AmqpTarget.Exchange, "");
            Assert.Equal(3, (await SendAsync(null, 3)).Accepted);
            Assert.Equal(3u, await channel.MessageCountAsync(queue));
        }
        finally
        {
            await channel.ExchangeDeleteAsync(AmqpTarget.Exchange);
        }
    }

    [Fact]
    public async Task A_refusal_is_one_clear_line_without_the_password()
    {
        var target = new AmqpTarget(broker.AddressFor(RabbitMqServer.User, "forkert-kode"), "q");
        var refused = await Assert.ThrowsAsync<SimulateStoppedException>(() => new AmqpSender(TimeProvider.System)
            .SendAsync(target, Traffic(), null, 1, null, default));
        Assert.Contains("afviste bruger eller adgangskode. 0 beskeder", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("forkert-kode", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_publishes_to_a_queue()
    {
        var queue = Guid.NewGuid().ToString();
        Assert.Equal(
            0, (await Programs.IngestionAsync("simulate", "--to", broker.Address.ToString(), "--queue", queue, "--count", "7")).Status);
        Assert.Equal(7, await QueueFiller.CountAsync(broker.Address, queue, default));
        Assert.Equal(1, (await Programs.IngestionAsync("simulate", "--to", "http://localhost/", "--queue", queue, "--count", "7")).Status);
        Assert.Equal(1, (await Programs.IngestionAsync("simulate", "--to", "amqp://localhost/en/to", "--count", "7")).Status);
    }

    [Fact]
    public async Task The_bare_consumer_takes_what_the_filler_filled()
    {
        var queue = Guid.NewGuid().ToString();
        await QueueFiller.FillAsync(broker.Address, queue, [.. Traffic().Take(1050).Select(m => m.Bytes)], default);
        Assert.Equal(1050, await QueueFiller.CountAsync(broker.Address, queue, default));
        Assert.True(await BareConsumer.RunAsync(broker.Address, queue, 1050, default) > 0);
        Assert.Equal(0, await QueueFiller.CountAsync(broker.Address, queue, default));
        await QueueFiller.RemoveAsync(broker.Address, queue, default);
    }

    private async Task<SimulateResult> SendAsync(string? queue, int count) =>
        await new AmqpSender(TimeProvider.System).SendAsync(new AmqpTarget(broker.Address, queue), Traffic(), null, count, null, default);

    private static IEnumerable<SimulatedMessage> Traffic() =>
        new PostStatusTraffic(5, DateTimeOffset.UnixEpoch, IngestionFixture.Own).Messages();
}
