using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage.Postgres;
using Portal.Ingestion.Storage.Sqlite;

namespace Portal.Ingestion.Storage;

/// <summary>Registers the EF contexts, chosen by <c>Database:Provider</c>.</summary>
public static class ContextServices
{
    /// <summary>
    /// Registers the factories of both contexts, and an <see cref="IDbContextFactory{T}"/> of the first that creates the configured one of
    /// the two. Needs <see cref="PortalSettings"/>.
    /// </summary>
    public static IServiceCollection AddContexts<T, TPostgres>(this IServiceCollection services, string historyTable)
        where T : DbContext
        where TPostgres : T
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => PostgresConnections.Open(provider.GetRequiredService<PortalSettings>().ConnectionString));
        services.TryAddSingleton<PostgresDatabase>();
        services.TryAddSingleton<SqliteMigrator>();
        services.TryAddSingleton(provider => DatabaseServices.Of(provider).Migrator(provider));
        return services
            .AddDbContextFactory<T>((provider, options) => options
                .UseSqlite(
                    provider.GetRequiredService<PortalSettings>().ConnectionString, sqlite => sqlite.MigrationsHistoryTable(historyTable))
                .ConfigureWarnings(LeaveSnapshotsToTests)
                .AddInterceptors(UnsupportedTextInterceptor.Instance, NumbersThatFit.Instance))
            .AddDbContextFactory<TPostgres>((provider, options) => options
                .UseNpgsql(PostgresConnections.Complete(provider.GetRequiredService<PortalSettings>().ConnectionString),
                    postgres => postgres.MigrationsHistoryTable(historyTable)
                        .ExecutionStrategy(d => new Microsoft.EntityFrameworkCore.Storage.NonRetryingExecutionStrategy(d)))
                .ConfigureWarnings(LeaveSnapshotsToTests)
                .AddInterceptors(CaseInsensitiveLikeInterceptor.Instance, UnsupportedTextInterceptor.Instance))
            .AddSingleton<IDbContextFactory<T>>(provider =>
                provider.GetRequiredService<PortalSettings>().Provider == DatabaseProvider.PostgreSql
                    ? new Contexts<T>(provider.GetRequiredService<IDbContextFactory<TPostgres>>().CreateDbContext)
                    : new Contexts<T>(
                        () => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<DbContextOptions<T>>())));
    }

    // A test finds a missing migration; EF's check at start would build another model each time.
    private static void LeaveSnapshotsToTests(WarningsConfigurationBuilder warnings) =>
        warnings.Ignore(RelationalEventId.PendingModelChangesWarning);

    private sealed class Contexts<T>(Func<T> make) : IDbContextFactory<T>
        where T : DbContext
    {
        public T CreateDbContext() => make();
    }
}
