using Portal.Ingestion.Supervision;

namespace Portal.Features.Demo;

/// <summary>
/// Adds the demo cases, what came the week before, chains and measurements at start, then receives a slow stream of invented messages, like
/// a push.
/// </summary>
internal sealed class DemoService(
    DemoSettings demo, IServiceProvider services, TimeProvider time, ILogger<DemoService> log) : SupervisedService(time, log)
{
    private DemoStream? _stream;
    private byte[]? _waiting;

    /// <inheritdoc />
    public override string Name => "demo";

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            // Each adds only what is missing, so a failed round can be repeated.
            await ActivatorUtilities.CreateInstance<DemoSeed>(services).RunAsync(cancellationToken);
            await ActivatorUtilities.CreateInstance<DemoChains>(services).RunAsync(cancellationToken);
            await ActivatorUtilities.CreateInstance<DemoBenefits>(services).RunAsync(cancellationToken);
            var stream = ActivatorUtilities.CreateInstance<DemoStream>(services);
            if (demo.MessagesPerSecond <= 0) Finish();
            else await ActivatorUtilities.CreateInstance<DemoHistory>(services).RunAsync(stream, cancellationToken);
            _stream = stream;
            return;
        }

        // As a sender does: a message that was not acknowledged is sent again.
        _waiting ??= _stream.Next();
        await _stream.LetInAsync(_waiting, "push", cancellationToken);
        _waiting = null;
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(1 / demo.MessagesPerSecond), Time, cancellationToken);
}
