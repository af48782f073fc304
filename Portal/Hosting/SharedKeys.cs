using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Portal.Ingestion.Supervision;
using StackExchange.Redis;

namespace Portal.Hosting;

/// <summary>
/// The data-protection keys of the sign-in cookie: in Redis for all portal nodes, and in the memory of each. Nodes restore keys that Redis
/// has lost, so that a Redis restarted without its data signs nobody out.
/// </summary>
/// <param name="redis">Returns the database; connects at the first use.</param>
/// <param name="list">Key of the Redis list with one XML element per item, the format of ASP.NET Core's own repository.</param>
internal sealed class SharedKeys(Func<IDatabase> redis, string list) : IXmlRepository
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        try
        {
            Remember(redis().ListRange(list));
        }
        catch (Exception away) when (IsAway(away) && Known().Count > 0)
        {
            // The keys in memory are enough to continue; /health/ready reports the outage.
        }

        // Without duplicates, since two nodes may have restored the same key, and data protection refuses a duplicate key.
        return [.. Known().Select(XElement.Parse)];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        RedisValue text = element.ToString(SaveOptions.DisableFormatting);
        redis().ListRightPush(list, text);
        Remember([text]);
    }

    /// <summary>
    /// Reads new keys of other nodes and restores missing ones; returns how many. 0 also when another node wrote at the same moment; the
    /// next round checks again.
    /// </summary>
    public async Task<int> PutBackAsync()
    {
        var database = redis();
        var there = await database.ListRangeAsync(list);
        Remember(there);
        RedisValue[] missing = [.. Known().Except(there.Select(t => t.ToString()), StringComparer.Ordinal).Select(t => (RedisValue)t)];
        if (missing.Length == 0) return 0;
        var push = database.CreateTransaction();
        push.AddCondition(Condition.ListLengthEqual(list, there.Length));
        var pushed = push.ListRightPushAsync(list, missing);
        if (!await push.ExecuteAsync()) return 0;
        await pushed;
        return missing.Length;
    }

    /// <summary>True when Redis cannot be reached.</summary>
    public static bool IsAway(Exception problem) => problem is RedisException or TimeoutException or ObjectDisposedException;

    private List<string> Known()
    {
        lock (_lock) return [.. _known];
    }

    private void Remember(IEnumerable<RedisValue> elements)
    {
        lock (_lock) _known.UnionWith(elements.Select(e => e.ToString()));
    }
}

/// <summary>Checks every 5 s that Redis still has the keys.</summary>
internal sealed class SharedKeysRefreshService(
    SharedKeys keys, TimeProvider time, ILogger<SharedKeysRefreshService> log) : SupervisedService(time, log)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override string Name => "sign-in-keys";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await keys.PutBackAsync() is > 0 and var count)
                Log.LogWarning("Redis had lost {Count} sign-in keys; they were put back", count);
        }
        catch (Exception away) when (SharedKeys.IsAway(away))
        {
            // Reported at /health/ready and on the Drift page; the next round tries again.
        }
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);
}
