using System.CommandLine;
using Portal.Ingestion.Backup;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Hosting;

namespace Portal.Ingestion.Commands;

/// <summary><c>backup --to FILE</c>: copies database and keys to one file while every program runs.</summary>
internal static class BackupCommand
{
    public static Command Create(string[] settings, Terminal terminal)
    {
        var to = new Option<string>("--to") { Description = "Filen, der skal laves; den må ikke findes i forvejen", Required = true };
        var command = new Command("backup", "Gemmer database og nøgler i én fil, mens alt kører") { to };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(to)!, settings, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = IngestionHost.Reading(arguments, out var settings);
            var copy = DatabaseServices.Of(settings.Provider).OpenCopy(services);
            var keys = new BackupKeys(settings).Existing();
            await using var progress = new BackupProgress(terminal.Error, TimeProvider.System, "gemt");
            await using var writer = new BackupWriter(path, progress.Count);
            var at = TimeProvider.System.GetUtcNow();
            await writer.AddAsync(copy.Entry, (into, stop) => copy.SaveAsync(into, writer.Unfinished + ".db", stop), cancellationToken);
            foreach (var (entry, file) in keys)
            {
                await writer.AddAsync(entry, async (into, stop) =>
                {
                    await using var from = File.OpenRead(file);
                    await from.CopyToAsync(into, stop);
                }, cancellationToken);
            }

            await writer.CompleteAsync(ProgramVersion.Text, settings.Provider, at, cancellationToken);
            await terminal.Output.WriteLineAsync($"Gemt i {Path.GetFullPath(path)}: databasen {Storage.DatabaseName.Of(settings)} og "
                + $"{keys.Count} nøglefiler, {BackupProgress.Size(new FileInfo(path).Length)}. "
                + "Filen holder personoplysninger og nøgler: opbevar "
                + "den, hvor kun I kan læse den. Ikke med: appsettings.json og certifikater.");
            return 0;
        }
        catch (BackupProblemException problem)
        {
            await terminal.Error.WriteLineAsync(problem.Message);
            return ExitCodes.Failed;
        }
    }
}
