using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Faults;

public sealed class SqliteAppendFaultTests : AppendFaultTests
{
    private const int Constraint = 19, TooBig = 18, Mismatch = 20, NoMemory = 7;

    // SQLITE_BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN and NOTADB.
    private protected override Func<Exception>[] Outages =>
        [.. ((int[])[5, 6, 8, 10, 11, 13, 14, 26]).Select(code => (Func<Exception>)(() => new SqliteException("injected", code)))];

    private protected override Func<Exception>[] Refusals =>
        [.. ((int[])[Constraint, TooBig, Mismatch, NoMemory]).Select(code =>
        (Func<Exception>)(() => new SqliteException("injected", code)))];

    private protected override Func<Exception> OfOneMessage => () => new SqliteException("injected", 11);

    private protected override Task<IngestionFixture> OpenAsync(AppendProbe probe) =>
        IngestionFixture.OpenAsync(more: services => services.AddSingleton(probe));
}
