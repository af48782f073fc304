using System.Diagnostics;
using System.Text.RegularExpressions;
using Portal.Ingestion.Hosting;

namespace Portal.Tests.Stories;

/// <summary>
/// The portal as in production: a separate process and database, used over HTTP. For tests that kill, stop, count processes or watch the
/// start; all others use a <see cref="HostedPortal"/>, which costs a tenth of the time.
/// </summary>
internal sealed partial class PortalProcess : RunningPortal
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly string? _log;
    private readonly Uri? _ready;

    private PortalProcess(string folder, bool owned, bool demo, string environment, string[] settings, Uri? address, string? log)
        : base(folder, owned)
    {
        (_log, _ready) = (log, address);
        var program = Path.Combine(ConfigurationFile.Root, "Portal", "bin",
            AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Portal.dll");
        var start = new ProcessStartInfo(log is null ? "dotnet" : "/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder };
        foreach (var argument in (string[])
        [
            .. log is null ? (string[])[] : ["-c", "exec dotnet \"$@\" >\"$0\" 2>&1", log], program, "--urls",
            address?.ToString().TrimEnd('/') ?? AnyPort, .. SettingsOf(folder, demo), .. settings,
        ]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process's log.</summary>
    public override string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>
    /// Starts the portal and waits until it is ready: in the given folder, where it finds or creates its database, or in a new one with an
    /// empty database. <paramref name="ready"/> is its address when the settings give the addresses; with <paramref name="log"/> it logs to
    /// that file instead of <see cref="Output"/>.
    /// </summary>
    public static async Task<PortalProcess> StartAsync(string? folder = null, bool demo = false, string environment = "Development",
        string[]? settings = null, Uri? ready = null, string? log = null)
    {
        var portal = new PortalProcess(folder ?? await NewFolderAsync(), folder is null, demo, environment, settings ?? [], ready, log);
        var clock = Stopwatch.StartNew();
        while (!await portal.IsReadyAsync())
        {
            if (portal._process.HasExited || clock.Elapsed > StartLimit)
            {
                var text = portal.Output;
                await portal.DisposeAsync();
                throw new InvalidOperationException("The portal did not become ready: " + text);
            }

            await Task.Delay(100);
        }

        return portal;
    }

    /// <summary>Sends SIGTERM repeatedly until the process has ended; returns the exit status.</summary>
    public async Task<int> TerminateAsync()
    {
        while (!_process.HasExited)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill",
                ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
            await kill.WaitForExitAsync();
        }

        return _process.ExitCode;
    }

    /// <summary>Kills it and its children (SIGKILL): nothing is finished, flushed or closed.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>False when it has ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>The process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Kills the portal only (SIGKILL): the programs that it started must notice by themselves.</summary>
    public void KillAlone() => _process.Kill();

    public override async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await base.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (!IsMet && ListensAt() is { } address) Meet(address);
        if (!IsMet) return false;
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The address in its log: a port chosen beforehand might be taken before it is used.
    private Uri? ListensAt()
    {
        if (_ready is not null) return _ready;
        var text = _log is null ? Output : File.Exists(_log) ? File.ReadAllText(_log) : "";
        return Listening().Match(text) is { Success: true } found ? new Uri(found.Groups[1].Value) : null;
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();

    /// <summary>One line of a program's log: time in UTC, level, category and event id, text.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warn|fail|crit): \S+\[\d+\] \S")]
    public static partial Regex LogLine();

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
    }
}
