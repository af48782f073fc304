using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Messages;

public sealed class SharedReadsTests
{
    private const int Followers = 4;
    private static readonly Viewer One = new("1", "Anna", ViewerRights.Messages, ["55133018"], TypeScope.Everything);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private enum Step
    {
        Arrives,
        ManyArrive,
        Joins,
        Looks,
        Leaves,
        TimePasses,
    }

    [Fact]
    public void However_followers_join_pause_and_leave_each_gets_the_log_as_it_is()
    {
        var steps = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, Followers - 1], Gen.Int[1, 7]).List[1, 120];
        steps.Sample(story => FollowAsync(story).GetAwaiter().GetResult(), iter: 400);
    }

    private static async Task FollowAsync(List<(Step Step, int Who, int Limit)> story)
    {
        var (log, time) = (new CountingLog(), new FakeTimeProvider());
        var shared = new SharedReads(log, log.Signal, time);
        var followers = new (long From, long Position, List<long> Got)?[Followers];
        foreach (var (step, who, limit) in story)
        {
            switch (step)
            {
                case Step.Arrives:
                    log.Append(1);
                    break;
                case Step.ManyArrive:
                    log.Append(SharedTail.Kept / 2);
                    break;
                case Step.Joins:
                    var from = Math.Max(0, log.Last - (limit * 100));
                    followers[who] = (from, from, []);
                    break;
                case Step.Leaves:
                    followers[who] = null;
                    break;
                case Step.TimePasses:
                    time.Advance(TimeSpan.FromSeconds(limit * 15));
                    break;
                case Step.Looks when followers[who] is { } follower:
                    // Reads to the end, as a page does; each slice continues where the last one ended.
                    while (true)
                    {
                        var slice = await shared.ReadAfterAsync(One, MessageFilter.Everything, follower.Position, limit * 50, default);
                        follower.Got.AddRange(slice.Items.Select(m => m.Sequence));
                        var moved = slice.Position > follower.Position;
                        follower.Position = slice.Position;
                        if (!moved) break;
                    }

                    followers[who] = follower;
                    Assert.Equal(log.Last, follower.Position);
                    Assert.Equal(Enumerable.Range(0, (int)(log.Last - follower.From)).Select(n => follower.From + 1 + n), follower.Got);
                    break;
            }
        }
    }

    [Fact]
    public async Task Twenty_who_see_the_same_cost_one_read_for_each_change_of_the_log()
    {
        var log = new CountingLog();
        var shared = new SharedReads(log, log.Signal, new FakeTimeProvider());
        for (var change = 0; change < 5; change++)
        {
            log.Append(3);
            var slices = await Task.WhenAll(Enumerable.Range(0, 20).Select(
                n => shared.ReadAfterAsync(One with { Id = $"{n}", Name = $"{n}" }, MessageFilter.Everything, log.Last - 3, 200, Stop)));
            Assert.All(slices, s => Assert.Equal(3, s.Items.Count));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shared.CountAsync(One, MessageFilter.Everything, Stop)));
        }

        Assert.Equal(5, log.Reads);
        Assert.Equal(1, log.Counts);
    }

    public static TheoryData<string> Differences => ["rights", "authorities", "all types", "open types", "granted types", "filter"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Nothing_is_shared_with_someone_who_sees_something_else(string difference)
    {
        var log = new CountingLog();
        var shared = new SharedReads(log, log.Signal, new FakeTimeProvider());
        log.Append(1);
        var (viewer, filter) = difference switch
        {
            "rights" => (One with { Rights = ViewerRights.Messages | ViewerRights.Cases }, MessageFilter.Everything),
            "authorities" => (One with { Authorities = ["55133018", "12345678"] }, MessageFilter.Everything),
            "all types" => (One with { Types = One.Types with { All = false } }, MessageFilter.Everything),
            "open types" => (One with { Types = One.Types with { OpenTypes = false } }, MessageFilter.Everything),
            "granted types" => (One with { Types = One.Types with { Granted = ["a"] } }, MessageFilter.Everything),
            _ => (One, MessageFilter.Everything with { Text = "a" }),
        };
        await shared.ReadAfterAsync(One, MessageFilter.Everything, 0, 10, Stop);
        await shared.CountAsync(One, MessageFilter.Everything, Stop);
        await shared.ReadAfterAsync(viewer, filter, 0, 10, Stop);
        await shared.CountAsync(viewer, filter, Stop);
        Assert.Equal((2, 2), (log.Reads, log.Counts));
        Assert.Equal([One, viewer], log.Viewers);
    }

    [Fact]
    public async Task Cancelling_one_follower_does_not_cancel_the_others()
    {
        var log = new CountingLog();
        var shared = new SharedReads(log, log.Signal, new FakeTimeProvider());
        log.Append(1);
        log.Hold = new TaskCompletionSource();
        using var gone = new CancellationTokenSource();
        var first = shared.ReadAfterAsync(One, MessageFilter.Everything, 0, 10, gone.Token);
        var second = shared.ReadAfterAsync(One, MessageFilter.Everything, 0, 10, Stop);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        log.Hold.SetResult();
        Assert.Single((await second).Items);
    }

    private sealed class CountingLog : IMessageReader
    {
        private readonly List<MessageView> _log = [];

        public LogSignal Signal { get; } = new();
        public long Last => _log.Count;
        public int Reads { get; private set; }
        public int Counts { get; private set; }
        public List<Viewer> Viewers { get; } = [];
        public TaskCompletionSource? Hold { get; set; }

        public void Append(int count)
        {
            for (var n = 0; n < count; n++) _log.Add(FakeMessageReader.Sample(_log.Count + 1));
            Signal.Raise();
        }

        public async Task<LogSlice> ReadAfterAsync(
            Viewer viewer, MessageFilter filter, long after, int limit, CancellationToken cancellationToken)
        {
            if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
            Reads++;
            Viewers.Add(viewer);
            var items = _log.Skip((int)after).Take(limit).ToList();
            return new LogSlice(items, after + items.Count);
        }

        public Task<MessageCount> CountAsync(Viewer viewer, MessageFilter filter, CancellationToken cancellationToken)
        {
            Counts++;
            return Task.FromResult(new MessageCount(_log.Count));
        }

        public Task<Page<MessageView>> ListAsync(
            Viewer viewer, MessageFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> LastSequenceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<long>> VolumeAsync(
            Viewer viewer, MessageFilter filter, DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<MessageView?> FindAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<MessageDetail?> FindDetailAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<byte[]?> ReadBytesAsync(Viewer viewer, string beskedId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
