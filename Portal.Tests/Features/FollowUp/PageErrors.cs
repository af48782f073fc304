using Xunit;

namespace Portal.Tests.Features.FollowUp;

/// <summary>The exceptions with which an outage of the database can reach a page.</summary>
public static class PageErrors
{
    /// <summary>Their names.</summary>
    public static TheoryData<string> Errors() => ["sqlite", "model", "postgres", "store", "unforeseen"];

    internal static Exception Error(string kind) => kind switch
    {
        "sqlite" => new Microsoft.Data.Sqlite.SqliteException("database is locked", 5),
        "model" => new Microsoft.EntityFrameworkCore.DbUpdateException(
            "not saved", new Microsoft.Data.Sqlite.SqliteException("database is locked", 5)),
        "postgres" => new Npgsql.NpgsqlException("connection refused", new System.Net.Sockets.SocketException()),
        "store" => new Portal.Ingestion.Domain.StorageUnavailableException("Databasen er optaget."),
        _ => new InvalidOperationException("nobody thought of this"),
    };
}
