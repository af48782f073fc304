using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Supervision;
using Portal.Tests.Ingestion.Log;

namespace Portal.Tests.Ingestion.Operations;

/// <summary>A node over a real SQLite database, whose disk and clock the test holds.</summary>
internal sealed class OperationsHouse : IAsyncDisposable
{
    private OperationsHouse(IngestionHouse house, HeldDisk disk) => (House, Disk) = (house, disk);

    public IngestionHouse House { get; }
    public HeldDisk Disk { get; }
    public NodeReporter Reporter => House.Services.GetServices<IHostedService>().OfType<NodeReporter>().Single();
    public RetryRunner Runner => House.Services.GetServices<IHostedService>().OfType<RetryRunner>().Single();
    public IOperationsReader Reader => House.Services.GetRequiredService<IOperationsReader>();
    public IQuarantineRetries Retries => House.Services.GetRequiredService<IQuarantineRetries>();

    public T Get<T>()
        where T : notnull => House.Services.GetRequiredService<T>();

    public static async Task<OperationsHouse> OpenAsync(string node = "a/1/1", string program = NodeIdentity.Portal, string? folder = null, int minimumFreeMegabytes = 500,
        Func<PortalSettings, PortalSettings>? settings = null)
    {
        var disk = new HeldDisk();
        var house = await IngestionHouse.OpenAsync(folder, more: services =>
        {
            var own = (PortalSettings)services.Last(d => d.ServiceType == typeof(PortalSettings)).ImplementationInstance! with { MinimumFreeMegabytes = minimumFreeMegabytes };
            services.AddSingleton(settings is null ? own : settings(own)).AddNode(program).AddQuarantineRetries().AddSingleton(new NodeIdentity(node, program)).AddSingleton<DatabaseDisk>(disk);
        });
        return new OperationsHouse(house, disk);
    }

    /// <summary>What a host does last when it is stopped.</summary>
    public Task StopByPlanAsync() => House.Services.GetServices<IHostedService>().OfType<PlannedStop>().Single().StoppedAsync(default);

    public async Task<OperationsView> ReadAsync() => (await Reader.ReadAsync(IngestionHouse.Administrator(), default))!;

    public ValueTask DisposeAsync() => House.DisposeAsync();

    internal sealed class HeldDisk() : DatabaseDisk(new PortalSettings())
    {
        public long? Free { get; set; } = 1L << 40;

        public override long? FreeBytes() => Free;
    }
}
