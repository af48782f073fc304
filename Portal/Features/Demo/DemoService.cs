using Portal.Ingestion.Supervision;

namespace Portal.Features.Demo;

/// <summary>Adds the demo cases, chains and measurements at start, then receives a slow stream of invented messages, like a push.</summary>
internal sealed class DemoService(
    DemoSettings demo, IServiceProvider services, TimeProvider time, ILogger<DemoService> log) : SupervisedService(time, log)
{
    private DemoStream? _stream;
    private IEnumerator<byte[]>? _messages;
    private bool _isLetIn = true;

    /// <inheritdoc />
    public override string Name => "demo";

    /// <inheritdoc />
    public override void Dispose()
    {
        _messages?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            // Each adds only what is missing, so a failed round can be repeated.
            await ActivatorUtilities.CreateInstance<DemoSeed>(services).RunAsync(cancellationToken);
            await ActivatorUtilities.CreateInstance<DemoChains>(services).RunAsync(cancellationToken);
            await ActivatorUtilities.CreateInstance<DemoBenefits>(services).RunAsync(cancellationToken);
            _stream = ActivatorUtilities.CreateInstance<DemoStream>(services);
            if (demo.MessagesPerSecond <= 0) Finish();
            return;
        }

        // As a sender does: a message that was not acknowledged is sent again.
        _messages ??= _stream.Messages().GetEnumerator();
        if (_isLetIn && !_messages.MoveNext()) Finish();
        else
        {
            _isLetIn = false;
            await _stream.LetInAsync(_messages.Current, cancellationToken);
            _isLetIn = true;
        }
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(1 / demo.MessagesPerSecond), Time, cancellationToken);
}
