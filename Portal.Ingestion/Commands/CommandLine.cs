using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Transports.Simulator;

namespace Portal.Ingestion.Commands;

/// <summary>
/// The verbs of the message side. Arguments of the form <c>--Key:Name=value</c> are configuration; all verbs accept them, and
/// <c>simulate</c> and <c>bench</c> ignore them.
/// </summary>
public static class CommandLine
{
    private const int Interrupted = 130;
    private const string Verify = "verify";
    private static readonly string[] Named = [$"--{ConfigurationFile.Argument}", "--environment"];

    /// <summary>
    /// Runs a verb and returns its exit code (<see cref="ExitCodes"/>); for a failure it writes one line to <see cref="Terminal.Error"/>.
    /// </summary>
    /// <param name="args">The verb and its arguments.</param>
    /// <param name="terminal">Where the verb writes.</param>
    /// <param name="stop">Asks the verb to stop.</param>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        var settings = SettingsOf(args);
        var root = Root(settings, terminal);
        var parsed = root.Parse(args.Where(a => !IsSetting(a)).ToArray());
        var failed = args.Contains(Verify) ? ExitCodes.VerifyFailed : ExitCodes.Failed;
        if (parsed.Errors.Count > 0)
            return await FailAsync(terminal, $"{ParseProblem.Explain(parsed)} Brug --help for at se, hvad der kan skrives.", failed);

        try
        {
            KeyCheck.RefuseArguments(settings);
            var how = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Output, Error = terminal.Error,
            };
            return await parsed.InvokeAsync(how, stop);
        }
        catch (Exception problem) when (problem is ConfigurationProblemException or SimulateStoppedException)
        {
            return await FailAsync(terminal, problem.Message, failed);
        }
        catch (StorageUnavailableException problem)
        {
            return await FailAsync(
                terminal, $"{problem.Message} Det, der blev meldt gemt, er gemt; kør kommandoen igen for resten.", failed);
        }
        catch (DbException problem)
        {
            return await FailAsync(terminal, $"Databasen kan ikke bruges: {DatabaseProblem.Explain(problem)}.", failed);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(terminal, $"En fil kunne ikke læses eller skrives: {problem.Message}", failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await FailAsync(terminal, "Afbrudt. Det, der blev meldt gemt, er gemt.", Interrupted);
        }
    }

    private static RootCommand Root(string[] settings, Terminal terminal)
    {
        var root = new RootCommand($"{ProgramVersion.Product}: modtagelse af beskeder fra Fælleskommunal Beskedfordeler")
        {
            RunCommand.Create(settings), ReplayCommand.Create(settings, terminal), SimulateCommand.Create(terminal),
            VerifyCommand.Create(settings, terminal), BackupCommand.Create(settings, terminal), RestoreCommand.Create(settings, terminal),
            KeyCommand.Create(settings, terminal), BenchCommand.Create(terminal),
            Bench.BenchPart.Create(),
        };
        root.Add(new Option<string?>(Named[0]) { Description = "Jeres egen indstillingsfil (også PORTAL_SETTINGS); "
            + "relative stier tæller fra dens mappe", Recursive = true });
        root.Add(new Option<string?>(Named[1]) { Description = "Miljøet: Production, når intet andet er sagt", Recursive = true });
        foreach (var option in root.Options)
        {
            if (option is HelpOption help) (help.Action, help.Description) = (new DanishHelp(), "Viser denne hjælp");
            if (option is VersionOption version) version.Description = "Viser versionen";
        }

        return root;
    }

    private static async Task<int> FailAsync(Terminal terminal, string line, int status)
    {
        await terminal.Error.WriteLineAsync(line);
        return status;
    }

    private static string[] SettingsOf(string[] args)
    {
        var settings = new List<string>();
        for (var n = 0; n < args.Length; n++)
        {
            if (IsSetting(args[n]) || Named.Any(name => args[n].StartsWith(name + "=", StringComparison.Ordinal))) settings.Add(args[n]);
            else if (Named.Contains(args[n]) && n + 1 < args.Length) settings.Add($"{args[n]}={args[++n]}");
        }

        return [.. settings];
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is var equals && equals > 0
        && argument.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon < equals;
}

/// <summary>Where a verb writes its results, and its progress and problems.</summary>
/// <param name="Output">Results, for a person or a script.</param>
/// <param name="Error">Progress and problems.</param>
/// <param name="ErrorIsWatched">True when <paramref name="Error"/> is a terminal, not redirected to a file.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool ErrorIsWatched)
{
    /// <summary>The console of this process.</summary>
    public static Terminal Own { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);
}
