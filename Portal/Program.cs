using Portal.Hosting;
using Portal.Ingestion.Configuration;

try
{
    await PortalHost.RunAsync(args);
    return 0;
}
catch (ConfigurationProblemException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
