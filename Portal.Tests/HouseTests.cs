using Xunit;

namespace Portal.Tests;

public sealed class HouseTests
{
    [Fact]
    public void Portal_refers_to_ingestion_and_never_back() =>
        Assert.DoesNotContain(
            typeof(Portal.Ingestion.Log.LogSignal).Assembly.GetReferencedAssemblies(),
            a => a.Name == "Portal");
}
