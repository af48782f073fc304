using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Storage;

/// <summary>The name of the configured database for logs and pages, without the password.</summary>
public static class DatabaseName
{
    /// <summary><c>SQLite /srv/data/portal.db</c>, or <c>PostgreSQL portal @ host:5432</c>.</summary>
    public static string Of(PortalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (FileOf(settings) is { } path) return $"SQLite {Path.GetFullPath(path)}";
        var server = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        var hosts = (server.Host ?? "").Split(',').Select(h => h.Contains(':', StringComparison.Ordinal) ? h : $"{h}:{server.Port}");
        return $"PostgreSQL {server.Database} @ {string.Join(", ", hosts)}";
    }

    /// <summary>Path of the SQLite file; null on PostgreSQL.</summary>
    internal static string? FileOf(PortalSettings settings) => settings.Provider == DatabaseProvider.Sqlite
        ? new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource
        : null;
}
