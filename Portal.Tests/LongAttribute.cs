using Xunit.v3;

namespace Portal.Tests;

/// <summary>A long test (large corpora, every page × role × theme): <c>./test long</c> runs it, <c>./test</c> does not.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class LongAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Walk", "Long")];
}
