namespace Portal.Tests.Storage;

public sealed class SqliteVisibilityTests : VisibilityTests
{
    private protected override Task<IngestionHouse> OpenAsync() => IngestionHouse.OpenAsync();
}
