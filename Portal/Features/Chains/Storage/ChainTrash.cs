using Portal.Ingestion.Supervision;

namespace Portal.Features.Chains.Storage;

/// <summary>Deletes, every six hours, what has been in the trash for 30 days.</summary>
internal sealed class ChainTrash(
    ChainStore store, ServiceLeases leases, TimeProvider time, ILogger<ChainTrash> logger) : SupervisedService(time, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public override string Name => "chain-trash";

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (!await leases.TryTakeAsync(Name, Pause - Margin, cancellationToken)) return;
        if (await store.PurgeAsync(cancellationToken) is > 0 and var gone)
            Log.LogInformation("{Chains} chains left the trash for good", gone);
    }

    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Pause, Time, cancellationToken);
}
