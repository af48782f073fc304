using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresLettersTests(PostgresServer server) : StoredLettersTests
{
    private protected override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
