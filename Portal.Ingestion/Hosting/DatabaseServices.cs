using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Postgres;
using Portal.Ingestion.Log.Sqlite;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Storage.Postgres;

namespace Portal.Ingestion.Hosting;

/// <summary>
/// What the portal needs of a database, and what each has: the one list. Another database is a member of <see cref="DatabaseProvider"/>
/// and an entry here, and besides, by the places that these types name:
/// <list type="bullet">
/// <item>a context with migrations and a compiled model on each side, chosen in <see cref="ContextServices"/>; it overrides the SQL that
/// EF does not write (<see cref="PostgresIngestionDbContext"/> is the example);</item>
/// <item>what its errors mean and how people read them: a class of <see cref="DatabaseErrors"/>;</item>
/// <item>its name and, when it is one, its file: <see cref="DatabaseName"/>.</item>
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
        ManyWriteAtOnce = false,
        AddLogHints = services => services,
    };

    private static readonly Database PostgreSql = new()
    {
        ReadConnectionString = SettingsReader.ReadServer,
        Start = services => services.GetRequiredService<PostgresIngestionDatabase>(),
        Migrator = services => services.GetRequiredService<PostgresDatabase>(),
        OpenLog = services => ActivatorUtilities.CreateInstance<PostgresLogDatabase>(services),
        ManyWriteAtOnce = true,
        AddLogHints = services => services.AddHostedService<PostgresListener>(),
    };

    /// <summary>What a provider has.</summary>
    public static Database Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.PostgreSql => PostgreSql,
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    /// <summary>What the configured provider has.</summary>
    public static Database Of(IServiceProvider services) => Of(services.GetRequiredService<PortalSettings>().Provider);

    /// <summary>What is needed of a database.</summary>
    internal sealed record Database
    {
        /// <summary>Reads and checks <c>Database:ConnectionString</c>.</summary>
        public required Func<IConfiguration, string> ReadConnectionString { get; init; }

        /// <summary>Makes the message side's tables ready at the start.</summary>
        public required Func<IServiceProvider, IngestionDatabase> Start { get; init; }

        /// <summary>Makes other contexts' tables ready, after <see cref="Start"/>.</summary>
        public required Func<IServiceProvider, DatabaseMigrator> Migrator { get; init; }

        /// <summary>Opens connections that write the message log.</summary>
        public required Func<IServiceProvider, ILogDatabase> OpenLog { get; init; }

        /// <summary>True for a server with locks of its own; otherwise one writes at a time (<see cref="WriteGate"/>).</summary>
        public required bool ManyWriteAtOnce { get; init; }

        /// <summary>Listens for what other processes write, where the database can tell.</summary>
        public required Func<IServiceCollection, IServiceCollection> AddLogHints { get; init; }
    }
}
