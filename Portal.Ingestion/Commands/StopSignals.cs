using System.Runtime.InteropServices;

namespace Portal.Ingestion.Commands;

/// <summary>
/// Ctrl+C and SIGTERM ask the process to stop, and are handled until it has ended: a supervisor may send SIGTERM again while the process
/// shuts down, which would otherwise kill it. A second Ctrl+C ends the process at once.
/// </summary>
public static class StopSignals
{
    private static readonly CancellationTokenSource Stop = new();

    // Never disposed: without a handler the signal would kill the process.
    private static readonly List<PosixSignalRegistration> Heard = [];
    private static bool _interrupted;

    /// <summary>
    /// For a host that handles SIGTERM itself until it is disposed: from this call on no SIGTERM kills the process while it shuts down.
    /// </summary>
    public static void OutliveHost() => Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true));

    /// <summary>Handles both signals from now on; the first cancels the returned token. Call once.</summary>
    public static CancellationToken Hear()
    {
        Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        return Stop.Token;
    }

    private static void OnSignal(PosixSignalContext context)
    {
        var interrupt = context.Signal == PosixSignal.SIGINT;
        context.Cancel = !(interrupt && _interrupted);
        _interrupted |= interrupt;
        Stop.Cancel();
    }
}
