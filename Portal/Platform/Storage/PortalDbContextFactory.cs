using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Platform.Storage;

/// <summary>Lets <c>dotnet ef</c> create the context without starting the program.</summary>
public sealed class PortalDbContextFactory : IDesignTimeDbContextFactory<PortalDbContext>
{
    /// <inheritdoc />
    public PortalDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite("Data Source=:memory:", o => o.MigrationsHistoryTable(PortalDbContext.HistoryTable))
            .Options);
}
