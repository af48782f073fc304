using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresDatabaseStartTests(PostgresServer server) : DatabaseStartTests
{
    internal override Task<IngestionHouse> OpenAsync(string folder, bool create = true) =>
        IngestionHouse.OpenAsync(folder, server: server.ConnectionString(Path.GetFileName(folder)), create: create);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresQuarantineClosingTests(PostgresServer server) : QuarantineClosingTests
{
    internal override Task<IngestionHouse> OpenAsync() => server.OpenAsync();
}
