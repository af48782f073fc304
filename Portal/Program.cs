using System.Data.Common;
using Portal.Hosting;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Storage;

try
{
    if (PortalHelp.Answer(args) is { } text)
    {
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    await PortalHost.RunAsync(args);
    return 0;
}
catch (ConfigurationProblemException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (DbException problem)
{
    await Console.Error.WriteLineAsync($"Databasen kan ikke bruges: {DatabaseProblem.Explain(problem)}.");
    return 1;
}
