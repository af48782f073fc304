using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Portal.Ingestion.Hosting;

/// <summary>Chooses the environment name (Development, Production …).</summary>
public static class PortalEnvironment
{
    /// <summary>
    /// Set by the launch settings. Not <c>ASPNETCORE_ENVIRONMENT</c>, because <c>dotnet run</c> would let the launch settings override the
    /// operator's value.
    /// </summary>
    public const string LaunchVariable = "PORTAL_LAUNCH_ENVIRONMENT";

    /// <summary>
    /// The argument <c>--environment</c>, else <c>ASPNETCORE_ENVIRONMENT</c>, else <c>DOTNET_ENVIRONMENT</c>, else the launch settings',
    /// else Production.
    /// </summary>
    public static string Choose(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var fromArguments = new ConfigurationBuilder().AddCommandLine([.. args]).Build()["environment"];
        string?[] candidates = [fromArguments, variable("ASPNETCORE_ENVIRONMENT"), variable("DOTNET_ENVIRONMENT"), variable(
            LaunchVariable)];
        return Array.Find(candidates, c => !string.IsNullOrWhiteSpace(c))?.Trim() ?? Environments.Production;
    }
}
