using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Hosting;
using Xunit;

namespace Portal.Tests.Postgres;

/// <summary>Portal nodes that share their sign-in keys over a real Redis, which loses everything when it is killed.</summary>
public sealed class SharedKeysTests
{
    [Fact]
    public async Task Keys_that_Redis_has_lost_are_put_back_once_and_a_new_portal_reads_what_the_old_ones_wrote()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = Node(redis);
        var written = Protector(one).Protect("sofie");
        await using var two = Node(redis);
        Assert.Equal("sofie", Protector(two).Unprotect(written));
        Assert.Equal(0, await KeysOf(one).PutBackAsync());

        await redis.KillAsync();
        Assert.NotEmpty(KeysOf(one).GetAllElements());
        await redis.StartAgainAsync();
        var back = 0;
        await Stories.PortalProcess.EventuallyAsync(
            async () =>
            {
                // Both at the same time, as portals do.
                var counts = await Task.WhenAll(PutBackAsync(one), PutBackAsync(two));
                back += counts.Sum() ?? 0;
                return counts;
            },
            counts => counts.All(c => c is not null));

        Assert.Equal(1, back);
        Assert.Equal(0, await KeysOf(one).PutBackAsync());
        await using var three = Node(redis);
        Assert.Equal("sofie", Protector(three).Unprotect(written));
        Assert.Single(KeysOf(three).GetAllElements());
    }

    [Fact]
    public async Task A_key_that_is_in_Redis_twice_is_one_key()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = Node(redis);
        var written = Protector(one).Protect("sofie");
        var keys = KeysOf(one);
        keys.StoreElement(keys.GetAllElements().Single(), "again");

        await using var two = Node(redis);
        Assert.Equal("sofie", Protector(two).Unprotect(written));
        Assert.Single(KeysOf(two).GetAllElements());
    }

    // Null while the node has not reconnected to Redis.
    private static async Task<int?> PutBackAsync(ServiceProvider node)
    {
        try
        {
            return await KeysOf(node).PutBackAsync();
        }
        catch (Exception away) when (SharedKeys.IsAway(away))
        {
            return null;
        }
    }

    private static ServiceProvider Node(RedisServer redis) => new ServiceCollection().AddLogging()
        .AddRedis(new ConfigurationBuilder().AddInMemoryCollection([new("Redis:ConnectionString", redis.Address)]).Build())
        .BuildServiceProvider();

    private static IDataProtector Protector(ServiceProvider node) =>
        node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static SharedKeys KeysOf(ServiceProvider node) => node.GetRequiredService<SharedKeys>();
}
