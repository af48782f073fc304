using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Portal.Hosting;
using Portal.Ingestion.Commands;
using Portal.Ingestion.Hosting;

namespace Portal.Tests.Outside;

/// <summary>
/// The two programs as an operator starts them: their output and exit status. Most run in this process, which costs a tenth of the time.
/// </summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>How a program ended.</summary>
    public sealed record Ended(int Status, string Output, string Error)
    {
        /// <summary>Lines on standard error.</summary>
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>
    /// Runs a verb of the message side to its end in this process, exactly as its program does except for the base folder of relative
    /// paths.
    /// </summary>
    public static async Task<Ended> IngestionAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        using var limit = new CancellationTokenSource(Limit);
        var terminal = new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), ErrorIsWatched: false);
        var status = await CommandLine.RunAsync([.. arguments, "--environment", "Development"], terminal, limit.Token);
        ClosePools(arguments);
        return new Ended(status, output.ToString(), error.ToString());
    }

    /// <summary>Starts the portal in this process, with something that must stop the start.</summary>
    public static async Task<Ended> PortalAsync(string environment, params string[] arguments)
    {
        var (output, error, lines) = (new StringWriter(), new StringWriter(), new Stories.LogLines());
        string[] all = ["--environment", environment, .. arguments];
        var ended = PortalProgram.RunAsync(all, output, error, builder => builder.Logging.ClearProviders().AddProvider(lines));
        var status = await ended.WaitAsync(Limit);
        ClosePools(arguments);
        return new Ended(status, string.Join('\n', [output.ToString(), .. lines.Written]), error.ToString());
    }

    /// <summary>Runs a verb of the message side to its end as a separate process.</summary>
    public static Task<Ended> IngestionProcessAsync(string folder, params string[] arguments) =>
        RunAsync("Portal.Ingestion", folder, "Development", arguments);

    /// <summary>Starts the portal as a separate process, with something that must stop the start.</summary>
    public static Task<Ended> PortalProcessAsync(string folder, string environment, params string[] arguments) =>
        RunAsync("Portal", folder, environment, arguments);

    // Closes pooled connections, as the end of a process would: the next run may find other files at the same path.
    private static void ClosePools(string[] arguments)
    {
        const string Key = "--Database:ConnectionString=Data Source=";
        foreach (var argument in arguments.Where(a => a.StartsWith(Key, StringComparison.Ordinal)))
            Ingestion.Log.SqlitePool.Clear(argument[(argument.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    private static async Task<Ended> RunAsync(string program, string folder, string environment, string[] arguments)
    {
        var build = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var start =
            new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[
            Path.Combine(ConfigurationFile.Root, program, "bin", build, "net10.0", program + ".dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
