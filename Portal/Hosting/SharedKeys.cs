using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Portal.Ingestion.Supervision;
using StackExchange.Redis;

namespace Portal.Hosting;

/// <summary>
/// The keys that protect the sign-in cookie: in Redis for all portals, and in the memory of each. What Redis has forgotten is put back by
/// whoever still knows it, so that a Redis that was started again without its data signs nobody out.
/// </summary>
/// <param name="redis">The database; asked for each time, since it is connected to when it is first needed.</param>
/// <param name="list">The list that holds each element as XML, as ASP.NET Core's own repository writes it.</param>
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
            // What is known is enough to continue with; the note at /health/ready says that Redis is away.
        }

        // Each once, though two portals may have put the same back: a key that is there twice is refused.
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
    /// Learns what others have made and writes what Redis lacks; gives how many. 0 also when another portal wrote at the same moment: then
    /// it is looked at again next time.
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

    /// <summary>True when Redis does not answer now.</summary>
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

/// <summary>Looks every few seconds whether Redis still has the keys.</summary>
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
            // Reported at /health/ready and on Drift; looked at again.
        }
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);
}
