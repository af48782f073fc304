using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Ingestion.Log;
using Portal.Tests.Faults;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresAppendFaultTests(PostgresServer server) : AppendFaultTests
{
    private protected override int[] OftenInSample => [FaultyProbe.Always];

    private protected override Func<Exception>[] Outages =>
    [
        () => new NpgsqlException("injected", new SocketException()), () => new NpgsqlException("injected", new TimeoutException()),
            () => new NpgsqlException("injected", new EndOfStreamException()),
        .. ((string[])[
            PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CannotConnectNow, PostgresErrorCodes.DiskFull,
                PostgresErrorCodes.TooManyConnections, PostgresErrorCodes.ReadOnlySqlTransaction,
            PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.SerializationFailure,
                PostgresErrorCodes.QueryCanceled, PostgresErrorCodes.UndefinedTable,
            PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.DataCorrupted, PostgresErrorCodes.IoError,
                PostgresErrorCodes.InvalidPassword, PostgresErrorCodes.InvalidCatalogName,
        ]).Select(ServerError),
    ];

    private protected override Func<Exception>[] Refusals =>
    [
        .. ((string[])[
            PostgresErrorCodes.ProgramLimitExceeded, PostgresErrorCodes.CharacterNotInRepertoire,
                PostgresErrorCodes.UntranslatableCharacter, PostgresErrorCodes.StringDataRightTruncation,
            PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.NumericValueOutOfRange, PostgresErrorCodes.InternalError,
        ]).Select(ServerError),
    ];

    private protected override Func<Exception> OfOneMessage => () => new NpgsqlException("injected", new EndOfStreamException());

    private protected override Task<IngestionFixture> OpenAsync(AppendProbe probe) =>
        server.OpenAsync(services: services => services.AddSingleton(probe));

    private static Func<Exception> ServerError(string state) => () => new PostgresException("injected", "ERROR", "ERROR", state);
}
