namespace Portal.Chains.Keeping;

/// <summary>Empties the trash of what has lain there for 30 days, every six hours.</summary>
internal sealed class ChainTrash(ChainStore store, TimeProvider time, ILogger<ChainTrash> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                try
                {
                    if (await store.PurgeAsync(stoppingToken) is > 0 and var gone) logger.LogInformation("{Chains} chains left the trash for good", gone);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    logger.LogWarning(problem, "The trash of chains could not be emptied; it is tried again in six hours");
                }
            }
            while (await clock.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }
}
