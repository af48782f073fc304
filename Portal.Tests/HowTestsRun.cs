using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.Playwright;
using Portal.Tests;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Postgres;
using Portal.Tests.Stories;
using Xunit;
using Xunit.v3;

// More at once than the two cores: most long tests wait for their servers, browsers and commits.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Portal.Tests;

/// <summary>Begins with the collections that take longest, so that none of them runs alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        RabbitMqTests.Name, PostgresTests.Name,
        .. ((Type[])
        [
            typeof(ReconnectTests), typeof(ChainGestureStoryTests), typeof(ChainAndOperationPagesSeenTests), typeof(MessagePagesSeenTests),
            typeof(ProcessesStoryTests), typeof(WorkshopStoryTests), typeof(GalleryStoryTests), typeof(BenefitStoryTests),
        ])
            .Select(t => t.FullName!),
    ];

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection => [.. testCollections.OrderBy(PlaceOf)
            .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : Xunit.Sdk.ITestCollection
    {
        // The collection of a single class is named »Test collection for Portal.Tests.X (id: …)«.
        var place =
            Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Split(' ').Contains(name, StringComparer.Ordinal));
        return place >= 0 ? place
            : collection.TestCollectionDisplayName.Contains(".Stories.", StringComparison.Ordinal) ? Longest.Length
            : Longest.Length + 1;
    }
}

/// <summary>How long a test waits for what it expects to see: long enough for a busy machine.</summary>
internal static class TestTimeouts
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>For a page to open, or for a click that opens another page.</summary>
    public static TimeSpan ForPages { get; } = TimeSpan.FromSeconds(90);

    [ModuleInitializer]
    internal static void Apply()
    {
        BunitContext.DefaultWaitTimeout = Longest;
        Assertions.SetDefaultExpectTimeout((float)Longest.TotalMilliseconds);
    }
}
