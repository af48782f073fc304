using Portal.Features.Operations.Api;
using StackExchange.Redis;

namespace Portal.Hosting;

/// <summary>Reports when Redis cannot be reached.</summary>
internal sealed class RedisNote(IConnectionMultiplexer redis) : IReadinessNote
{
    /// <inheritdoc />
    public string? Now => redis.IsConnected
        ? null
        : "Redis svarer ikke. Siderne virker som før; men en ny log-ind gælder måske kun den portal, den er sket på, "
            + "og redaktører af en kæde på hver sin portal ser ikke, at de er der. Det går over af sig selv, når Redis svarer igen.";
}
