using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage.Sqlite;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

public sealed class SqliteStoreTests : StoreTests
{
    private protected override Task<IngestionFixture> OpenAsync(
        string? folder = null, int maxBytes = 1 << 20, Action<IServiceCollection>? more = null) =>
        IngestionFixture.OpenAsync(folder, maxBytes, more);

    private protected override Task<IngestionFixture> OpenImpatientAsync() => OpenAsync();

    private protected override Task RefuseContentOverAsync(IngestionFixture fixture, int bytes) =>
        fixture.SqlAsync($"CREATE TRIGGER refuseContent BEFORE INSERT ON Quarantine WHEN length(NEW.Content) > {bytes} BEGIN "
            + "SELECT RAISE(ABORT, 'no'); END");

    private protected override Task RefuseMessageAsync(IngestionFixture fixture, string beskedId) =>
        fixture.SqlAsync($"CREATE TRIGGER refuse BEFORE INSERT ON Messages WHEN NEW.BeskedId = X'{HexOf(beskedId)}' BEGIN "
            + "SELECT RAISE(ABORT, 'no'); END");

    private protected override async Task<IAsyncDisposable> HoldLogAsync(IngestionFixture fixture)
    {
        // Disposing it rolls back its transaction.
        var other = new SqliteConnection($"{fixture.Settings.ConnectionString};Pooling=false");
        await other.OpenAsync();
        other.BeginTransaction(deferred: false);
        return other;
    }

    [Fact]
    public async Task A_start_that_was_killed_while_migrating_does_not_stop_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("killed").FullName;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__IngestionMigrations" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01');
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using (var fixture = await OpenAsync(folder))
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_connection_writes_through_to_the_disk()
    {
        await using var fixture = await OpenAsync();
        await using var connection = DurableConnection.Open(fixture.Settings.ConnectionString);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT synchronous FROM pragma_synchronous) || (SELECT journal_mode FROM pragma_journal_mode)";

        Assert.Equal("2wal", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
