using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Portal.Ingestion.Storage;

/// <summary>Explains in Danish why a database cannot be opened or read, for the person who starts a program.</summary>
public static class DatabaseProblem
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26, Error = 1;

    /// <summary>One sentence without a full stop and, for database errors, without secrets.</summary>
    public static string Explain(Exception problem)
    {
        for (var inner = problem; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException server: return Explain(server);
                case SqliteException file: return Explain(file);
                case SocketException: return "serveren svarer ikke: den er nede, eller vært og port er forkerte";
                case TimeoutException: return "serveren svarede ikke i tide";
            }
        }

        return problem is NpgsqlException ? "forbindelsen til serveren blev afbrudt"
            : problem is UnauthorizedAccessException ? "adgang nægtet til filen eller dens mappe"
            : problem?.Message ?? "ukendt årsag";
    }

    private static string Explain(PostgresException server) => server.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword => "serveren afviste brugerens kode",
        PostgresErrorCodes.InvalidAuthorizationSpecification => "serveren afviste brugeren; se Username og serverens pg_hba.conf",
        PostgresErrorCodes.InvalidCatalogName => "der er ingen database med det navn på serveren",
        PostgresErrorCodes.InsufficientPrivilege => "brugeren har ikke ret til det",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
            "den har ikke portalens tabeller, eller de er fra en ældre version; start portalen eller workeren på den én gang",
        PostgresErrorCodes.TooManyConnections => "serveren har ikke flere forbindelser",
        PostgresErrorCodes.CannotConnectNow => "serveren er ved at starte eller lukke",
        PostgresErrorCodes.DiskFull => "serverens disk er fuld",
        _ => $"serveren afviste det med kode {server.SqlState}",
    };

    private static string Explain(SqliteException file) => file.SqliteErrorCode switch
    {
        Busy or Locked => "den er optaget af et andet program",
        ReadOnly => "den kan kun læses",
        Io => "disken kan ikke læses eller skrives",
        Corrupt => "filen er beskadiget",
        Full => "disken er fuld",
        CantOpen => "filen eller dens mappe kan ikke åbnes",
        NotADatabase => "filen er ikke en SQLite-database",
        Error when file.Message.Contains("no such", StringComparison.Ordinal) =>
            "den har ikke portalens tabeller, eller de er fra en ældre version; start portalen eller workeren på den én gang",
        _ => $"SQLite siger kode {file.SqliteErrorCode}",
    };
}
