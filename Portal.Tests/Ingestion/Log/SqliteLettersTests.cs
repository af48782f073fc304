namespace Portal.Tests.Ingestion.Log;

public sealed class SqliteLettersTests : StoredLettersTests
{
    private protected override Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();
}
