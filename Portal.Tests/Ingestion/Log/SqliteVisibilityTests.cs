namespace Portal.Tests.Ingestion.Log;

public sealed class SqliteVisibilityTests : VisibilityTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}
