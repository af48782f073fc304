using System.CommandLine;
using Portal.Ingestion.Backup;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Commands;

/// <summary><c>restore --from FILE</c>: makes database and keys from a backup, in an empty place, and verifies the copy's logs.</summary>
internal static class RestoreCommand
{
    public static Command Create(string[] settings, Terminal terminal)
    {
        var from = new Option<string>("--from") { Description = "Sikkerhedskopien, lavet med backup", Required = true };
        var command = new Command("restore", "Gendanner database og nøgler, hvor der intet er, og kontrollerer dem") { from };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(from)!, settings, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var settings = await RestoreAsync(path, arguments, terminal, cancellationToken);
            await terminal.Output.WriteLineAsync($"Gendannet til {DatabaseName.Of(settings)}. Loggene kontrolleres …");
        }
        catch (BackupProblemException problem)
        {
            await terminal.Error.WriteLineAsync(problem.Message);
            return ExitCodes.Failed;
        }

        return await VerifyCommand.VerifyAsync(arguments, checkpointPath: null, keyText: null, terminal, cancellationToken);
    }

    private static async Task<PortalSettings> RestoreAsync(
        string path, string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var services = IngestionHost.Reading(arguments, out var settings);
        var copy = DatabaseServices.Of(settings.Provider).OpenCopy(services);
        var keys = new BackupKeys(settings);
        await using var progress = new BackupProgress(terminal.Error, TimeProvider.System, "læst");
        await using var backup = await BackupReader.OpenAsync(path, progress.Count, cancellationToken);
        if (backup.Manifest.Provider != settings.Provider.ToString())
        {
            throw new BackupProblemException($"Sikkerhedskopien er fra {backup.Manifest.Provider}, men her er valgt {settings.Provider}. "
                + $"Intet er skrevet; gendan med --Database:Provider={backup.Manifest.Provider}.");
        }

        // Both are asked before either is written; the keys come first, since a database without them does not start.
        await copy.RefuseFilledAsync(cancellationToken);
        await keys.RefuseOthersAsync(backup, cancellationToken);
        await keys.RestoreAsync(backup, cancellationToken);
        await copy.RestoreAsync((into, stop) => backup.CopyAsync(copy.Entry, into, stop), cancellationToken);
        return settings;
    }
}
