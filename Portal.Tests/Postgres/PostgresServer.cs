using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Tests.Features.Chains;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Postgres;

/// <summary>Tests with PostgreSQL run one after another on one server, each in a separate database.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

/// <summary>
/// A real PostgreSQL from the Debian package, private to the tests: own data and port, and fsync on as in production. It can be killed
/// (SIGKILL) and started again on the same data. It ends with the tests, however they end: a wrapping shell reads from the tests' pipe and
/// kills it when the pipe closes.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Owner = "postgres";

    // Prepared once; a test that needs an empty database gets a copy. PostgreSQL copies only a database without connections, so it is
    // opened without a pool.
    private const string PreparedDatabase = "prepared_house";
    private const string PreparedChains = "prepared_chains";
    private const string NoPool = "Pooling=false";

    // A fault matrix opens hundreds of databases, each with its own pool; the server allows 200 connections.
    private const string ShortPool = "Connection Idle Lifetime=2;Connection Pruning Interval=1";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
        .Where(d => File.Exists(Path.Combine(d, "postgres")))
        .OrderBy(d => int.Parse(Path.GetFileName(Path.GetDirectoryName(d)!), CultureInfo.InvariantCulture)).Last();

    private readonly string _name = $"postgres{Environment.ProcessId}x{Guid.NewGuid():N}";
    private readonly int _port = TestPorts.Take();
    private readonly PreparedFolder _fixture;
    private readonly Lazy<Task> _chains;
    private Process? _server;

    public PostgresServer()
    {
        _fixture = new PreparedFolder(async folder =>
            await (await IngestionFixture.OpenAsync(folder, server: ConnectionString(PreparedDatabase, NoPool))).DisposeAsync());
        _chains = new Lazy<Task>(async () => await (await ChainFixture.OpenAsync(ConnectionString(PreparedChains, NoPool))).DisposeAsync());
    }

    /// <summary>The folder for its data, on any disk.</summary>
    internal string Disk { get; init; } = Path.GetTempPath();

    /// <summary>The folder for its write-ahead log, on any disk.</summary>
    internal string LogDisk { get; init; } = Path.GetTempPath();

    private string Data => Path.Combine(Disk, _name, "data");

    private string Log => Path.Combine(LogDisk, _name, "log");

    /// <summary>The connection string of a database; the portal creates the database when it is missing.</summary>
    public string ConnectionString(string database, string more = "") =>
        $"Host=127.0.0.1;Port={_port};Username={Owner};Database={database};{more}";

    /// <summary>A message side in a separate database; the same folder is the same database.</summary>
    internal async Task<IngestionFixture> OpenAsync(string? folder = null, int maxBytes = 1 << 20, string more = "",
        Action<IServiceCollection>? services = null)
    {
        if (folder is not null) return await IngestionFixture.OpenAsync(folder, maxBytes, services,
            ConnectionString(Path.GetFileName(folder), more));
        await _fixture.ReadyAsync();
        return await IngestionFixture.OpenAsync(maxBytes: maxBytes, more: services,
            server: ConnectionString(await CopyAsync(PreparedDatabase), more), prepared: _fixture);
    }

    /// <summary>
    /// A message side over copies of a database made earlier on this server and of its folder; idle connections are closed after seconds.
    /// </summary>
    internal async Task<IngestionFixture> OpenCopyAsync(string made, PreparedFolder folder, Action<IServiceCollection> services)
    {
        await folder.ReadyAsync();
        return await IngestionFixture.OpenAsync(
            more: services, server: ConnectionString(await CopyAsync(made), ShortPool), prepared: folder);
    }

    /// <summary>Chains in a separate database.</summary>
    internal async Task<ChainFixture> OpenChainsAsync()
    {
        await _chains.Value;
        return await ChainFixture.OpenAsync(ConnectionString(await CopyAsync(PreparedChains), ShortPool));
    }

    public async ValueTask InitializeAsync()
    {
        // The server refuses to run as root, so its folders get an owner of their own.
        foreach (var folder in Folders)
        {
            if (Environment.IsPrivilegedProcess) await RunAsync("install", "-d", "-m", "700", "-o", Owner, folder);
            else Directory.CreateDirectory(folder);
        }

        await RunAsync([.. AsOwner, Path.Combine(Programs, "initdb"), "-D", Data, "-X", Log, "--wal-segsize=4", "-U", Owner, "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        await StartAsync();
    }

    /// <summary>Starts it (again, on the same data) and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string[] command =
        [
            .. AsOwner, Path.Combine(Programs, "postgres"), "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-c",
            "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "shared_buffers=64MB", "-c", "max_connections=200",
        ];
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", "setsid \"$0\" \"$@\" </dev/null & child=$!; read line; kill -9 -- -$child", .. command])
            start.ArgumentList.Add(argument);
        _server = Process.Start(start)!;
        var texts = new List<string>();
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, line) =>
        {
            lock (texts) texts.Add(line.Data ?? "");
        };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || clock.Elapsed > StartLimit)
            {
                lock (texts) throw new InvalidOperationException("PostgreSQL did not start: " + string.Join('\n', texts));
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Kills the server and all its children (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _server!.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;

        // The server's children are not this process's children, so it polls /proc for them. The next start would take the process id of a
        // zombie for a running server.
        var clock = Stopwatch.StartNew();
        while (Directory.EnumerateDirectories("/proc").Any(p => Path.GetFileName(p).All(char.IsAsciiDigit) && WorksIn(p)))
        {
            if (clock.Elapsed > StartLimit) throw new InvalidOperationException("PostgreSQL was killed, and its children stay.");
            await Task.Delay(20);
        }

        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    /// <summary>Runs a statement in a database; returns the first value of the first row.</summary>
    public async Task<object?> SqlAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database, "Pooling=false"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await KillAsync();
        foreach (var folder in Folders) Directory.Delete(folder, recursive: true);
    }

    private async Task<string> CopyAsync(string prepared)
    {
        var database = $"copy{Guid.NewGuid():N}";
        await SqlAsync("postgres", $"CREATE DATABASE {database} TEMPLATE {prepared}");
        return database;
    }

    private IEnumerable<string> Folders => new[] { Disk, LogDisk }.Distinct().Select(d => Path.Combine(d, _name));

    private bool WorksIn(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == Data;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] AsOwner =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Owner}", $"--regid={Owner}", "--clear-groups", "--"] : [];

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await SqlAsync("postgres", "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task RunAsync(params string[] command)
    {
        var start =
            new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {await complained}");
    }
}
