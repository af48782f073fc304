using System.Data.Common;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Platform.Access.Rights;

namespace Portal.Hosting;

/// <summary>Runs the portal as a program: help and version, and one line on standard error for a failed start.</summary>
public static class PortalProgram
{
    /// <summary>Runs the portal until it is stopped.</summary>
    /// <param name="args">Settings as arguments, or <c>--help</c> or <c>--version</c>.</param>
    /// <param name="output">Receives help and version.</param>
    /// <param name="error">Receives the reason of a failed start.</param>
    /// <param name="more">See <see cref="PortalHost.StartAsync"/>.</param>
    /// <returns>The program's exit status: 0 after a stop, help or version; 1 when it could not start.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Action<WebApplicationBuilder>? more = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            if (PortalHelp.Answer(args) is { } text)
            {
                await output.WriteLineAsync(text);
                return 0;
            }

            await PortalHost.RunAsync(args, more);
            return 0;
        }
        catch (ConfigurationProblemException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (MissingRightsException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (DbException problem)
        {
            await error.WriteLineAsync($"Databasen kan ikke bruges: {DatabaseProblem.Explain(problem)}.");
            return 1;
        }
    }
}
