namespace Portal.Tests.Features.Chains;

public sealed class SqliteChainStoreTests : ChainStoreTests
{
    private protected override Task<ChainFixture> OpenAsync() => ChainFixture.OpenAsync();
}
