using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Ledger;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Faults;

/// <summary>
/// Makes every call of the append path fail in every way, on each database: nothing is lost, nothing is stored twice, nothing pauses
/// without an outage, and the next message is stored.
/// </summary>
public abstract class AppendFaultTests
{
    private static readonly AppendCall[] OfReading = [AppendCall.Read, AppendCall.Draft, AppendCall.Compress];

    // Without these calls nothing can be stored, neither in the log nor in quarantine: while they keep failing, waiting is right.
    private static readonly AppendCall[] OfEverything = [AppendCall.Open, AppendCall.Begin, AppendCall.Commit, AppendCall.Committed,
        AppendCall.KeepInQuarantine];

    private static readonly Func<Exception>[] Unknown =
    [
        () => new InvalidOperationException("injected"), () => new EncoderFallbackException("injected"),
            () => new KeyNotFoundException("injected"), () => new ArgumentException("injected"),
        () => new ZstdSharp.ZstdException(ZstdSharp.Unsafe.ZSTD_ErrorCode.ZSTD_error_GENERIC, "injected"),
            () => new OverflowException("injected"), Reserved<NullReferenceException>, Reserved<OutOfMemoryException>,
        () => new IOException("injected"), () => new TimeoutException("injected"), () => new OperationCanceledException("injected"),
            () => new FormatException("injected"), () => new StrangeException(),
    ];

    /// <summary>Exceptions of a database that is out.</summary>
    private protected abstract Func<Exception>[] Outages { get; }

    /// <summary>Exceptions that a single message causes.</summary>
    private protected abstract Func<Exception>[] Refusals { get; }

    /// <summary>An exception that looks like an outage but that a single message may cause.</summary>
    private protected abstract Func<Exception> OfOneMessage { get; }

    private protected abstract Task<IngestionFixture> OpenAsync(AppendProbe probe);

    [Fact]
    public async Task An_outage_that_only_one_message_meets_each_time_puts_that_one_into_quarantine_and_the_log_continues()
    {
        var probe = new FaultyProbe();
        await using var fixture = await OpenAsync(probe);

        // Only a message with an error text makes this call; the harmless delivery that tests the database has none.
        probe.Fail(AppendCall.InsertErrorWords, FaultyProbe.Always, OfOneMessage);
        byte[] Bytes(string id) =>
            id != "b" ? IngestionFixture.Envelope(id) : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(IngestionFixture.Envelope(id))
                .Replace("</p:PKO_PostStatus>", "<p:FejlDetaljer><p:FejlTekst>uheld</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus>",
                    StringComparison.Ordinal));
        Task<IReadOnlyList<DeliveryOutcome>> SendAsync() => fixture.Receiver.ReceiveAsync(
            [.. ((string[])["a", "b", "c"]).Select(id => new Delivery(Bytes(id), "amqp", fixture.Time.GetUtcNow()))], default);
        for (var n = 1; n < BatchIsolation.MaxFailures; n++) await Assert.ThrowsAsync<StorageUnavailableException>(SendAsync);

        var outcomes = await SendAsync();

