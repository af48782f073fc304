using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresChainStoreTests(PostgresServer server) : ChainStoreTests
{
    private protected override Task<ChainFixture> OpenAsync() => server.OpenChainsAsync();
}
