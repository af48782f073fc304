using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>Lets <c>dotnet ef</c> create the context without a server.</summary>
public sealed class PostgresIngestionDbContextFactory : IDesignTimeDbContextFactory<PostgresIngestionDbContext>
{
    /// <inheritdoc />
    public PostgresIngestionDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresIngestionDbContext>()
            .UseNpgsql("Host=localhost;Database=portal", o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable))
            .Options);
}
