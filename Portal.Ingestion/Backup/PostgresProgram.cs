using System.ComponentModel;
using System.Diagnostics;
using Npgsql;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Backup;

/// <summary>
/// A running client program of PostgreSQL. It gets the connection by environment variables, so the password stands in no command line.
/// </summary>
internal sealed class PostgresProgram : IAsyncDisposable
{
    private const string DebianFolder = "/usr/lib/postgresql";
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PostgresProgram(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What it reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts the program.</summary>
    /// <exception cref="BackupProblemException">It is not installed.</exception>
    public static PostgresProgram Start(string program, string connectionString, string[] arguments)
    {
        var start = new ProcessStartInfo(PathOf(program), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in EnvironmentOf(new NpgsqlConnectionStringBuilder(connectionString))) start.Environment[name] = value;
        try
        {
            return new PostgresProgram(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            throw new BackupProblemException($"Programmet {program} findes ikke her, og intet er skrevet. Installér PostgreSQL's "
                + "klientprogrammer (Debian: postgresql-client) i mindst serverens version, og kør kommandoen igen.");
        }
    }

    /// <summary>Waits until it ends.</summary>
    /// <param name="problem">Begins the message when it failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupProblemException">It failed; the message ends with its own first line.</exception>
    public async Task EndAsync(string problem, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode == 0) return;
        var why = TextLines.Split(await _errors).FirstOrDefault(line => line.Length > 0) ?? $"kode {_process.ExitCode}";
        throw new BackupProblemException($"{problem}: {why.Trim()}");
    }

    /// <summary>Ends it when it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // Debian keeps the programs of each version in a folder of its own; the newest dumps all servers.
    private static string PathOf(string program)
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
        if (onPath || !Directory.Exists(DebianFolder)) return program;
        return Directory.EnumerateDirectories(DebianFolder).OrderByDescending(f => int.TryParse(Path.GetFileName(f), out var n) ? n : 0)
            .Select(f => Path.Combine(f, "bin", program)).FirstOrDefault(File.Exists) ?? program;
    }

    private static IEnumerable<(string Name, string Value)> EnvironmentOf(NpgsqlConnectionStringBuilder server)
    {
        var hosts = (server.Host ?? "").Split(',', StringSplitOptions.TrimEntries);
        yield return ("PGHOST", string.Join(',', hosts.Select(h => h.Split(':')[0])));
        yield return ("PGPORT", string.Join(',', hosts.Select(h => h.Split(':') is [_, var port] ? port : $"{server.Port}")));
        if (server.Database is { } database) yield return ("PGDATABASE", database);
        if (server.Username is { } user) yield return ("PGUSER", user);
        if (server.Password is { } password) yield return ("PGPASSWORD", password);
        if (server.Passfile is { } passfile) yield return ("PGPASSFILE", passfile);
        yield return ("PGSSLMODE", server.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        });
        if (server.RootCertificate is { } root) yield return ("PGSSLROOTCERT", root);
        if (server.SslCertificate is { } certificate) yield return ("PGSSLCERT", certificate);
        if (server.SslKey is { } key) yield return ("PGSSLKEY", key);
        if (server.TargetSessionAttributes is { } target) yield return ("PGTARGETSESSIONATTRS", target);
    }
}
