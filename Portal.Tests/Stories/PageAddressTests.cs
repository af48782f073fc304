using Portal.Ingestion.Hosting;
using Xunit;

namespace Portal.Tests.Stories;

/// <summary>Stories wait for an address with IsAtAsync, which cannot miss a change.</summary>
public sealed class PageAddressTests
{
    // Concatenated, so that this file does not contain the name.
    private const string Misses = "WaitForURL" + "Async(";

    [Fact]
    public void No_story_waits_for_an_address_by_what_misses_one_that_changes_in_the_moment_before_it_listens() =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(ConfigurationFile.Root, "Portal.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains(Misses, StringComparison.Ordinal)).Select(Path.GetFileName));
}
