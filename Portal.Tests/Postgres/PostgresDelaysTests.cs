using Portal.Tests.Ingestion.Letters.Delays;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresDelaysTests(PostgresServer server) : StoredDelaysTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
