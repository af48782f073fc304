using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;

namespace Portal.Ingestion.Commands;

/// <summary>Hands files with envelopes to the receiver, many at a time.</summary>
internal static class Replay
{
    private const int Chunk = 200;
    // Enough for some to be read while others wait for their commit.
    private const int InFlight = 8;
    private const int ProgressEvery = 5000;

    /// <summary>
    /// Receives every given file, and every <c>*.xml</c> below a given folder, in the order of their paths. Returns how many were new,
    /// known and quarantined; writes a line to <paramref name="progress"/> for each 5,000 new ones.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database is out; files already stored count as known when replayed
    /// again.</exception>
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
                // Small local files: a synchronous read costs less than an asynchronous one.
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
