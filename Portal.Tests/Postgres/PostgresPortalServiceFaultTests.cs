using Portal.Tests.Faults;
using Portal.Tests.Features.Chains;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresPortalServiceFaultTests(PostgresServer server) : PortalServiceFaultTests
{
    private protected override bool IsPostgres => true;

    private protected override Task<ChainFixture> OpenAsync() => server.OpenChainsAsync();

    [Fact]
    public Task A_service_that_met_a_fault_ends_as_one_that_met_none() => TryAllAsync("mail", every: 11);

    [Theory, Long]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_at_any_call_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 1);
}
