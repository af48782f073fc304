using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Backup;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Postgres;
using Portal.Ingestion.Log.Sqlite;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// The implementations for each database. To support another database, add a member to <see cref="DatabaseProvider"/>, an entry here, and:
/// <list type="bullet">
/// <item>a context with migrations and a compiled model on each side, chosen in <see cref="ContextServices"/>; it overrides the SQL that
/// EF does not write (<see cref="PostgresIngestionDbContext"/> is the example);</item>
/// <item>what its errors mean and how people read them: a class of <see cref="DatabaseErrors"/>;</item>
/// <item>its name and, when it is one, its file: <see cref="DatabaseName"/>;</item>
/// <item>how its connection string is read (<see cref="SettingsReader"/>), and its start (<see cref="StorageServices"/>).</item>
/// </list>
/// The compliance tests of the message log and of the start run against each (<c>Portal.Tests/Postgres</c>).
/// </summary>
internal static class DatabaseServices
{
    private static readonly Database Sqlite = new()
    {
        ReadConnectionString = SettingsReader.ReadFile,
        Start = services => services.GetRequiredService<SqliteDatabase>(),
        Migrator = services => services.GetRequiredService<SqliteMigrator>(),
        OpenLog = services => new SqliteLogDatabase(
            services.GetRequiredService<PortalSettings>().ConnectionString, services.GetRequiredService<AppendProbe>()),
        OpenCopy = services => new SqliteDatabaseCopy(services.GetRequiredService<PortalSettings>()),
        ManyWriteAtOnce = false,
        AddLogHints = services => services,
    };

    private static readonly Database PostgreSql = new()
    {
        ReadConnectionString = SettingsReader.ReadServer,
        Start = services => services.GetRequiredService<PostgresIngestionDatabase>(),
        Migrator = services => services.GetRequiredService<PostgresDatabase>(),
        OpenLog = services => ActivatorUtilities.CreateInstance<PostgresLogDatabase>(services),
        OpenCopy = services => ActivatorUtilities.CreateInstance<PostgresDatabaseCopy>(services),
        ManyWriteAtOnce = true,
        AddLogHints = services => services.AddHostedService<PostgresListener>(),
    };

    /// <summary>The implementation for a provider.</summary>
    public static Database Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.PostgreSql => PostgreSql,
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    /// <summary>The implementation for the configured provider.</summary>
    public static Database Of(IServiceProvider services) => Of(services.GetRequiredService<PortalSettings>().Provider);

    /// <summary>What each database must provide.</summary>
    internal sealed record Database
    {
        /// <summary>Reads and validates <c>Database:ConnectionString</c>.</summary>
        public required Func<IConfiguration, string> ReadConnectionString { get; init; }

        /// <summary>Prepares the message side's tables at the start.</summary>
        public required Func<IServiceProvider, IngestionDatabase> Start { get; init; }

        /// <summary>Prepares other contexts' tables, after <see cref="Start"/>.</summary>
        public required Func<IServiceProvider, DatabaseMigrator> Migrator { get; init; }

        /// <summary>Opens connections that write the message log.</summary>
        public required Func<IServiceProvider, ILogDatabase> OpenLog { get; init; }

        /// <summary>Copies the database for <c>backup</c> and <c>restore</c>.</summary>
        public required Func<IServiceProvider, IDatabaseCopy> OpenCopy { get; init; }

        /// <summary>True for a server that allows concurrent writers; else <see cref="WriteGate"/> lets one write at a time.</summary>
        public required bool ManyWriteAtOnce { get; init; }

        /// <summary>Adds a listener for writes of other processes, if the database supports it.</summary>
        public required Func<IServiceCollection, IServiceCollection> AddLogHints { get; init; }
    }
}
