using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Hosting;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Commands;

/// <summary><c>replay PATH…</c>: receives files or folders with envelopes.</summary>
internal static class ReplayCommand
{
    public static Command Create(string[] settings, Terminal terminal)
    {
        var paths =
            new Argument<string[]>("PATH") { Description = "Filer eller mapper med kuverter (*.xml)", Arity = ArgumentArity.OneOrMore };
        var command = new Command("replay", "Læser kuverter fra filer ind i den konfigurerede database") { paths };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(paths)!, settings, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string[] settings, Terminal terminal, CancellationToken cancellationToken)
    {
        if (paths.FirstOrDefault(p => !File.Exists(p) && !Directory.Exists(p)) is { } missing)
        {
            await terminal.Error.WriteLineAsync($"»{missing}« findes ikke. Angiv filer eller mapper med kuverter.");
            return ExitCodes.Failed;
        }

        using var host = await IngestionHost.OpenAsync(settings, roles: false, cancellationToken);
        await terminal.Output.WriteLineAsync($"Database: {StartLog.Describe(host.Services)}");
        var (fresh, known, quarantined) = await Replay.RunAsync(host.Services, paths, terminal.Error, cancellationToken);
        await host.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(cancellationToken);
        await terminal.Output.WriteLineAsync(
            $"{fresh} nye, {known} kendte, {quarantined} i karantæne ({fresh} new, {known} known, {quarantined} quarantined)");
        return 0;
    }
}
