using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresDatabaseStartTests(PostgresServer server) : DatabaseStartTests
{
    internal override Task<IngestionFixture> OpenAsync(string folder, bool create = true) =>
        IngestionFixture.OpenAsync(folder, server: server.ConnectionString(Path.GetFileName(folder)), create: create);

    [Fact]
    public async Task Each_table_has_the_columns_of_the_model_though_some_are_made_by_hand()
    {
        await using var fixture = await server.OpenAsync(services: services => services.AddPortalStorage());
        await fixture.Services.GetRequiredService<PortalDatabase>().PrepareAsync(TestContext.Current.CancellationToken);
        await using var messages = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        await using var portal = await fixture.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        foreach (var db in new DbContext[] { messages, portal })
        {
            await MigrationTests.HasColumnsAsync(db, """SELECT table_name AS "Table", column_name AS "Column", """
                + """is_nullable = 'YES' AS "Nullable" FROM information_schema.columns WHERE table_schema = 'public'""");
        }
    }
}

[Collection(PostgresTests.Name)]
public sealed class PostgresQuarantineHoldTests(PostgresServer server) : QuarantineHoldTests
{
    internal override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresQuarantineClosingTests(PostgresServer server) : QuarantineClosingTests
{
    internal override Task<IngestionFixture> OpenAsync() => server.OpenAsync();
}
