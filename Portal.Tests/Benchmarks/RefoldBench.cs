using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Portal.Tests.Stories;
using Xunit;

namespace Portal.Tests.Benchmarks;

/// <summary>
/// How fast new rules are applied to 1,000,000 stored statuses of 250,000 letters, and what that costs receiving: the rate of receiving
/// meanwhile divided by the rate without, in one run. Runs only when asked for, as <see cref="VerifyBench"/> says;
/// <c>REFOLD_STATUSES</c> takes another number.
/// </summary>
public sealed class RefoldBench(ITestOutputHelper output)
{
    private const int PerLetter = 4;
    private const int Batch = 1000;
    private const int Fresh = 20_000;
    private const int Rounds = 3;
    private static readonly int Statuses =
        int.Parse(Environment.GetEnvironmentVariable("REFOLD_STATUSES") ?? "1000000", CultureInfo.InvariantCulture);

    private static readonly string[] Steps =
        [KnownHandlinger.Klar, KnownHandlinger.Afsendt, KnownHandlinger.ModtagetFjernprint, KnownHandlinger.ModtagetPostDanmark];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Receiving_keeps_nine_tenths_of_its_rate_while_stored_statuses_are_folded_again()
    {
        await using var fixture = await IngestionFixture.OpenAsync(more: s => s.AddSingleton(TimeProvider.System));
        await FillAsync(fixture);
        var refold = ActivatorUtilities.CreateInstance<RuleRefoldService>(fixture.Services);
        await refold.CatchUpAsync(Stop);

        await ReceiveAsync(fixture, Fresh);
        var (without, meanwhile) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++) without.Add(await ReceiveAsync(fixture, Fresh));

        // New rules again and again, so that every round is received while statuses are folded.
        var clock = Stopwatch.StartNew();
        var (received, folds) = (false, 0);
        var running = Task.Run(async () =>
        {
            var examined = 0L;
            while (!Volatile.Read(ref received))
            {
                await NewRulesAsync(fixture, $"{folds++}");
                examined += await refold.CatchUpAsync(Stop);
            }

            return examined;
        }, Stop);
        for (var round = 0; round < Rounds; round++) meanwhile.Add(await ReceiveAsync(fixture, Fresh));
        Volatile.Write(ref received, true);
        var examined = await running;
        var seconds = clock.Elapsed.TotalSeconds;
        Print($"examined {examined:N0} letters in {seconds:F0} s ({examined / seconds:N0}/s) in {folds} folds, receiving included");

        await NewRulesAsync(fixture, "99");
        clock.Restart();
        examined = await refold.CatchUpAsync(Stop);
        Print($"alone: {examined:N0} in {clock.Elapsed.TotalSeconds:F0} s ({examined / clock.Elapsed.TotalSeconds:N0}/s)");
        for (var round = 0; round < Rounds; round++) without.Add(await ReceiveAsync(fixture, Fresh));
        Print($"received a second, without: {Text(without)}; meanwhile: {Text(meanwhile)}");
        Print($"median meanwhile ÷ median without: {Median(meanwhile) / Median(without):F3}");
    }

    private static async Task FillAsync(IngestionFixture fixture)
    {
        var registry = fixture.Services.GetRequiredService<ILetterRegistry>();
        var matcher = fixture.Services.GetRequiredService<LetterMatcher>();
        var caseworker = new Viewer("bench", "bench", ViewerRights.RegisterLetters, [IngestionFixture.Own], TypeScope.Everything);
        var sent = DateTimeOffset.UtcNow.AddDays(-30);
        for (var from = 0; from < Statuses / PerLetter; from += Batch)
        {
            var letters = Enumerable.Range(from, Batch).Select(n => (N: n, Uuid: Guid.NewGuid().ToString())).ToList();
            await registry.RegisterAsync(
                caseworker, [.. letters.Select(l => new LetterRegistration
                {
                    CaseNumber = $"26-{l.N:000000}", CaseType = "huslejenaevn", LetterId = $"L-{l.N}", Title = "Afgørelse",
                    Recipient = new LetterRecipient("Anna Lejer", null, null), Channel = LetterChannel.FysiskPost, SentAt = sent,
                    Identifiers = new LetterIdentifiers { MessageUuid = l.Uuid },
                })],
                Stop);
            await fixture.Receiver.ReceiveAsync(
                [.. letters.SelectMany(l => Steps.Select((action, n) => Delivered(l.Uuid, action, sent.AddHours(n + 1))))], Stop);
            await matcher.CatchUpAsync(Stop);
        }
    }

    // Other codes of events are other rules.
    private static async Task NewRulesAsync(IngestionFixture fixture, string tracking)
    {
        var settings = fixture.Settings with { PostEventCodes = new Dictionary<string, string> { ["7" + tracking] = "tracking" } };
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(Stop);
        await RuleSets.CurrentAsync(db, settings, DateTimeOffset.UtcNow, Stop);
    }

    private static async Task<double> ReceiveAsync(IngestionFixture fixture, int count)
    {
        var messages = Enumerable.Range(0, count)
            .Select(_ => Delivered(Guid.NewGuid().ToString(), KnownHandlinger.Klar, DateTimeOffset.UtcNow)).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var part in messages.Chunk(Batch)) await fixture.Receiver.ReceiveAsync(part, Stop);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static Delivery Delivered(string uuid, string action, DateTimeOffset at) => new(
        Envelopes.Status(uuid, action, at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).Bytes, "bench",
        DateTimeOffset.UtcNow);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(List<double> values) =>
        string.Join(", ", values.Select(v => v.ToString("N0", CultureInfo.InvariantCulture)));

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
