using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Operations;

/// <summary>
/// Records that this process was stopped as planned, after all its services have stopped, so that the other processes can distinguish it
/// from a crash. During an outage of the database it cannot be recorded, and the stop is shown as a crash.
/// </summary>
internal sealed class PlannedStop(IDbContextFactory<IngestionDbContext> contexts, WriteGate gate, NodeIdentity node, TimeProvider time,
    ILogger<PlannedStop> log) : IHostedLifecycleService
{
    /// <summary>The explanation for a planned stop, on the Drift page.</summary>
    public const string Why = "Processen blev stoppet efter plan.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken).WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception problem)
        {
            log.LogInformation(
                "That this process was stopped could not be written; others will miss it for a day ({Kind})", problem.GetType().Name);
        }
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var writeLock = await gate.EnterAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var off = TransportState.Off.ToWire();
        foreach (var transport in await db.Set<StoredTransport>().Where(d => d.Node == node.Id).ToListAsync(cancellationToken))
        {
            if (transport.State != off)
            {
                db.Add(new StoredTransportChange { Node = node.Id, Transport = transport.Transport, State = TransportStates.Stopped,
                    At = now, Why = Why });
            }
            (transport.State, transport.Since, transport.Why, transport.Remedy, transport.Heartbeat) =
                (TransportStates.Stopped, now, Why, null, now);
            (transport.Messages, transport.Repeats, transport.Quarantined, transport.Waiting, transport.OldestWaiting, transport.Commits) =
                (0, 0, 0, null, null, 0);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
