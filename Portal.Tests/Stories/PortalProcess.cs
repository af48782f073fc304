using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Configuration;
using Portal.Storage;
using Portal.Tests.Storage;

namespace Portal.Tests.Stories;

/// <summary>The portal as it is started in earnest: its own process, its own database, met over HTTP.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(3);
    private static readonly PreparedFolder Prepared = new(async folder =>
    {
        await using var house = await IngestionHouse.OpenAsync(folder, more: services => services.AddPortalStorage());
        await house.Services.GetRequiredService<PortalDatabase>().PrepareAsync(default);
    });

    private readonly Process _process;
    private readonly List<string> _output = [];

    private PortalProcess(string folder, bool demo, string environment, string[] settings, Uri? address, string? log)
    {
        Folder = folder;
        Address = address ?? FreeAddress();

        var program = Path.Combine(ConfigurationFile.Root, "Portal", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Portal.dll");
        var start = new ProcessStartInfo(log is null ? "dotnet" : "/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])
        [
            .. log is null ? (string[])[] : ["-c", "exec dotnet \"$@\" >\"$0\" 2>&1", log], program, "--urls", Address.ToString().TrimEnd('/'), $"--Database:ConnectionString=Data Source={Path.Combine(folder, "portal.db")}",
            $"--Ledger:KeyPath={Path.Combine(folder, "ledger.key")}", $"--Demo:Enabled={(demo ? "true" : "false")}", "--Demo:MessagesPerSecond=5",
            .. settings,
        ]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.Add("X-Api-Key", "dev-key");
    }

    public string Folder { get; }
    public Uri Address { get; }

    /// <summary>A caller with the development key.</summary>
    public HttpClient Http { get; }

    /// <summary>What the process wrote to its log.</summary>
    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>Starts the portal and waits until it is ready: in a folder where it finds or makes its database, or in a new one with an empty database; at <paramref name="ready"/> where the settings say its addresses themselves. With <paramref name="log"/> it writes to that file instead of <see cref="Output"/>.</summary>
    public static async Task<PortalProcess> StartAsync(string? folder = null, bool demo = false, string environment = "Development", string[]? settings = null, Uri? ready = null, string? log = null)
    {
        if (folder is null)
        {
            folder = Directory.CreateTempSubdirectory("story").FullName;
            await Prepared.CopyToAsync(folder);
        }

        var portal = new PortalProcess(folder, demo, environment, settings ?? [], ready, log);
        var clock = Stopwatch.StartNew();
        while (!await portal.IsReadyAsync())
        {
            if (portal._process.HasExited || clock.Elapsed > StartLimit)
            {
                var said = portal.Output;
                await portal.DisposeAsync();
                throw new InvalidOperationException("The portal did not become ready: " + said);
            }

            await Task.Delay(100);
        }

        return portal;
    }

    /// <summary>SIGTERM again and again until it has ended; gives its exit status.</summary>
    public async Task<int> TerminateAsync()
    {
        while (!_process.HasExited)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
            await kill.WaitForExitAsync();
        }

        return _process.ExitCode;
    }

    /// <summary>kill -9: nothing is finished, flushed or closed.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>False when it has ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>The process's id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>kill -9 of the portal alone: what it started must find out by itself.</summary>
    public void KillAlone() => _process.Kill();

    public async Task<HttpResponseMessage> PushAsync(byte[] envelope)
    {
        using var body = new ByteArrayContent(envelope) { Headers = { ContentType = new("application/xml") } };
        return await Http.PostAsync(new Uri("/beskedfordeler/modtag", UriKind.Relative), body);
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async Task<HttpResponseMessage> RegisterAsync(object letter) => await Http.PostAsJsonAsync(new Uri("/api/forsendelser", UriKind.Relative), letter, JsonSerializerOptions.Web);

    /// <summary>Asks again until the answer holds; what is awaited is a fact, not a time.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (holds(answer)) return answer;
            if (clock.Elapsed > WaitLimit) throw new InvalidOperationException($"Still not so after {clock.Elapsed.TotalSeconds:F0} s: {answer}");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
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

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
    }
}
