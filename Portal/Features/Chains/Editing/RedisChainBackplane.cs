using System.Text.Json;
using StackExchange.Redis;

namespace Portal.Features.Chains.Editing;

/// <summary>The backplane over Redis' publish and subscribe.</summary>
internal sealed class RedisChainBackplane(IConnectionMultiplexer redis, ILogger<RedisChainBackplane> logger) : IChainBackplane
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("beskedportalen:chains");
    private readonly string _node = Guid.NewGuid().ToString("N");

    private sealed record Envelope(string Node, BackplaneMessage Word);

    public void Publish(BackplaneMessage word)
    {
        try
        {
            redis.GetSubscriber().Publish(
                Channel, JsonSerializer.Serialize(new Envelope(_node, word), JsonSerializerOptions.Web), CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            // Redis is down: the other nodes poll the log every second, and get presence when it is back.
        }
    }

    public IDisposable Listen(Action<string, BackplaneMessage> heard)
    {
        var subscriber = redis.GetSubscriber();
        void Hear(RedisChannel channel, RedisValue message)
        {
            try
            {
                if (JsonSerializer.Deserialize<Envelope>(message.ToString(), JsonSerializerOptions.Web) is { } envelope
                    && envelope.Node != _node)
                {
                    heard(envelope.Node, envelope.Word);
                }
            }
            catch (JsonException problem)
            {
                logger.LogWarning(problem, "Another node said something of a chain that this version does not understand");
            }
        }

        // Fire and forget: when Redis is down now, the subscription is made once it is back.
        subscriber.Subscribe(Channel, Hear, CommandFlags.FireAndForget);
        return new Subscription(() => subscriber.Unsubscribe(Channel, Hear, CommandFlags.FireAndForget));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
