using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Configuration;

namespace Portal.Storage;

/// <summary>Registers the portal side of the database.</summary>
public static class PortalStorageServices
{
    /// <summary>Needs <see cref="PortalSettings"/> and the message side's storage; call <see cref="PortalDatabase.PrepareAsync"/> after that of the message side.</summary>
    public static IServiceCollection AddPortalStorage(this IServiceCollection services) => services
        .AddDbContextFactory<PortalDbContext>((provider, options) => options.UseSqlite(
            provider.GetRequiredService<PortalSettings>().ConnectionString,
            sqlite => sqlite.MigrationsHistoryTable(PortalDbContext.HistoryTable)))
        .AddSingleton<PortalDatabase>();
}
