using System.Diagnostics;
using Portal.Ingestion.Configuration;

namespace Portal.Tests.Outside;

/// <summary>The two programs as an operator starts them: what they print, and the status they end with.</summary>
internal static class Programs
{
    /// <summary>How a program ended.</summary>
    public sealed record Ended(int Status, string Output, string Error)
    {
        /// <summary>Lines on standard error.</summary>
        public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Runs a verb of the message side to its end.</summary>
    public static Task<Ended> IngestionAsync(string folder, params string[] arguments) => RunAsync("Portal.Ingestion", folder, "Development", arguments);

    /// <summary>Starts the portal with a setting that must stop the start.</summary>
    public static Task<Ended> PortalAsync(string folder, string environment, params string[] arguments) => RunAsync("Portal", folder, environment, arguments);

    private static async Task<Ended> RunAsync(string program, string folder, string environment, string[] arguments)
    {
        var build = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[Path.Combine(ConfigurationFile.Root, program, "bin", build, "net10.0", program + ".dll"), .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
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
