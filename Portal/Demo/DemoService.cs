using Portal.Ingestion.Storage;

namespace Portal.Demo;

/// <summary>Lays the demo cases and chains at start, then lets a gentle stream of invented messages in through the same receive as a push.</summary>
internal sealed class DemoService(DemoSettings demo, IServiceProvider services, TimeProvider time, ILogger<DemoService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start's own path: pages are served before the demo is laid.
        await Task.Yield();
        await UntilStoredAsync(ActivatorUtilities.CreateInstance<DemoSeed>(services).RunAsync, stoppingToken);
        await UntilStoredAsync(ActivatorUtilities.CreateInstance<DemoChains>(services).RunAsync, stoppingToken);
        await UntilStoredAsync(ActivatorUtilities.CreateInstance<DemoBenefits>(services).RunAsync, stoppingToken);
        if (demo.MessagesPerSecond <= 0) return;

        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1 / demo.MessagesPerSecond), time);
        var stream = ActivatorUtilities.CreateInstance<DemoStream>(services);
        foreach (var message in stream.Messages())
        {
            try
            {
                await clock.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await UntilStoredAsync(cancel => stream.LetInAsync(message, cancel), stoppingToken);
        }
    }

    // As any sender would: what was not acknowledged is sent again.
    private async Task UntilStoredAsync(Func<CancellationToken, Task> send, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await send(stoppingToken);
                return;
            }
            catch (Exception problem) when (StorageTrouble.IsOutage(problem))
            {
                log.LogWarning("The demo waits: {Problem}", problem.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
