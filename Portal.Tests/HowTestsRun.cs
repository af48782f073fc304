using System.Globalization;
using System.Runtime.CompilerServices;
using Bunit;
using Microsoft.Playwright;
using Portal.Tests;
using Portal.Tests.Ingestion.Transports.Amqp;
using Portal.Tests.Postgres;
using Xunit;
using Xunit.v3;

// More at once than the two cores: most long tests wait for their servers, browsers and commits.
[assembly: Parallelization(MaxThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Portal.Tests;

/// <summary>
/// Begins with the collections that take longest (Budgets.txt), so that none of them runs alone at the end: first those of the classes
/// that share a broker or a database server, which run one after another.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>The seconds of a class without a line in Budgets.txt.</summary>
    private const double UsualBudget = 10;

    /// <summary>Seconds by the full name of a test class, as Budgets.txt has them.</summary>
    internal static IReadOnlyDictionary<string, double> Budgets { get; } = File
        .ReadLines(Path.Combine(SourceTree.Root, "Portal.Tests", "Budgets.txt"))
        .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length == 2)
        .ToDictionary(words => "Portal.Tests." + words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection => [.. testCollections.OrderByDescending(BudgetOf)
            .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static double BudgetOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : Xunit.Sdk.ITestCollection
    {
        // The collection of a single class is named »Test collection for Portal.Tests.X (id: …)«.
        var words = collection.TestCollectionDisplayName.Split(' ');
        return words.Contains(RabbitMqTests.Name, StringComparer.Ordinal) || words.Contains(PostgresTests.Name, StringComparer.Ordinal)
            ? double.MaxValue
            : words.Max(word => Budgets.TryGetValue(word, out var seconds) ? seconds : UsualBudget);
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
