using System.Runtime.InteropServices;

namespace Portal.Ingestion.Commands;

/// <summary>
/// Ctrl+C and SIGTERM ask the process to stop, and are heard until the process has ended: whoever supervises it may send SIGTERM again
/// while it says its last word, and would else cut it off. A second Ctrl+C is a person's who does not want to wait: it ends the process at
/// once.
/// </summary>
public static class StopSignals
{
    private static readonly CancellationTokenSource Stop = new();

    // Never disposed: what is no longer heard ends the process.
    private static readonly List<PosixSignalRegistration> Heard = [];
    private static bool _interrupted;

    /// <summary>
    /// For a host that hears SIGTERM itself, but only until it is disposed of: from now on no SIGTERM ends the process while it ends by
    /// itself.
    /// </summary>
    public static void OutliveHost() => Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true));

    /// <summary>Hears them from now on, for the whole process; the token is cancelled by the first. Call once.</summary>
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
