namespace Portal.Tests.Storage;

public sealed class SqliteLettersTests : StoredLettersTests
{
    private protected override Task<IngestionHouse> OpenAsync() => IngestionHouse.OpenAsync();
}
