using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Portal.Features.Chains.Storage;
using Xunit;

namespace Portal.Tests.Features.Chains;

/// <summary>What others see of an editor whose connection, node or chain disappears.</summary>
public sealed class LiveEditorTests
{
    private static readonly ChainEditor Anna = ChainFixture.Editor("anna"), Bo = ChainFixture.Editor("bo");

    private static async Task<ChainSession> SessionAsync(FakeTimeProvider time)
    {
        var log = new MemoryLog();
        return new ChainSession("k", (await log.ReadAsync("k", 0, default))!, log, time, NullLogger.Instance)
        {
            Authority = ChainFixture.Own,
        };
    }

    private static List<int> Counts(List<ChainNotice> notices) => [.. notices.OfType<GhostsMoved>().Select(g => g.Ghosts.Count)];

    [Fact]
    public async Task A_page_that_goes_away_in_the_middle_of_a_drag_leaves_no_ghost()
    {
        var (session, notices) = (await SessionAsync(new FakeTimeProvider()), new List<ChainNotice>());
        using var bo = session.Join(Bo, notices.Add);
        var anna = session.Join(Anna, _ => { });
        anna.Drag([new ChainGhost("b0", 1, 2)]);
        anna.Dispose();
        Assert.Equal([1, 0], Counts(notices));

        using var again = session.Join(Anna, _ => { });
        again.Dispose();
        Assert.Equal([1, 0], Counts(notices));
    }

    [Fact]
    public async Task A_drag_that_says_nothing_more_ends_for_the_others_and_one_whose_hand_rests_does_not()
    {
        var time = new FakeTimeProvider();
        var (session, notices) = (await SessionAsync(time), new List<ChainNotice>());
        using var bo = session.Join(Bo, notices.Add);
        using var anna = session.Join(Anna, _ => { });
        for (var second = 0; second < 10; second++)
        {
            anna.Drag([new ChainGhost("b0", 1, 2)]);
            time.Advance(TimeSpan.FromSeconds(1));
            session.Announce();
        }

        Assert.DoesNotContain(0, Counts(notices));
        time.Advance(TimeSpan.FromSeconds(4));
        session.Announce();
        session.Announce();
        Assert.Single(Counts(notices), 0);
    }

    [Fact]
    public async Task A_drag_on_a_node_that_died_ends_here_and_one_that_continues_is_seen_again()
    {
        var time = new FakeTimeProvider();
        var (session, notices) = (await SessionAsync(time), new List<ChainNotice>());
        using var bo = session.Join(Bo, notices.Add);
        var drag = new GhostsMoved(Anna.Key, "anna", [new ChainGhost("b0", 1, 2)]);
        await session.ReceiveAsync(
            "other", new BackplaneMessage("k", [new ChainPresent(Anna.Key, "anna", "anna", null)], null, null), default);
        await session.ReceiveAsync("other", new BackplaneMessage("k", null, drag, null), default);
        time.Advance(TimeSpan.FromSeconds(5));
        session.Announce();
        Assert.Equal([1, 0], Counts(notices));
        Assert.Equal(["bo"], session.Present.Select(p => p.Name));
        await session.ReceiveAsync("other", new BackplaneMessage("k", null, drag, null), default);
        Assert.Equal([1, 0, 1], Counts(notices));
    }

