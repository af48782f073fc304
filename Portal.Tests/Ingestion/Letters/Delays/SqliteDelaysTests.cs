using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Ingestion.Letters.Delays;

public sealed class SqliteDelaysTests : StoredDelaysTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}
