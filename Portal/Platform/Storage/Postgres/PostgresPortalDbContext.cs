using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Platform.Storage.Postgres;

/// <summary>The portal's tables on PostgreSQL.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options);

/// <summary>Lets <c>dotnet ef</c> create the context without a server.</summary>
public sealed class PostgresPortalDbContextFactory : IDesignTimeDbContextFactory<PostgresPortalDbContext>
{
    /// <inheritdoc />
    public PostgresPortalDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresPortalDbContext>()
            .UseNpgsql("Host=localhost;Database=portal", o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable))
            .Options);
}
