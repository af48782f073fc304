using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace Portal.Ingestion.Storage.Postgres;

/// <summary>The error codes of PostgreSQL (its manual, appendix A), and what its client throws without one.</summary>
internal sealed class PostgresErrors : DatabaseErrors
{
    private const string IdleInTransactionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";

    /// <inheritdoc />
    protected override bool Knows(DbException error) => error is NpgsqlException;

    /// <inheritdoc />
    public override bool IsOutage(DbException error) =>
        State(error) is { } state ? IsListed(state) : IsConnectionGone(error.InnerException);

    /// <inheritdoc />
    public override bool MayBeOfOneMessage(DbException error) => State(error) is { } state
        ? state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.DataCorrupted
            or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.IoError || state.StartsWith("08", StringComparison.Ordinal)
        : IsConnectionCut(error.InnerException);

    /// <inheritdoc />
    public override bool IsMemory(DbException error) => State(error) == PostgresErrorCodes.OutOfMemory;

    /// <inheritdoc />
    public override bool IsDamagedRow(DbException error) => State(error) is PostgresErrorCodes.DataCorrupted
        or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.InternalError or PostgresErrorCodes.IoError;

    /// <inheritdoc />
    public override bool IsStarting(DbException error) => State(error) == PostgresErrorCodes.CannotConnectNow;

    /// <inheritdoc />
    public override bool IsFull(DbException error) => State(error) == PostgresErrorCodes.DiskFull;

    /// <inheritdoc />
    public override string? CodeOf(DbException error) => State(error);

    /// <inheritdoc />
    public override string Describe(DbException error) => State(error) switch
    {
        null => error.GetBaseException() is SocketException
            ? "Databaseserveren svarer ikke."
            : "Forbindelsen til databaseserveren er afbrudt.",
        PostgresErrorCodes.DiskFull => "Databaseserverens disk er fuld.",
        PostgresErrorCodes.CannotConnectNow => "Databaseserveren er ved at starte eller lukke.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "Databaseserveren er ved at lukke.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "Databasen kan kun læses.",
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure => "Databasen er optaget.",
        PostgresErrorCodes.TooManyConnections => "Databaseserveren har ikke flere forbindelser.",
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => "Databasen er beskadiget.",
        var state when state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("3D", StringComparison.Ordinal) =>
            "Databaseserveren lukker ikke portalen ind.",
        _ => "Databasen kan ikke skrives.",
    };

    /// <inheritdoc />
    public override string? ExplainStart(DbException error) => State(error) switch
    {
        null => null,
        PostgresErrorCodes.InvalidPassword => "serveren afviste brugerens kode",
        PostgresErrorCodes.InvalidAuthorizationSpecification => "serveren afviste brugeren; se Username og serverens pg_hba.conf",
        PostgresErrorCodes.InvalidCatalogName => "der er ingen database med det navn på serveren",
        PostgresErrorCodes.InsufficientPrivilege => "brugeren har ikke ret til det",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => MissingTables,
        PostgresErrorCodes.TooManyConnections => "serveren har ikke flere forbindelser",
        PostgresErrorCodes.CannotConnectNow => "serveren er ved at starte eller lukke",
        PostgresErrorCodes.DiskFull => "serverens disk er fuld",
        var state => $"serveren afviste det med kode {state}",
    };

    // The server's SQLSTATE; null for an error of the client.
    private static string? State(DbException error) => (error as PostgresException)?.SqlState;

    // Whole SQLSTATE classes that concern the server, not the data, and single codes of other classes. A message may still bring about some
    // of them: see MayBeOfOneMessage.
    private static bool IsListed(string state) => state is
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.StatementCompletionUnknown or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
                or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.DataCorrupted
                or PostgresErrorCodes.IndexCorrupted
            or IdleInTransactionTimeout or TransactionTimeout
        || (state != PostgresErrorCodes.OutOfMemory && state.AsSpan(0, Math.Min(2, state.Length)) is "08" or "26" or "28" or "3D" or "53"
            or "55" or "57" or "58" or "F0");

    // Errors without a SQLSTATE: connection refused, broken, or its handshake failed. Other client errors (such as text that cannot be
    // encoded) are no outage.
    private static bool IsConnectionGone(Exception? inner)
    {
        if (inner is null) return true;
        for (var cause = inner; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException or SocketException or TimeoutException or AuthenticationException) return true;
        }

        return false;
    }

    // Cut during the work: an IOException of the stream. A failed connect has none, and a late answer is a TimeoutException.
    private static bool IsConnectionCut(Exception? inner)
    {
        if (inner is null) return true;
        var cut = false;
        for (var cause = inner; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException or AuthenticationException) return false;
            cut |= cause is IOException;
        }

        return cut;
    }
}
