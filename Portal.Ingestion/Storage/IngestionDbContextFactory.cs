using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Ingestion.Storage;

/// <summary>Lets <c>dotnet ef</c> create the context without starting the program.</summary>
public sealed class IngestionDbContextFactory : IDesignTimeDbContextFactory<IngestionDbContext>
{
    /// <inheritdoc />
    public IngestionDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<IngestionDbContext>()
            .UseSqlite("Data Source=:memory:", o => o.MigrationsHistoryTable(IngestionDbContext.HistoryTable))
            .Options);
}
