using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Platform.Storage;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresSavedViewTests(PostgresServer server) : SavedViewTests
{
    private protected override Task<IngestionFixture> OpenAsync() =>
        server.OpenAsync(services: services => services.AddPortalStorage());
}
