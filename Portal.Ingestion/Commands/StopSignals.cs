using System.Runtime.InteropServices;

namespace Portal.Ingestion.Commands;

/// <summary>
/// Turns SIGTERM and SIGINT into a cancellation, so that what is under way is finished. The same signal may come more than once (as from <c>timeout</c>, or a
/// supervisor that signals the whole group): only the third ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int Patience = 2;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    /// <summary>Begins to listen.</summary>
    public StopSignals() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle), PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stopping.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = Interlocked.Increment(ref _signals) <= Patience;
        if (context.Cancel) _stopping.Cancel();
    }
}
