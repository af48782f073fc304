using Portal.Tests.Stories;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPortals))]

namespace Portal.Tests.Stories;

/// <summary>
/// Two portals that stories of all classes share, also at the same time: each story uses its own letters, chains and people, and does not
/// count what others may add. Started when first needed, stopped with the run. A story that kills, counts or configures a portal starts its
/// own.
/// </summary>
public sealed class SharedPortals : IAsyncDisposable
{
    private static readonly Lazy<Task<HostedPortal>> EmptyOne = new(() => HostedPortal.StartAsync());
    private static readonly Lazy<Task<HostedPortal>> DemoOne = new(StartDemoAsync);

    /// <summary>One that began with an empty database.</summary>
    internal static Task<HostedPortal> EmptyAsync() => EmptyOne.Value;

    /// <summary>One with the demo's letters and its three chains; no story makes more chains there.</summary>
    internal static Task<HostedPortal> DemoAsync() => DemoOne.Value;

    // The chains come some seconds after the portal is ready: whichever story is first needs them.
    private static async Task<HostedPortal> StartDemoAsync()
    {
        var portal = await HostedPortal.StartAsync(demo: true, settings: ["--Demo:MessagesPerSecond=1"]);
        await RunningPortal.EventuallyAsync(
            () => portal.GetAsync("/api/effektkaeder"), list => list["items"]!.AsArray().Count == 3);
        return portal;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in (Lazy<Task<HostedPortal>>[])[EmptyOne, DemoOne])
        {
            if (one is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started }) await (await started).DisposeAsync();
        }
    }
}
