using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Catalogue;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;
using Portal.Ingestion.Supervision;
using Portal.Ingestion.Verification;

namespace Portal.Ingestion.Hosting;

/// <summary>Registers the database and the readers and writers of the message log.</summary>
public static class StorageServices
{
    /// <summary>Needs <see cref="PortalSettings"/>; call <see cref="IngestionDatabase.PrepareAsync"/> before anything reads.</summary>
    public static IServiceCollection AddIngestionStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddContexts<IngestionDbContext, PostgresIngestionDbContext>(IngestionDbContext.HistoryTable)
            .AddSingleton(provider => new WriteGate(isOpen: DatabaseServices.Of(provider).ManyWriteAtOnce))
            .AddSingleton<ServiceLeases>()
            .AddSingleton<LogSignal>()
            .AddSingleton<ContentCodec>()
            .AddSingleton<ContentReader>()
            .AddSingleton<MessageKindCache>()
            .AddSingleton<AppendProbe>()
            .AddSingleton<DeliveryReader>()
            .AddSingleton<RepeatCheck>()
            .AddLedgerServices()
            .AddJournal()
            .AddSingleton<DatabaseSeeder>()
            .AddSingleton<SqliteDatabase>()
            .AddSingleton<PostgresIngestionDatabase>()
            .AddSingleton(provider => DatabaseServices.Of(provider).Start(provider))
            .AddSingleton<MessageAppender>()
            .AddSingleton(provider => DatabaseServices.Of(provider).OpenLog(provider))
            .AddSingleton(provider => new MessageStore(
                provider.GetRequiredService<ILogDatabase>(), provider.GetRequiredService<WriteGate>(),
                provider.GetRequiredService<MessageAppender>(), provider.GetRequiredService<DeliveryReader>(),
                provider.GetRequiredService<AppendProbe>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<MessageStore>>()))
            .AddSingleton<IMessageReader, MessageReader>()
            .AddSingleton<IQuarantineReader, QuarantineReader>()
            .AddSingleton<IQuarantineCauses, QuarantineCauses>()
            .AddSingleton<IQuarantineHolds, QuarantineHolds>()
            .AddSingleton<ICatalogue, CatalogueReader>();
    }

    /// <summary>Registers the listener for writes of other processes, on PostgreSQL. For processes that show or match messages.</summary>
    public static IServiceCollection AddLogHints(this IServiceCollection services, PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return DatabaseServices.Of(settings.Provider).AddLogHints(services);
    }
}
