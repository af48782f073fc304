using Portal.Tests.Stories;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedPortals))]

namespace Portal.Tests.Stories;

/// <summary>
/// Two portals that stories of all classes share, at the same time too: each story has its own letters, chains and people, and none counts
/// what others may add. Started when the first needs one, ended with the run. A story that kills, counts or configures has a portal of its
/// own.
/// </summary>
public sealed class SharedPortals : IAsyncDisposable
{
    private static readonly Lazy<Task<HostedPortal>> EmptyOne = new(() => HostedPortal.StartAsync());
    private static readonly Lazy<Task<HostedPortal>> DemoOne =
        new(() => HostedPortal.StartAsync(demo: true, settings: ["--Demo:MessagesPerSecond=1"]));

    /// <summary>One that began with an empty database.</summary>
    internal static Task<HostedPortal> EmptyAsync() => EmptyOne.Value;

    /// <summary>One with the demo's letters and its three chains; no story makes more chains there.</summary>
    internal static Task<HostedPortal> DemoAsync() => DemoOne.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in (Lazy<Task<HostedPortal>>[])[EmptyOne, DemoOne])
        {
            if (one is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started }) await (await started).DisposeAsync();
        }
    }
}
