using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Faults;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresServiceFaultTests(PostgresServer server) : ServiceFaultTests
{
    private const string Made = "prepared_services";

    // Filled once: the tests of a run share one server.
    private static PreparedFolder? _given;

    private protected override bool IsPostgres => true;

    private protected override Task<IngestionFixture> OpenPreparedAsync(Action<IServiceCollection> more) => server.OpenCopyAsync(
        Made, _given ??= new PreparedFolder(folder => PrepareAsync(folder, server.ConnectionString(Made, "Pooling=false"))), more);

    [Fact]
    public Task A_service_that_met_a_fault_ends_as_one_that_met_none() => TryAllAsync("matching", every: 23);

    [Theory, Long]
    [MemberData(nameof(Services))]
    public Task A_service_that_met_a_fault_at_any_call_ends_as_one_that_met_none(string service) => TryAllAsync(service, every: 1);
}
