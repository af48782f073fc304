using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage.Sqlite;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

public sealed class SqliteStoreTests : StoreTests
{
    private protected override Task<IngestionFixture> OpenAsync(
        string? folder = null, int maxBytes = 1 << 20, Action<IServiceCollection>? more = null) =>
        IngestionFixture.OpenAsync(folder, maxBytes, more);

    private protected override Task RefuseContentOverAsync(IngestionFixture fixture, int bytes) =>
        fixture.SqlAsync($"CREATE TRIGGER refuseContent BEFORE INSERT ON Quarantine WHEN length(NEW.Content) > {bytes} BEGIN "
            + "SELECT RAISE(ABORT, 'no'); END");

    [Fact]
    public async Task A_message_that_the_database_refuses_goes_to_quarantine_and_takes_nobody_with_it()
    {
        await using var fixture = await OpenAsync();
        await fixture.SqlAsync(
            "CREATE TRIGGER refuse BEFORE INSERT ON Messages WHEN NEW.BeskedId = X'6200' BEGIN SELECT RAISE(ABORT, 'no'); END");
        ReadDelivery Read(string id) => fixture.Reader.Read(new Delivery(IngestionFixture.Envelope(id), "push", fixture.Time.GetUtcNow()));

        var outcomes = await fixture.Store.AppendAsync([Read("a"), Read("b"), Read("c")], default);

        Assert.Equal(1, Assert.IsType<DeliveryOutcome.Accepted>(outcomes[0]).Sequence);
        Assert.Equal(QuarantineReason.Failed, Assert.IsType<DeliveryOutcome.Quarantined>(outcomes[1]).Reason);
        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(outcomes[2]).Sequence);
    }

    [Fact]
    public async Task A_locked_database_refuses_without_acknowledging_and_takes_messages_again_afterwards()
    {
        await using var fixture = await OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("before"));
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection(fixture.Settings.ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.ReceiveAsync(IngestionFixture.Envelope("during")));
        }

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("during"))).Sequence);
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
