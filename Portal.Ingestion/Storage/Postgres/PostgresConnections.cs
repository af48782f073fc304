using Npgsql;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>The PostgreSQL connections: the connection string and the defaults for what it leaves open.</summary>
internal static class PostgresConnections
{
    private const int Prepared = 100;
    private const int Keepalive = 15;

    /// <summary>The connections that write the log and listen. The model has a pool of its own by the same text.</summary>
    public static NpgsqlDataSource Open(string connectionString) => new NpgsqlDataSourceBuilder(Complete(connectionString)).Build();

    /// <summary>The connection string with the defaults applied.</summary>
    public static string Complete(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (!given.ContainsKey("Application Name")) given.ApplicationName = "beskedportalen";

        // The same few statements run over and over: planned once. Behind a pooler that cannot keep them, "Max Auto Prepare=0" says so.
        if (!given.ContainsKey("Max Auto Prepare")) given.MaxAutoPrepare = Prepared;

        // A server that vanished without a word is found out, also by the listener that only waits.
        if (!given.ContainsKey("Keepalive")) given.KeepAlive = Keepalive;

        if (!given.ContainsKey("Command Timeout")) given.CommandTimeout = BusyLimits.StatementSeconds;

        // A failed statement must not carry values of a message into a log.
        given.IncludeErrorDetail = false;
        return given.ConnectionString;
    }
}