        Assert.Equal(["a", "c"], outcomes.OfType<DeliveryOutcome.Accepted>().Select(o => o.BeskedId));
        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(outcomes[1]);
        Assert.Equal((QuarantineReason.Failed, "b"), (kept.Reason, kept.BeskedId));
        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("d")));
        probe.Stop();
        Assert.IsType<DeliveryOutcome.Accepted>(
            await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), kept.QuarantineId, default));
        Assert.Null(await fixture.VerifyAsync());
    }

    [Fact]
    public async Task An_outage_that_every_message_meets_puts_none_into_quarantine_however_long_it_lasts()
    {
        var probe = new FaultyProbe();
        await using var fixture = await OpenAsync(probe);
        foreach (var call in (AppendCall[])[AppendCall.InsertContent, AppendCall.Commit])
        {
            probe.Fail(call, FaultyProbe.Always, OfOneMessage);
            for (var n = 0; n <= BatchIsolation.MaxFailures; n++)
                await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.ReceiveAsync(IngestionFixture.Envelope($"{call}")));
            probe.Stop();
            Assert.Equal(0, await fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default));
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope($"{call}")));
        }
    }

    [Fact]
    public async Task A_sample_of_all_faults_costs_no_message() => await RunAsync(Unknown[..1], Refusals[..1], OftenInSample, 1);

    [Fact, Long]
    public async Task Every_call_times_every_fault_costs_no_message() =>
        await RunAsync(Unknown, Refusals, [1, 2, 5, FaultyProbe.Always], int.MaxValue);

    /// <summary>How many times in a row a call fails, in the sample that ./test runs.</summary>
    private protected virtual int[] OftenInSample => [1, FaultyProbe.Always];

    private async Task RunAsync(Func<Exception>[] unknown, Func<Exception>[] refusals, int[] often, int outages)
    {
        var probe = new FaultyProbe();
        await using var fixture = await OpenAsync(probe);
        var run = new Run(fixture, probe);
        foreach (var call in Enum.GetValues<AppendCall>())
        {
            if (call is AppendCall.FindQuarantined or AppendCall.ResolveQuarantined) continue;
            foreach (var make in unknown.Concat(refusals))
            {
                // A failure after the commit happens once at most: the batch counts as not committed and is delivered again.
                foreach (var times in call is AppendCall.Committed ? [1] : often)
                {
                    await run.PassAsync(call, make, times, mayPause: OfEverything.Contains(call) && times > 2);
                }
            }

            if (OfReading.Contains(call)) continue;
            foreach (var make in Outages.Take(outages))
            {
                foreach (var times in (int[])[1, 3]) await run.PassAsync(call, make, times, mayPause: true);
            }
        }

        foreach (var call in (AppendCall[])[AppendCall.FindQuarantined, AppendCall.ResolveQuarantined, AppendCall.WriteLedger,
            AppendCall.InsertMessage, AppendCall.Commit])
        {
            foreach (var make in unknown.Concat(refusals)) await run.RetryAsync(call, make, pauses: false);
            foreach (var make in Outages.Take(outages)) await run.RetryAsync(call, make, pauses: true);
        }

        await run.VerifyAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{GetType().Name}: combinations {run.Combinations}, sent {run.Sent}, faults injected {run.Injected}, "
            + $"processes ended 0, lost 0, doubled 0, pauses {run.Pauses} (of an outage), without an outage 0");
    }

    // The analyzer (CA2201) reserves these exceptions for the runtime; this creates them without naming them.
    private static T Reserved<T>()
        where T : Exception, new() => new T();

    private sealed class StrangeException : Exception;

    private sealed class Run(IngestionFixture fixture, FaultyProbe probe)
    {
        private readonly HashSet<string> _hashes = [];

        // Hashes of other bytes with the same content: counted as repeats of the first message, without a row.
        private readonly HashSet<string> _repeats = [];

        // Delivered more than once: a fault may send one delivery to quarantine while another is stored.
        private readonly HashSet<string> _again = [];
        private int _next;

        public int Combinations { get; private set; }

        public int Sent { get; private set; }

        public int Injected { get; private set; }

        public int Pauses { get; private set; }

        /// <summary>
        /// Sends a batch that makes every call: new messages of a new kind with error text, one twice, one repeated, one with other bytes,
        /// one in conflict, one that is no envelope.
        /// </summary>
        public async Task PassAsync(AppendCall call, Func<Exception> make, int times, bool mayPause)
        {
            Combinations++;
            var before = Good("før");
            await fixture.ReceiveAsync(before);
            var twice = Good("to gange");
            byte[][] batch =
            [
                Good("en"), twice, before, [.. before, (byte)'\n'],
                    Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(before).Replace("før", "efter", StringComparison.Ordinal)), twice,
                Encoding.UTF8.GetBytes($"<rubbish n='{_next++}'/>"), Good("sidst"),
            ];
            Sent += batch.Length + 1;
            foreach (var bytes in batch.Append(before)) _hashes.Add(Hash(bytes));
            _again.UnionWith([Hash(before), Hash(twice)]);

            probe.Fail(call, times, make);
            var paused = await SendAsync(batch, () => times == FaultyProbe.Always);
            Injected += probe.Failed;
            Assert.True(probe.Failed > 0 || call is AppendCall.Committed, $"{call} was never called.");
            probe.Stop();
            Assert.True(mayPause || paused == 0, $"{call}, {make().GetType().Name} × {times}: paused without an outage.");
            Pauses += paused;

            // The next message is stored.
            var after = Good("efter fejlen");
            Sent++;
            _hashes.Add(Hash(after));
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(after));
            await CheckAsync($"{call}, {make().GetType().Name} × {times}");
        }

        /// <summary>Retries a row of the quarantine while a call fails, and again when it does not.</summary>
        public async Task RetryAsync(AppendCall call, Func<Exception> make, bool pauses)
        {
            Combinations++;
            var bytes = Good("karantæne");
            Sent++;
            _hashes.Add(Hash(bytes));
            probe.Fail(AppendCall.Draft, 1, () => new InvalidOperationException("injected"));
            var id = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(bytes)).QuarantineId;
            probe.Fail(call, 1, make);
            if (pauses)
            {
                await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                    fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));
                Pauses++;
            }
            else
            {
                Assert.Equal(QuarantineReason.Failed,
                    Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id,
                    default)).Reason);
            }

            Injected += probe.Failed;
            probe.Stop();
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));
            await CheckAsync($"retry, {call}, {make().GetType().Name}");
        }

        public async Task VerifyAsync()
        {
            // Every row that waits as failed becomes a message, a repeat or a conflict once nothing fails: the quarantine lost nothing
            // either.
            foreach (var row in await FailedAsync())
            {
                var outcome = await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), row, default);
                Assert.False(outcome is DeliveryOutcome.Quarantined { Reason: QuarantineReason.Failed }, outcome?.ToString());
            }
            Assert.Null(await fixture.VerifyAsync());
        }

        private async Task<int> SendAsync(byte[][] batch, Func<bool> endless)
        {
            for (var paused = 0; ; paused++)
            {
                try
                {
                    await fixture.Receiver.ReceiveAsync([.. batch.Select(b => new Delivery(b, "amqp", fixture.Time.GetUtcNow()))], default);
                    return paused;
                }
                catch (StorageUnavailableException)
                {
                    // Like a transport, keeps the whole batch and delivers it again.
                    if (paused == 20 || endless()) probe.Stop();
                    Assert.True(paused < 30, "The store never comes back.");
                }
            }
        }

        private async Task<List<string>> FailedAsync()
        {
            await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
            return [.. (await db.Quarantine.Where(q => q.ResolvedAt == null && q.Reason == "failed").Select(q =>
                q.Id).ToListAsync()).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }

        private async Task CheckAsync(string what)
        {
            await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
            var log = await db.Messages.OrderBy(m => m.Sequence).Select(m => new { m.Sequence, m.BeskedId, m.Sha256 }).ToListAsync();
            var waiting = await db.Quarantine.Where(q => q.ResolvedAt == null).Select(q =>
                new { q.Reason, q.Sha256, q.Bytes }).ToListAsync();
            Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(m => m.Sequence));
            Assert.Equal(log.Count, log.Select(m => m.BeskedId).Distinct().Count());
            var (stored, kept) = (log.Select(m => Convert.ToHexString(m.Sha256)).ToHashSet(),
                waiting.Select(q => Convert.ToHexString(q.Sha256)).ToHashSet());
            var doubled = stored.Intersect(kept).Count(h => !_again.Contains(h));
            Assert.True(doubled == 0, $"{what}: {doubled} doubled.");
            var lost = _hashes.Where(h => !stored.Contains(h) && !kept.Contains(h) && !_repeats.Contains(h)).Count();
            Assert.True(lost == 0, $"{what}: {lost} lost.");
        }

        private static string Hash(byte[] bytes) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));

        private byte[] Good(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(
                $"""
                <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0"><k:BeskedId>
                <s:UUIDIdentifikator>{Guid.NewGuid()}</s:UUIDIdentifikator></k:BeskedId>
                <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
                <s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype></k:Filtreringsdata></k:Beskedkuvert>
                <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
                <p:KanalKode>Kanal {_next++}</p:KanalKode>
                <p:TransaktionsStatusKode>Fejlet</p:TransaktionsStatusKode><p:FejlDetaljer>
                <p:FejlTekst>{text}</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus></k:Beskeddata>
                </k:Haendelsesbesked>
                """);
            _repeats.Add(Hash([.. bytes, (byte)'\n']));
            return bytes;
        }
    }
}
