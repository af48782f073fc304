using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Commands.Bench;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Keeping;
using Portal.Ingestion.Verification;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// The time of a full verification of 1,000,000 messages of 6.4 KB. Runs only when asked for, on a Release build: <c>dotnet build
/// Portal.Tests -c Release</c>, then <c>dotnet exec Portal.Tests/bin/Release/net10.0/Portal.Tests.dll --explicit only --filter-class
/// "*VerifyBench" --show-live-output on</c>.
/// </summary>
public sealed class VerifyBench(ITestOutputHelper output)
{
    private const int Messages = 1_000_000;
    private const int Chunk = 200;
    private const int InFlight = 8;
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_million_messages_are_verified_in_minutes()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            BenchMessages.Stream("verify").Take(Messages).Chunk(Chunk),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = Stop },
            async (chunk, cancel) => await fixture.Receiver.ReceiveAsync(
                [.. chunk.Select(bytes => new Delivery(bytes, "bench", fixture.Time.GetUtcNow()))], cancel));
        Print($"{Messages:N0} messages stored in {clock.Elapsed.TotalSeconds:F0} s");

        clock.Restart();
        var verdict = await fixture.Services.GetRequiredService<LedgerVerifier>()
            .VerifyAsync(fixture.Services.GetRequiredService<LedgerKey>().Verifier, [], null, 0, Stop);
        Print($"verified in {clock.Elapsed.TotalSeconds:F1} s, {Messages / clock.Elapsed.TotalSeconds:N0} messages a second; load {
            (await File.ReadAllTextAsync("/proc/loadavg", Stop)).Trim()}");
        Assert.Equal((null, Messages), (verdict!.First, verdict.Size));
        Assert.True(clock.Elapsed < Minutes, "A verification of a million messages takes longer than minutes.");
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
