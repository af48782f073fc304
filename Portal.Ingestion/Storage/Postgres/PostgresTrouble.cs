using System.Net.Sockets;
using Npgsql;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>Tells a server that takes nothing now from a message that cannot be stored.</summary>
internal static class PostgresTrouble
{
    /// <summary>True when every message would fail now: no connection, or a class of SQLSTATE that says so of the whole server.</summary>
    public static bool IsUnavailable(NpgsqlException problem) => problem is not PostgresException { SqlState: var state }
        || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.FeatureNotSupported
        || state[..2] is "08" or "25" or "26" or "28" or "3D" or "53" or "55" or "57" or "58" or "F0" or "XX";

    /// <summary>What is wrong, in one Danish sentence.</summary>
    public static string Tell(NpgsqlException problem) => problem is not PostgresException { SqlState: var state }
        ? problem.GetBaseException() is SocketException ? "Databaseserveren svarer ikke." : "Forbindelsen til databaseserveren er afbrudt."
        : state switch
        {
            PostgresErrorCodes.DiskFull => "Databaseserverens disk er fuld.",
            PostgresErrorCodes.CannotConnectNow => "Databaseserveren er ved at starte eller lukke.",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "Databaseserveren er ved at lukke.",
            PostgresErrorCodes.ReadOnlySqlTransaction => "Databasen kan kun læses.",
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => "Databasen er optaget.",
            PostgresErrorCodes.TooManyConnections => "Databaseserveren har ikke flere forbindelser.",
            _ when state[..2] is "28" or "3D" => "Databaseserveren lukker ikke portalen ind.",
            _ => "Databasen kan ikke skrives.",
        };
}
