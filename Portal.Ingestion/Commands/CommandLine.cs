using System.CommandLine;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Commands;

/// <summary>The verbs of the message side. Arguments of the form <c>--Key:Name=value</c> are configuration and go to every verb.</summary>
public static class CommandLine
{
    /// <summary>Runs a verb; 0 when it went well, else one clear line on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var settings = args.Where(IsSetting).ToArray();
        var root = new RootCommand("Modtagelse af beskeder fra Fælleskommunal Beskedfordeler")
        {
            RunCommand.Create(settings), ReplayCommand.Create(settings), SimulateCommand.Create(), VerifyCommand.Create(settings), BenchCommand.Create(), Bench.BenchPart.Create(),
        };
        var parsed = root.Parse(args.Where(a => !IsSetting(a)).ToArray());
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message} Brug --help for at se, hvad der kan skrives.");
            return args.Contains("verify") ? 2 : 1;
        }

        using var stop = new StopSignals();
        try
        {
            // The library's own handling of signals gives a verb two seconds and fails at the second signal.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Stopping);
        }
        catch (ConfigurationProblemException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (StorageUnavailableException problem)
        {
            await Console.Error.WriteLineAsync($"{problem.Message} Det, der blev meldt gemt, er gemt; kør kommandoen igen for resten.");
            return 1;
        }
        catch (Transports.Simulator.SimulateStoppedException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (IOException problem)
        {
            await Console.Error.WriteLineAsync($"En fil kunne ikke læses: {problem.Message}");
            return 1;
        }
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is var equals && equals > 0
        && argument.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon < equals;
}
