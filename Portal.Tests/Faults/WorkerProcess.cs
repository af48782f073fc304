using System.Diagnostics;
using Portal.Ingestion.Hosting;

namespace Portal.Tests.Faults;

/// <summary>The worker as a separate process, which can be killed at any moment.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    private WorkerProcess(string folder, string[] settings)
    {
        var build = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var start =
            new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[
            Path.Combine(ConfigurationFile.Root, "Portal.Ingestion", "bin", build, "net10.0", "Portal.Ingestion.dll"), "run", .. settings])
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the worker, which opens its transports by itself.</summary>
    public static WorkerProcess Start(string folder, params string[] settings) => new(folder, settings);

    /// <summary>Completes when all its services have started.</summary>
    public Task Started => _started.Task;

    /// <summary>The lines of its log.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    /// <summary>Sends SIGTERM, as a service manager does; returns the exit status.</summary>
    public async Task<int> StopAsync()
    {
        await TerminateOnceAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Sends SIGTERM repeatedly until the process has ended; returns the exit status.</summary>
    public async Task<int> TerminateAsync()
    {
        while (!_process.HasExited) await TerminateOnceAsync();
        return _process.ExitCode;
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
        if (line.Contains("Application started", StringComparison.Ordinal)) _started.TrySetResult();
    }

    private async Task TerminateOnceAsync()
    {
        var id = _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", id]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }
}
