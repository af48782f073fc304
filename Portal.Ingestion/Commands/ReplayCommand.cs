using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Commands;

/// <summary><c>replay PATH…</c>: lets files or folders of envelopes in through the one receive.</summary>
internal static class ReplayCommand
{
    private const int Chunk = 200;
    private const int InFlight = 4;
    private const int ProgressEvery = 5000;

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
            return 1;
        }

        using var host = await IngestionHost.OpenAsync(settings, roles: false, cancellationToken);
        var receiver = host.Services.GetRequiredService<IReceiver>();
        var time = host.Services.GetRequiredService<TimeProvider>();
        long fresh = 0, known = 0, quarantined = 0;
        await Parallel.ForEachAsync(
            paths.SelectMany(Files).Chunk(Chunk),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (part, cancel) =>
            {
                // Small local files: a synchronous read costs less than the detour over the thread pool.
                var outcomes = await receiver.ReceiveAsync([.. part.Select(path => new Delivery(File.ReadAllBytes(path), "replay", time.GetUtcNow()))], cancel);
                foreach (var outcome in outcomes)
                {
                    var done = outcome switch
                    {
                        DeliveryOutcome.Accepted => Interlocked.Increment(ref fresh),
                        DeliveryOutcome.Repeated => Interlocked.Increment(ref known),
                        _ => Interlocked.Increment(ref quarantined),
                    };
                    if (outcome is DeliveryOutcome.Accepted && done % ProgressEvery == 0) await Console.Error.WriteLineAsync($"{done} nye …");
                }
            });
        await host.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"{fresh} nye, {known} kendte, {quarantined} i karantæne ({fresh} new, {known} known, {quarantined} quarantined)");
        return 0;
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.xml", new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive }).Order(StringComparer.Ordinal);
}
