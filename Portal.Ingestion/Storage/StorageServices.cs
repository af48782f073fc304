using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Ledger;
using Portal.Ingestion.Messages;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Storage;

/// <summary>Registers the database and what reads and writes the message log.</summary>
public static class StorageServices
{
    /// <summary>Needs <see cref="PortalSettings"/>; call <see cref="IngestionDatabase.PrepareAsync"/> before anything reads.</summary>
    public static IServiceCollection AddIngestionStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDbContextFactory<IngestionDbContext>((provider, options) => options.UseSqlite(
                provider.GetRequiredService<PortalSettings>().ConnectionString,
                sqlite => sqlite.MigrationsHistoryTable(IngestionDbContext.HistoryTable)))
            .AddSingleton<WriteGate>()
            .AddSingleton<LogSignal>()
            .AddSingleton<ContentCodec>()
            .AddSingleton<ContentReader>()
            .AddSingleton<KindBook>()
            .AddSingleton<DeliveryReader>()
            .AddSingleton<RepeatCheck>()
            .AddSingleton<FirstLayout>()
            .AddLedgerKeeping()
            .AddSingleton<DatabaseStart>()
            .AddSingleton<IngestionDatabase, SqliteDatabase>()
            .AddSingleton<SqliteMessageStore>()
            .AddSingleton<IMessageStore>(provider => provider.GetRequiredService<SqliteMessageStore>())
            .AddSingleton<IMessageReader, MessageReader>()
            .AddSingleton<IQuarantineReader, QuarantineReader>()
            .AddSingleton<ICatalogue, CatalogueReader>();
    }
}
