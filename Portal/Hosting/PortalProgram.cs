using System.Data.Common;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Hosting;

/// <summary>The portal as a program: what it answers about itself, and the one line that a start which cannot succeed ends with.</summary>
public static class PortalProgram
{
    /// <summary>Runs the portal until it is stopped.</summary>
    /// <param name="args">Settings as arguments, or a question such as <c>--help</c>.</param>
    /// <param name="output">Answers about itself.</param>
    /// <param name="error">Why it could not start.</param>
    /// <param name="more">See <see cref="PortalHost.StartAsync"/>.</param>
    /// <returns>The program's exit status: 0 when it was stopped or has answered, 1 when it could not start.</returns>
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
        catch (DbException problem)
        {
            await error.WriteLineAsync($"Databasen kan ikke bruges: {DatabaseProblem.Explain(problem)}.");
            return 1;
        }
    }
}
