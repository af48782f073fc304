using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Letters;

namespace Portal.Ingestion.Commands;

/// <summary><c>replay PATH…</c>: lets files or folders of envelopes in through the one receive.</summary>
internal static class ReplayCommand
{
    public static Command Create(string[] settings)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Filer eller mapper med kuverter (*.xml)", Arity = ArgumentArity.OneOrMore };
        var command = new Command("replay", "Læser kuverter fra filer ind i den konfigurerede database") { paths };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(paths)!, settings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] paths, string[] settings, CancellationToken cancellationToken)
    {
        if (paths.FirstOrDefault(p => !File.Exists(p) && !Directory.Exists(p)) is { } missing)
        {
            await Console.Error.WriteLineAsync($"»{missing}« findes ikke. Angiv filer eller mapper med kuverter.");
            return ExitCodes.Failed;
        }

        using var host = await IngestionHost.OpenAsync(settings, roles: false, cancellationToken);
        await Console.Out.WriteLineAsync($"Database: {StartLog.Describe(host.Services)}");
        var (fresh, known, quarantined) = await Replay.RunAsync(host.Services, paths, cancellationToken);
        await host.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"{fresh} nye, {known} kendte, {quarantined} i karantæne ({fresh} new, {known} known, {quarantined} quarantined)");
        return 0;
    }
}
