using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Supervision;

/// <summary>A failing background service, as its process last reported it.</summary>
public sealed class StoredServiceFault
{
    /// <summary>The process.</summary>
    public required string Node { get; set; }

    /// <summary>The service's name.</summary>
    public required string Service { get; set; }

    /// <summary>UTC, when it first failed.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Rounds that failed since then.</summary>
    public int Failures { get; set; }

    /// <summary>What sort of failure it is.</summary>
    public ServiceFaultKind Kind { get; set; }

    /// <summary>One Danish sentence.</summary>
    public required string Why { get; set; }

    /// <summary>UTC, when the process last wrote this.</summary>
    public DateTimeOffset Heartbeat { get; set; }
}

/// <summary>The background services of this process.</summary>
/// <param name="services">Resolved lazily: <c>ServiceReporter</c> is itself one of the hosted services.</param>
public sealed class ProcessServices(IServiceProvider services)
{
    private readonly Lazy<SupervisedService[]> _all = new(() => [.. services.GetServices<IHostedService>().OfType<SupervisedService>()]);

    /// <summary>The services that fail now, without transports, which have their own status.</summary>
    public IReadOnlyList<ServiceFault> Failing => [.. _all.Value.Where(s => !s.IsTransport).Select(s => s.Fault).OfType<ServiceFault>()];
}

/// <summary>
/// Writes the faults of this process' background services to the shared database, from which the Drift page of every portal node reads
/// them.
/// </summary>
internal sealed class ServiceReporter(
    IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, ProcessServices services, NodeIdentity node, TimeProvider time,
    ILogger<ServiceReporter> log)
    : SupervisedService(time, log)
{
    /// <summary>A row that its process has not renewed for this long is out of date.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Renewed = TimeSpan.FromMinutes(1);
    private IReadOnlyList<ServiceFault> _written = [];
    private DateTimeOffset _writtenAt;

    /// <inheritdoc />
    public override string Name => "service-report";

    /// <summary>Writes the current faults when they change, and once a minute while there are any.</summary>
    internal async Task ReportAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var failing = services.Failing;
        if (failing.Count == 0 && _written.Count == 0 && _writtenAt != default) return;
        if (failing.SequenceEqual(_written) && now - _writtenAt < Renewed) return;
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var silent = now - SilentAfter;
        await db.Set<StoredServiceFault>().Where(t => t.Node == node.Id || t.Heartbeat < silent).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(failing.Select(t => new StoredServiceFault
        {
            Node = node.Id, Service = t.Service, Since = t.Since, Failures = t.Failures, Kind = t.Kind, Why = t.Why, Heartbeat = now,
        }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (_written, _writtenAt) = (failing, now);
    }

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => ReportAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(CheckInterval, Time, cancellationToken);
}
