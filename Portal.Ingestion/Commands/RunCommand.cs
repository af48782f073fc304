using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Portal.Ingestion.Hosting;

namespace Portal.Ingestion.Commands;

/// <summary><c>run</c>: the worker as a separate process.</summary>
internal static class RunCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("run", "Kører modtagelsen som en proces for sig");
        command.SetAction(async (_, cancellationToken) =>
        {
            using var host = await IngestionHost.OpenAsync(settings, roles: true, cancellationToken);
            await host.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