    [Fact]
    public async Task Whoever_has_a_chain_open_is_told_when_it_is_deleted_and_when_it_is_back()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:note"));
        var node = fixture.Node();
        var (session, notices) = (await fixture.SessionAsync(id, node), new List<ChainNotice>());
        using var connection = session.Join(Bo, notices.Add);
        Assert.True(await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default));
        await node.RefreshAsync(default);
        Assert.True(session.IsGone);
        await node.RefreshAsync(default);
        Assert.Single(notices.OfType<ChainGone>());

        await fixture.Store.RestoreAsync(ChainFixture.Facilitator(), id, default);
        await node.RefreshAsync(default);
        Assert.False(session.IsGone);
        Assert.Equal(ChainOutcome.Applied, (await session.ApplyAsync(Bo, ChainOperation.Add("b1", ChainKind.Note), default)).Outcome);
    }

    [Fact]
    public async Task Whoever_writes_in_a_deleted_chain_learns_it_at_once()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var id = await fixture.MakeAsync(ChainGen.Chain("b0:note"));
        var session = await fixture.SessionAsync(id);
        Assert.True(await fixture.Store.DeleteAsync(ChainFixture.Facilitator(), id, default));
        Assert.Equal(
            ChainOutcome.Gone, (await session.ApplyAsync(Bo, ChainOperation.Set("b0", ElementProperty.Text, "x"), default)).Outcome);
        Assert.True(session.IsGone);
    }

    [Fact]
    public async Task A_chain_that_fails_and_one_that_gets_no_answer_do_not_keep_the_others_from_hearing()
    {
        await using var fixture = await ChainFixture.OpenAsync();
        var ids = new[] { await fixture.MakeAsync(), await fixture.MakeAsync(), await fixture.MakeAsync() };
        var log = new FailingLog(fixture.Log);
        using var node = new ChainSessions(fixture.Store, log, fixture.Codes, fixture.Time, NullLogger<ChainSessions>.Instance);
        var heard = new ConcurrentDictionary<string, int>();
        var connections = new List<ChainConnection>();
        foreach (var id in ids)
        {
            var session = await fixture.SessionAsync(id, node);
            connections.Add(session.Join(Anna, notice => _ = notice is ChainChanged ? heard.AddOrUpdate(id, 1, (_, n) => n + 1) : 0));
            await (await fixture.SessionAsync(id)).ApplyAsync(Bo, ChainOperation.Add("b0", ChainKind.Note), default);
        }

        (log.Hangs, log.Fails) = (ids[0], ids[1]);
        var look = node.RefreshAsync(default);
        await log.Answered(ids[2]);
        // The hanging read is given up no later than at the next refresh.
        while (!look.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal([ids[2]], heard.Keys);
        (log.Hangs, log.Fails) = (null, null);
        fixture.Time.Advance(TimeSpan.FromSeconds(10));
        while (heard.Count < 3)
        {
            await node.RefreshAsync(default);
            await Task.Yield();
        }

        foreach (var connection in connections) connection.Dispose();
    }

    /// <summary>A chain log that never answers for one chain and fails for another.</summary>
    private sealed class FailingLog(IChainLog log) : IChainLog
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _answered = new();

        public string? Hangs { get; set; }

        public string? Fails { get; set; }

        public Task Answered(string id) => _answered.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public Task<ChainReading?> ReadAsync(string chainId, int undoReach, CancellationToken cancellationToken) =>
            log.ReadAsync(chainId, undoReach, cancellationToken);

        public Task<IReadOnlyDictionary<string, ChainState>> ReadManyAsync(
            IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) => log.ReadManyAsync(chainIds, cancellationToken);

        public Task<IReadOnlySet<string>> PresentAsync(IReadOnlyCollection<string> chainIds, CancellationToken cancellationToken) =>
            log.PresentAsync(chainIds, cancellationToken);

        public async Task<IReadOnlyList<StoredOperation>> ReadAfterAsync(string chainId, long number, CancellationToken cancellationToken)
        {
            if (chainId == Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
            if (chainId == Fails) throw new InvalidOperationException("broken");
            var read = await log.ReadAfterAsync(chainId, number, cancellationToken);
            _answered.GetOrAdd(chainId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            return read;
        }

        public Task<AppendOutcome> AppendAsync(
            string chainId, StoredOperation operation, ChainDocument after, CancellationToken cancellationToken) =>
            log.AppendAsync(chainId, operation, after, cancellationToken);

        public Task SaveSnapshotAsync(string chainId, ChainState state, CancellationToken cancellationToken) =>
            log.SaveSnapshotAsync(chainId, state, cancellationToken);
    }
}
