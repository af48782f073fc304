using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Storage.Postgres;
using Portal.Platform.Storage.Views;

namespace Portal.Platform.Storage;

/// <summary>Registers the portal's part of the database.</summary>
public static class PortalStorageServices
{
    /// <summary>
    /// Needs <see cref="PortalSettings"/> and the message side's storage. At start, call <see cref="PortalDatabase.PrepareAsync"/> after
    /// the message side has prepared its tables.
    /// </summary>
    public static IServiceCollection AddPortalStorage(this IServiceCollection services) => services
        .AddContexts<PortalDbContext, PostgresPortalDbContext>(PortalDbContext.HistoryTable)
        .AddSingleton<PortalDatabase>()
        .AddSingleton<ISavedViews, SavedViews>();
}
