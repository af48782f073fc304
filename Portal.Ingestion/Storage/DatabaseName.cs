using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Storage;

/// <summary>The name of the configured database for logs and people, without password.</summary>
public static class DatabaseName
{
    /// <summary><c>SQLite /srv/data/portal.db</c>, or <c>PostgreSQL portal on host:5432</c>.</summary>
    public static string Of(PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Provider == DatabaseProvider.Sqlite) return $"SQLite {Path.GetFullPath(PathOf(settings))}";
        var server = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        var hosts = (server.Host ?? "").Split(',').Select(h => h.Contains(':', StringComparison.Ordinal) ? h : $"{h}:{server.Port}");
        return $"PostgreSQL {server.Database} @ {string.Join(", ", hosts)}";
    }

    /// <summary>The file of a SQLite database.</summary>
    internal static string PathOf(PortalSettings settings) => new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
}
