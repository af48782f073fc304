using Npgsql;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>The PostgreSQL connections: the connection string and the defaults for what it leaves open.</summary>
internal static class PostgresConnections
{
    private const int Prepared = 100;
    private const int Keepalive = 15;

    /// <summary>
    /// The connections that write the log and LISTEN. The EF contexts have a pool of their own with the same connection string.
    /// </summary>
    public static NpgsqlDataSource Open(string connectionString) => new NpgsqlDataSourceBuilder(Complete(connectionString)).Build();

    /// <summary>The connection string with the defaults applied.</summary>
    public static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (!given.ContainsKey("Application Name")) given.ApplicationName = "beskedportalen";

        // The same few statements run repeatedly, so they are prepared. Behind a pooler that cannot keep prepared statements, set "Max Auto
        // Prepare=0".
        if (!given.ContainsKey("Max Auto Prepare")) given.MaxAutoPrepare = Prepared;

        // Detects a server that disappeared without closing the connection, also for the listener, which only waits. Seconds.
        if (!given.ContainsKey("Keepalive")) given.KeepAlive = Keepalive;

        if (!given.ContainsKey("Command Timeout")) given.CommandTimeout = BusyLimits.StatementSeconds;

        // A failed statement must not carry values of a message into a log.
        given.IncludeErrorDetail = false;
        return given.ConnectionString;
    }
}
