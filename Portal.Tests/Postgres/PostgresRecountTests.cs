using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresRecountTests(PostgresServer server) : RecountTests
{
    private protected override Task<IngestionFixture> OpenAsync(Action<IServiceCollection> more) =>
        IngestionFixture.OpenAsync(more: more, server: server.ConnectionString($"recount{Guid.NewGuid():N}"));
}
