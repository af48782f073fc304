using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Features.Benefits;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresRecountTests(PostgresServer server) : RecountTests
{
    private protected override Task<IngestionHouse> OpenAsync(Action<IServiceCollection> more) =>
        IngestionHouse.OpenAsync(more: more, server: server.ConnectionString($"recount{Guid.NewGuid():N}"));
}
