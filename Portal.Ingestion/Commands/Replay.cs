using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Commands;

/// <summary>Lets files of envelopes in through the one receive, many at a time.</summary>
internal static class Replay
{
    private const int Chunk = 200;
    // So many that some are read while others wait for their commit.
    private const int InFlight = 8;
    private const int ProgressEvery = 5000;

    /// <summary>
    /// Every file named, and every <c>*.xml</c> in a folder named, in the order of their paths. Tells how many were new, known and
    /// quarantined; each some thousands new are reported on <paramref name="progress"/>.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database takes no more now; what is stored is stored, and known when it is
    /// replayed again.</exception>
    public static async Task<(long Fresh, long Known, long Quarantined)> RunAsync(
        IServiceProvider services, IEnumerable<string> paths, TextWriter progress, CancellationToken cancellationToken)
    {
        var receiver = services.GetRequiredService<IReceiver>();
        var time = services.GetRequiredService<TimeProvider>();
        long fresh = 0, known = 0, quarantined = 0;
        await Parallel.ForEachAsync(
            paths.SelectMany(Files).Chunk(Chunk),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
            async (part, cancel) =>
            {
                // Small local files: a synchronous read costs less than the detour over the thread pool.
                var outcomes = await receiver.ReceiveAsync(
                    [.. part.Select(path => new Delivery(File.ReadAllBytes(path), "replay", time.GetUtcNow()))], cancel);
                foreach (var outcome in outcomes)
                {
                    var done = outcome switch
                    {
                        DeliveryOutcome.Accepted => Interlocked.Increment(ref fresh),
                        DeliveryOutcome.Repeated => Interlocked.Increment(ref known),
                        _ => Interlocked.Increment(ref quarantined),
                    };
                    if (outcome is DeliveryOutcome.Accepted && done % ProgressEvery == 0) await progress.WriteLineAsync($"{done} nye …");
                }
            });
        return (fresh, known, quarantined);
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.xml", new EnumerationOptions { RecurseSubdirectories = true,
            MatchCasing = MatchCasing.CaseInsensitive }).Order(StringComparer.Ordinal);
}
