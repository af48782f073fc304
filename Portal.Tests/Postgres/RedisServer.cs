using System.Diagnostics;
using System.Globalization;

namespace Portal.Tests.Postgres;

/// <summary>
/// A real Redis from the Debian package, in memory only. It can be killed and started again, empty, at the same address; a wrapping shell
/// kills it when the tests' pipe closes.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly int _port = TestPorts.Take();
    private Process? _process;

    private RedisServer()
    {
    }

    /// <summary>Host and port.</summary>
    public string Address => $"127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Starts a server and waits until it accepts connections.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it (again) and waits until it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in (string[])[
            "-c", "setsid \"$0\" \"$@\" </dev/null & child=$!; read line; kill -9 -- -$child", "redis-server", "--port",
            _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException("Redis did not start.");
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
