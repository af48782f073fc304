using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage.Postgres;

namespace Portal.Platform.Storage;

/// <summary>Registers the portal side of the database.</summary>
public static class PortalStorageServices
{
    /// <summary>
    /// Needs <see cref="PortalSettings"/> and the message side's storage; call <see cref="PortalDatabase.PrepareAsync"/> after that of the
    /// message side.
    /// </summary>
    public static IServiceCollection AddPortalStorage(this IServiceCollection services) => services
        .AddContexts<PortalDbContext, PostgresPortalDbContext>(PortalDbContext.HistoryTable)
        .AddSingleton<PortalDatabase>();
}
