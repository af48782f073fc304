using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Retention;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// What erasure under retention costs receiving: expired letters with their statuses and expired other messages are erased, and the rate of
/// receiving meanwhile is divided by the rate without, in one run. Runs only when asked for, as <see cref="VerifyBench"/> says;
/// <c>ERASE_MESSAGES</c> takes another number than 400,000.
/// </summary>
public sealed class EraseBench(ITestOutputHelper output)
{
    private const int PerLetter = 2;
    private const int Batch = 1000;
    private const int Fresh = 20_000;
    private const int Rounds = 7;
    private static readonly int Expired =
        int.Parse(Environment.GetEnvironmentVariable("ERASE_MESSAGES") ?? "400000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Years = TimeSpan.FromDays(6 * 366);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Receiving_keeps_nine_tenths_of_its_rate_while_expired_messages_are_erased()
    {
        var time = new LaterTime();
        await using var fixture = await IngestionFixture.OpenAsync(more: s => s.AddSingleton<TimeProvider>(time));
        await FillAsync(fixture, time);
        time.Later = TimeSpan.Zero;
        var eraser = fixture.Services.GetRequiredService<Eraser>();

        // In turns, since the rate falls as the log grows.
        await ReceiveAsync(fixture, time, Fresh);
        var (without, meanwhile) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await ReceiveAsync(fixture, time, Fresh));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var erasing = Task.Run(() => eraser.EraseAsync(stop.Token), Stop);
            meanwhile.Add(await ReceiveAsync(fixture, time, Fresh));
            Assert.False(erasing.IsCompleted, "All was erased: nothing was measured.");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => erasing);
        }

        var clock = Stopwatch.StartNew();
        var erased = await eraser.EraseAsync(Stop);
        Print($"the rest, {erased.Total:N0}, alone: {clock.Elapsed.TotalSeconds:F0} s");
        Print($"received a second, without: {Text(without)}; meanwhile: {Text(meanwhile)}");
        Print($"median meanwhile ÷ median without: {Median(meanwhile) / Median(without):F3}");
    }

    // Half of them belong to letters.
    private static async Task FillAsync(IngestionFixture fixture, LaterTime time)
    {
        var registry = fixture.Services.GetRequiredService<ILetterRegistry>();
        var matcher = fixture.Services.GetRequiredService<LetterMatcher>();
        var caseworker = new Viewer("bench", "bench", ViewerRights.RegisterLetters, [IngestionFixture.Own], TypeScope.Everything);
        for (var from = 0; from < Expired / 2 / PerLetter; from += Batch)
        {
            var letters = Enumerable.Range(from, Batch).Select(n => (N: n, Uuid: Guid.NewGuid().ToString())).ToList();
            await registry.RegisterAsync(
                caseworker, [.. letters.Select(l => new LetterRegistration
                {
                    CaseNumber = $"26-{l.N:000000}", CaseType = "huslejenaevn", LetterId = $"L-{l.N}", Title = "Afgørelse",
                    Recipient = new LetterRecipient("Anna Lejer", null, null), Channel = LetterChannel.FysiskPost,
                    SentAt = time.GetUtcNow(), Identifiers = new LetterIdentifiers { MessageUuid = l.Uuid },
                })],
                RegistrationSource.System, Stop);
            await fixture.Receiver.ReceiveAsync([.. letters.SelectMany(l => Messages(l.Uuid, time))], Stop);
            await fixture.Receiver.ReceiveAsync([.. letters.SelectMany(_ => Messages(Guid.NewGuid().ToString(), time))], Stop);
            await matcher.CatchUpAsync(Stop);
        }
    }

    private static async Task<double> ReceiveAsync(IngestionFixture fixture, LaterTime time, int count)
    {
        var messages = Enumerable.Range(0, count)
            .Select(_ => Delivered(Guid.NewGuid().ToString(), KnownHandlinger.Klar, time.GetUtcNow())).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var part in messages.Chunk(Batch)) await fixture.Receiver.ReceiveAsync(part, Stop);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static IEnumerable<Delivery> Messages(string uuid, LaterTime time) =>
        [Delivered(uuid, KnownHandlinger.Klar, time.GetUtcNow()), Delivered(uuid, KnownHandlinger.Afsendt, time.GetUtcNow())];

    private static Delivery Delivered(string uuid, string action, DateTimeOffset at) => new(
        Envelopes.Status(uuid, action, at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).Bytes, "bench", at);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(List<double> values) =>
        string.Join(", ", values.Select(v => v.ToString("N0", CultureInfo.InvariantCulture)));

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The machine's clock, moved ahead.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; } = -Years;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
