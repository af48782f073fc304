using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Amqp;

/// <summary>Tests with the broker run one after another on one server.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqTests : ICollectionFixture<RabbitMqServer>
{
    public const string Name = "RabbitMQ";
}

/// <summary>
/// A real RabbitMQ from the Debian package, private to the tests: own node, ports, data, cookie and epmd. It can be killed (SIGKILL) and
/// started again on the same data. It ends with the tests, however they end: a wrapping shell reads from the tests' pipe and kills it when
/// the pipe closes.
/// </summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    public const string VirtualHost = "BF";
    public const string User = "portal";
    public const string Password = "port@l/1";

    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbit").FullName;
    private readonly int[] _ports = [.. Enumerable.Range(0, 4).Select(_ => TestPorts.Take())];
    private readonly string _node = $"portal{Environment.ProcessId}x{RandomNumberGenerator.GetHexString(6, lowercase: true)}@localhost";
    private Process? _server;
    private Process? _epmd;

    internal TestCertificates Certificates { get; private set; } = null!;

    /// <summary>Address with password, in the tests' virtual host.</summary>
    public Uri Address => AddressFor(User, Password);

    /// <summary>Address with TLS, where the broker demands a client certificate.</summary>
    public Uri SecureAddress => new($"amqps://{User}:{Uri.EscapeDataString(Password)}@localhost:{_ports[1]}/{VirtualHost}");

    public Uri AddressFor(string user, string password, string virtualHost = VirtualHost) =>
        new($"amqp://{user}:{Uri.EscapeDataString(password)}@localhost:{_ports[0]}/{virtualHost}");

    public async ValueTask InitializeAsync()
    {
        Certificates = new TestCertificates(_folder);
        var home = Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName;
        var cookie = Path.Combine(home, ".erlang.cookie");
        await File.WriteAllTextAsync(cookie, RandomNumberGenerator.GetHexString(20));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(cookie, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[rabbitmq_auth_mechanism_ssl].\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq-env.conf"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "definitions.json"), $$"""
            { "vhosts": [ { "name": "/" }, { "name": "{{VirtualHost}}" }, { "name": "lukket" } ],
              "users": [
                { "name": "{{User}}", "password_hash": "{{Hash(Password)}}", "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "" },
                { "name": "{{TestCertificates.ClientName}}", "password_hash": "", "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "" } ],
              "permissions": [
                { "user": "{{User}}", "vhost": "{{VirtualHost}}", "configure": ".*", "write": ".*", "read": "^(?!lukket).*" },
                { "user": "{{TestCertificates.ClientName}}", "vhost": "{{VirtualHost}}", "configure": "^$", "write": "^$",
                "read": ".*" } ] }
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{_ports[0]}
            listeners.ssl.1 = 127.0.0.1:{_ports[1]}
            ssl_options.cacertfile = {Certificates.AuthorityPath}
            ssl_options.certfile = {Certificates.ServerCertificatePath}
            ssl_options.keyfile = {Certificates.ServerKeyPath}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = true
            auth_mechanisms.1 = PLAIN
            auth_mechanisms.2 = EXTERNAL
            ssl_cert_login_from = common_name
            load_definitions = {Path.Combine(_folder, "definitions.json")}
            log.file.level = warning
            """);
        _epmd = Keep("epmd", "-port", $"{_ports[3]}", "-address", "127.0.0.1");
        await StartAsync();
    }

    /// <summary>Starts it (again, on the same data) and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _server = Keep(Path.Combine(Programs, "rabbitmq-server"));
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_server.HasExited || clock.Elapsed > StartLimit)
                throw new InvalidOperationException("The broker did not start: " + await LogAsync());
            await Task.Delay(100);
        }
    }

    /// <summary>
    /// Kills the broker and all its children (SIGKILL). Which queues there are it writes to disk with a delay, and loses when it is killed
    /// before; the messages are what a test is about, so the queues are written first.
    /// </summary>
    public async Task KillAsync()
    {
        await ControlAsync("eval", "mnesia:sync_log().");
        _server!.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
    }

    /// <summary>A connection for the tests' own use.</summary>
    public async Task<IConnection> ConnectAsync() => await new ConnectionFactory { Uri = Address, AutomaticRecoveryEnabled = false,
        ClientProvidedName = "test" }.CreateConnectionAsync();

    /// <summary>Runs <c>rabbitmqctl</c>; returns its output.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        var start =
            new ProcessStartInfo(Path.Combine(Programs, "rabbitmqctl")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--quiet", .. arguments]) start.ArgumentList.Add(argument);
        Surround(start);
        using var control = Process.Start(start)!;
        var (output, complained) = (control.StandardOutput.ReadToEndAsync(), control.StandardError.ReadToEndAsync());
        await control.WaitForExitAsync();
        return control.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await complained}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _server, _epmd })
        {
            if (process is null) continue;
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Starts a program under a shell that kills it when this process's end of the pipe closes, which happens also when this process is
    /// killed.
    /// </summary>
    private Process Keep(string program, params string[] arguments)
    {
        var start =
            new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[
            "-c", "setsid \"$0\" \"$@\" </dev/null & child=$!; read line; kill -9 -- -$child", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        Surround(start);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Surround(ProcessStartInfo start)
    {
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = Path.Combine(_folder, "home"),
            ["ERL_EPMD_PORT"] = $"{_ports[3]}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = _node,
            ["RABBITMQ_DIST_PORT"] = $"{_ports[2]}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(_folder, "generated"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "rabbitmq-env.conf"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(_folder, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        }) start.Environment[name] = value;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or RabbitMQ.Client.Exceptions.RabbitMQClientException or TimeoutException
            or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<string> LogAsync()
    {
        var log = new DirectoryInfo(Path.Combine(_folder, "log"));
        return log.Exists && log.GetFiles("*.log").MaxBy(f => f.LastWriteTimeUtc) is { } newest
            ? await File.ReadAllTextAsync(newest.FullName)
            : "it wrote no log.";
    }

    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
