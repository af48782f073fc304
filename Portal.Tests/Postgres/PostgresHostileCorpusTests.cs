using Portal.Tests.Faults;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresHostileCorpusTests(PostgresServer server) : HostileCorpusTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
