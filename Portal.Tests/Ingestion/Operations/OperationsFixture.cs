using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Ingestion.Operations;

/// <summary>A node over a real SQLite database, whose disk and clock the test controls.</summary>
internal sealed class OperationsFixture : IAsyncDisposable
{
    private OperationsFixture(IngestionFixture fixture, HeldDisk disk) => (Fixture, Disk) = (fixture, disk);

    public IngestionFixture Fixture { get; }
    public HeldDisk Disk { get; }
    public NodeReporter Reporter => Fixture.Services.GetServices<IHostedService>().OfType<NodeReporter>().Single();
    public RetryRunner Runner => Fixture.Services.GetServices<IHostedService>().OfType<RetryRunner>().Single();
    public IOperationsReader Reader => Fixture.Services.GetRequiredService<IOperationsReader>();
    public IQuarantineRetries Retries => Fixture.Services.GetRequiredService<IQuarantineRetries>();

    public T Get<T>()
        where T : notnull => Fixture.Services.GetRequiredService<T>();

    public static async Task<OperationsFixture> OpenAsync(
        string node = "a/1/1", string program = NodeIdentity.Portal, string? folder = null, int minimumFreeMegabytes = 500,
        Func<PortalSettings, PortalSettings>? settings = null)
    {
        var disk = new HeldDisk();
        var fixture = await IngestionFixture.OpenAsync(folder, more: services =>
        {
            var own = (PortalSettings)services.Last(d => d.ServiceType == typeof(PortalSettings))
                .ImplementationInstance! with { MinimumFreeMegabytes = minimumFreeMegabytes };
            services.AddSingleton(settings is null ? own : settings(own)).AddNode(program).AddQuarantineRetries()
                .AddSingleton(new NodeIdentity(node, program)).AddSingleton<DatabaseDisk>(disk);
        });
        return new OperationsFixture(fixture, disk);
    }

    /// <summary>Does what a host does last in a planned stop.</summary>
    public Task StopByPlanAsync() => Fixture.Services.GetServices<IHostedService>().OfType<PlannedStop>().Single().StoppedAsync(default);

    public async Task<OperationsView> ReadAsync() => (await Reader.ReadAsync(IngestionFixture.Administrator(), default))!;

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();

    internal sealed class HeldDisk() : DatabaseDisk(new PortalSettings())
    {
        public long? Free { get; set; } = 1L << 40;

        public override long? FreeBytes() => Free;
    }
}
