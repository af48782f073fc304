using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>
/// The order of the tests and the list of slow classes rest on Budgets.txt: a class that was renamed must not drop out of it.
/// </summary>
public sealed class BudgetTests
{
    [Fact]
    public void Every_line_of_the_budgets_names_a_class_with_tests()
    {
        Assert.True(LongestFirst.Budgets.Count > 30, $"{LongestFirst.Budgets.Count} lines were read.");
        var tests = typeof(BudgetTests).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute), inherit: true)))
            .Select(t => t.FullName!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], LongestFirst.Budgets.Keys.Except(tests, StringComparer.Ordinal));
    }
}
