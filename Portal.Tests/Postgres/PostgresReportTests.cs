using Portal.Tests.Features.Chains;
using Portal.Tests.Features.Reports;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresReportArchiveTests(PostgresServer server) : ReportArchiveTests
{
    private protected override Task<ChainFixture> OpenAsync() => server.OpenChainsAsync();
}

[Collection(PostgresTests.Name)]
public sealed class PostgresMonthlyReportTests(PostgresServer server) : MonthlyReportTests
{
    private protected override Task<ChainFixture> OpenAsync() => server.OpenChainsAsync();
}
