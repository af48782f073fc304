using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Actions;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>A sender is muted in chunks, with the log free between them, and the result is the same as in one step.</summary>
public sealed class MuteChunkTests
{
    private const string Other = "12345678";
    private static readonly string[] Authorities = [IngestionFixture.Own, Other];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A waiting status: whose it is (2: both authorities'), and which system sent it (0: none named).</summary>
    private sealed record Waiting(int Whose, int Sender);

    /// <summary>A step: an authority mutes a sender or lifts the mute; then the background service does some chunks.</summary>
    private sealed record Step(bool Mute, int Authority, int Sender, int Chunks);

    private static readonly Gen<Waiting> AnyStatus =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], (whose, sender) => new Waiting(whose, sender));

    private static readonly Gen<Step> AnyStep = Gen.Select(Gen.Bool, Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 5],
        (mute, authority, sender, chunks) => new Step(mute, authority, sender, chunks));

    private static byte[] Status(string id, IEnumerable<string> to, int sender, string payloadSender = "") => Encoding.UTF8.GetBytes(
        $"""
        <k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0" xmlns:s="urn:oio:sagdok:3.0.0">
          <k:BeskedId><s:UUIDIdentifikator>{id}</s:UUIDIdentifikator></k:BeskedId>
          <k:Beskedkuvert><k:Filtreringsdata><k:Beskedtype>
          <s:UUIDIdentifikator>{KnownBeskedtyper.PostStatus}</s:UUIDIdentifikator></k:Beskedtype>
          {string.Concat(to.Select(cvr =>
            $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr-nr:{cvr}</s:URNIdentifikator></k:TilladtModtager>"))}
          {(sender == 0 ? "" : "<k:RelateretObjekt><k:ObjektId>"
            + $"<s:UUIDIdentifikator>{SystemOf(sender).ToUpperInvariant()}</s:UUIDIdentifikator></k:ObjektId>"
            + "<k:ObjektType><s:UUIDIdentifikator>91AA31B3-c4b3-499e-8689-93b1ef89f319</s:UUIDIdentifikator></k:ObjektType>"
            + "</k:RelateretObjekt>")}
          </k:Filtreringsdata></k:Beskedkuvert>
          <k:Beskeddata><p:PKO_PostStatus xmlns:p="http://serviceplatformen.dk/xml/print/PKO_PostStatus/1/types">
          <p:MessageUUID>{Guid.NewGuid()}</p:MessageUUID><p:KanalKode>Digital Post</p:KanalKode>{payloadSender}
          <p:TransaktionsStatusKode>Klar</p:TransaktionsStatusKode></p:PKO_PostStatus></k:Beskeddata>
        </k:Haendelsesbesked>
        """);

    private static string SystemOf(int sender) => $"cccccccc-0000-4000-8000-{sender:D12}";

    private static string NameOf(int sender) => sender == 0 ? "digital post" : SystemOf(sender);

    private static string[] Of(int whose) => whose == 2 ? Authorities : [Authorities[whose]];

    private static MutePass PassOf(IngestionFixture fixture, int chunk) => new(
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>(),
        fixture.Services.GetRequiredService<MessageKindCache>(), fixture.Services.GetRequiredService<ContentReader>(),
        fixture.Services.GetRequiredService<WriteGate>(), chunk);

    private static SenderMutes MutesOf(IngestionFixture fixture, int atOnce) => new(
        fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>(),
        fixture.Services.GetRequiredService<MessageKindCache>(), fixture.Services.GetRequiredService<ContentReader>(),
        fixture.Services.GetRequiredService<WriteGate>(), fixture.Services.GetRequiredService<LogSignal>(),
        fixture.Services.GetRequiredService<ActionLog>(), fixture.Time) { ChunksAtOnce = atOnce };

    private static async Task<T> DbAsync<T>(IngestionFixture fixture, Func<IngestionDbContext, Task<T>> ask)
    {
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync();
        return await ask(db);
    }

    [Fact]
    public async Task Muting_in_chunks_gives_the_state_of_the_active_mutes() =>
        await Gen.Select(AnyStatus.Array[1, 14], AnyStep.Array[1, 7], Gen.Int[1, 4]).SampleAsync(
            async sample =>
            {
                var (statuses, steps, chunk) = sample;
                await using var fixture = await IngestionFixture.OpenAsync();
                for (var n = 0; n < statuses.Length; n++)
                    await fixture.ReceiveAsync(Status($"s{n}", Of(statuses[n].Whose), statuses[n].Sender));
                await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
                var mutes = MutesOf(fixture, 0);
                var holds = new HashSet<(int Authority, int Sender)>();
                foreach (var step in steps)
                {
                    var viewer = IngestionFixture.Administrator(Authorities[step.Authority]);
                    var at = Array.FindIndex(statuses, s => s.Sender == step.Sender && Of(s.Whose).Contains(Authorities[step.Authority]));
                    if (step.Mute && at >= 0 && await mutes.MuteAsync(viewer, $"s-{at + 1}", "ikke vores", default))
                        Assert.True(holds.Add((step.Authority, step.Sender)));
                    if (!step.Mute && (await mutes.ListAsync(viewer, default))
                        .FirstOrDefault(m => m.LiftedAt is null && m.Name == NameOf(step.Sender)) is { } mute)
                    {
                        Assert.True(await mutes.LiftAsync(viewer, mute.Id, default));
                        Assert.True(holds.Remove((step.Authority, step.Sender)));
                    }

                    // A new pass each time, as in another process that knows only what is stored.
                    for (var n = 0; n < step.Chunks; n++) await PassOf(fixture, chunk).NextAsync(default);
                }

                while ((await PassOf(fixture, chunk).NextAsync(default)).Looked > 0)
                {
                }

                var states = await DbAsync(fixture, db => db.StatusMatches.AsNoTracking().OrderBy(m => m.Sequence).ToListAsync());
                var expected = statuses.Select(s => Of(s.Whose).All(a => holds.Contains((Array.IndexOf(Authorities, a), s.Sender)))
                    ? MatchResult.MutedState
                    : MatchResult.WaitingState);
                Assert.Equal(expected, states.Select(s => s.State));
                Assert.All(states, s => Assert.Equal(s.State == MatchResult.MutedState, s.Mute is not null));
                foreach (var cvr in Authorities)
                    Assert.All(await mutes.ListAsync(IngestionFixture.Administrator(cvr), default), m => Assert.False(m.UnderWay));
            },
            iter: 40, threads: 1);

    [Fact]
    public async Task Between_the_chunks_of_tens_of_thousands_of_statuses_messages_are_received_and_matched()
    {
        const int Statuses = 20_000;
        await using var fixture = await IngestionFixture.OpenAsync();
        await FillAsync(fixture, Statuses);
        var mutes = MutesOf(fixture, 0);
        Assert.True(await mutes.MuteAsync(IngestionFixture.Administrator(), "s-1", "ikke vores", Stop));
        Assert.True(Assert.Single(await mutes.ListAsync(IngestionFixture.Administrator(), Stop)).UnderWay);
        var (chunks, received) = (0, 0);
        while ((await PassOf(fixture, MutePass.ChunkSize).NextAsync(Stop)).Looked > 0)
        {
            chunks++;
            if (chunks % 8 != 0) continue;

            // Nothing may be held between chunks: with the gate taken or a transaction left open, this would wait forever or be refused.
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(
                Status(string.Create(CultureInfo.InvariantCulture, $"under-{chunks}"), [IngestionFixture.Own], 2)));
            Assert.Equal(1, await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop));
            received++;
        }

        Assert.InRange(chunks, Statuses / MutePass.ChunkSize, (Statuses / MutePass.ChunkSize) + 2);
        Assert.Equal(chunks / 8, received);
        Assert.Equal(Statuses, await DbAsync(fixture, db => db.StatusMatches.CountAsync(m => m.State == MatchResult.MutedState)));
        Assert.Equal(received, await DbAsync(fixture, db => db.StatusMatches.CountAsync(m => m.State == MatchResult.WaitingState)));
        Assert.False(Assert.Single(await mutes.ListAsync(IngestionFixture.Administrator(), Stop)).UnderWay);
    }

    [Fact]
    public async Task What_is_muted_in_another_process_is_begun_with_within_two_seconds_and_so_is_its_end()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await FillAsync(fixture, 2_000);
        using var time = new SteppedTime();
        using var service = new SenderMuteService(MutesOf(fixture, 9), new LogSignal(), time, NullLogger<SenderMuteService>.Instance);
        await service.StartAsync(Stop);
        await time.RestsAsync();
        var elsewhere = MutesOf(fixture, 0);
        Assert.True(await elsewhere.MuteAsync(IngestionFixture.Administrator(), "s-1", "ikke vores", Stop));
        foreach (var state in new[] { MatchResult.MutedState, MatchResult.WaitingState })
        {
            Assert.True(Assert.Single(await elsewhere.ListAsync(IngestionFixture.Administrator(), Stop)).UnderWay);
            time.Advance(TimeSpan.FromSeconds(2));
            await time.RestsAsync();
            Assert.False(Assert.Single(await elsewhere.ListAsync(IngestionFixture.Administrator(), Stop)).UnderWay);
            Assert.All(await StatesAsync(fixture), s => Assert.Equal(state, s));
            if (state == MatchResult.MutedState) Assert.True(await elsewhere.LiftAsync(IngestionFixture.Administrator(), 1, Stop));
        }

        await service.StopAsync(Stop);
    }

    [Fact]
    public async Task A_mute_of_statuses_that_were_erased_meanwhile_is_done_and_not_under_way_for_ever()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await FillAsync(fixture, 1_000);
        var mutes = MutesOf(fixture, 0);
        Assert.True(await mutes.MuteAsync(IngestionFixture.Administrator(), "s-1", "ikke vores", Stop));
        await fixture.SqlAsync("""DELETE FROM "StatusMatches" WHERE "Sequence" > 500""");
        await mutes.CatchUpAsync(Stop);
        Assert.False(await mutes.IsUnderWayAsync(Stop));
    }

    /// <summary>A clock that the test moves, and that signals when something begins to wait on it.</summary>
    private sealed class SteppedTime : FakeTimeProvider, IDisposable
    {
        private readonly SemaphoreSlim _timers = new(0);

        public Task RestsAsync() => _timers.WaitAsync(Stop);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Release();
            return timer;
        }

        public void Dispose() => _timers.Dispose();
    }

    [Fact]
    public async Task Lifting_sets_back_what_that_mute_put_aside_and_nothing_of_another_sender_or_authority()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        foreach (var (n, cvr, sender) in new[] { (1, IngestionFixture.Own, 1), (2, IngestionFixture.Own, 2), (3, Other, 1) })
            await fixture.ReceiveAsync(Status($"s{n}", [cvr], sender));
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        var mutes = MutesOf(fixture, 9);
        foreach (var n in new[] { 1, 2 }) await mutes.MuteAsync(IngestionFixture.Administrator(), $"s-{n}", "ikke vores", Stop);
        Assert.False(await mutes.MuteAsync(IngestionFixture.Administrator(), "s-3", "fremmed", Stop));
        await mutes.MuteAsync(IngestionFixture.Administrator(Other), "s-3", "ikke vores", Stop);
        Assert.Equal([3, 3, 3], await StatesAsync(fixture));
        await mutes.LiftAsync(IngestionFixture.Administrator(),
            (await mutes.ListAsync(IngestionFixture.Administrator(), Stop)).Single(m => m.Name == SystemOf(1)).Id, Stop);
        Assert.Equal([0, 3, 3], await StatesAsync(fixture));
    }

    [Fact]
    public async Task Statuses_that_were_put_aside_before_it_was_kept_by_which_mute_get_theirs_or_wait_again()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        foreach (var sender in new[] { 1, 2, 0 }) await fixture.ReceiveAsync(Status($"s{sender}", [IngestionFixture.Own], sender));
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        var mutes = MutesOf(fixture, 9);
        await mutes.MuteAsync(IngestionFixture.Administrator(), "s-1", "ikke vores", Stop);
        await fixture.SqlAsync("""UPDATE "StatusMatches" SET "State" = 3, "Mute" = NULL""");
        await mutes.CatchUpAsync(Stop);
        Assert.Equal([3, 0, 0], await StatesAsync(fixture));
        await mutes.LiftAsync(
            IngestionFixture.Administrator(), Assert.Single(await mutes.ListAsync(IngestionFixture.Administrator(), Stop)).Id, Stop);
        Assert.Equal([0, 0, 0], await StatesAsync(fixture));
    }

    [Fact]
    public async Task The_sender_is_the_system_of_the_envelope_else_of_the_payload_and_only_without_either_the_channel()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        const string Payload = "<p:AfsenderSystemIdentifikator> EKSTERN-7 </p:AfsenderSystemIdentifikator>";
        await fixture.ReceiveAsync(Status("both", [IngestionFixture.Own], 1, Payload));
        await fixture.ReceiveAsync(Status("payload", [IngestionFixture.Own], 0, Payload));
        await fixture.ReceiveAsync(Status("channel", [IngestionFixture.Own], 0));
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        var mutes = MutesOf(fixture, 9);
        StatusSender?[] senders = [.. await Task.WhenAll(
            Enumerable.Range(1, 3).Select(n => mutes.SenderOfAsync(IngestionFixture.Administrator(), $"s-{n}", Stop)))];
        Assert.Equal(
            [new StatusSender(SystemOf(1), false), new StatusSender("ekstern-7", false), new StatusSender("digital post", true)], senders);

        // Muting a channel does not touch statuses that name their system.
        await mutes.MuteAsync(IngestionFixture.Administrator(), "s-3", "alt", Stop);
        Assert.Equal([0, 0, 3], await StatesAsync(fixture));
    }

    /// <summary>Measures, with 300,000 statuses, the longest and the total time that the writer was held.</summary>
    [Long]
    [Fact]
    public async Task Three_hundred_thousand_waiting_statuses_hold_the_writer_for_no_longer_than_a_chunk()
    {
        const int Statuses = 300_000;
        await using var fixture = await IngestionFixture.OpenAsync();
        await FillAsync(fixture, Statuses);
        var mutes = MutesOf(fixture, 0);
        var gate = fixture.Services.GetRequiredService<WriteGate>();
        Assert.True(await mutes.MuteAsync(IngestionFixture.Administrator(), "s-1", "ikke vores", Stop));
        using var ended = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var waits = Task.Run(async () =>
        {
            var longest = TimeSpan.Zero;
            while (!ended.IsCancellationRequested)
            {
                var asked = Stopwatch.GetTimestamp();
                using (await gate.EnterAsync(Stop))
                    longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(asked).Ticks));
                await Task.Delay(1, Stop);
            }

            return longest;
        }, Stop);
        Assert.InRange(await mutes.CatchUpAsync(Stop), Statuses - 1, Statuses + MutePass.ChunkSize);
        var muted = clock.Elapsed;
        await mutes.LiftAsync(IngestionFixture.Administrator(), 1, Stop);
        await mutes.CatchUpAsync(Stop);
        await ended.CancelAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"300,000 statuses: muted in {muted}, lifted in {clock.Elapsed - muted}, longest wait for the writer {await waits}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"300,000 statuses: muted in {muted}, lifted in {clock.Elapsed - muted}, longest wait for the writer {await waits}");
        Assert.Equal(Statuses, await DbAsync(fixture, db => db.StatusMatches.CountAsync(m => m.State == MatchResult.WaitingState)));
    }

    private static Task<List<int>> StatesAsync(IngestionFixture fixture) =>
        DbAsync(fixture, db => db.StatusMatches.AsNoTracking().OrderBy(m => m.Sequence).Select(m => m.State).ToListAsync());

    private static async Task FillAsync(IngestionFixture fixture, int statuses)
    {
        for (var from = 0; from < statuses; from += 1000)
        {
            var batch = Enumerable.Range(from, 1000).Select(n => fixture.Reader.Read(new Delivery(
                Status(string.Create(CultureInfo.InvariantCulture, $"m{n}"), [IngestionFixture.Own], 1), "push",
                fixture.Time.GetUtcNow())));
            await fixture.Store.AppendAsync([.. batch], default);
        }

        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(default);
    }
}
