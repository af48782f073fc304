using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Portal.Ingestion.Hosting;

/// <summary>Which environment a program runs in.</summary>
public static class PortalEnvironment
{
    /// <summary>
    /// Set by the launch settings. A variable of our own, because <c>dotnet run</c> lets launch settings override
    /// <c>ASPNETCORE_ENVIRONMENT</c>, which must win.
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
