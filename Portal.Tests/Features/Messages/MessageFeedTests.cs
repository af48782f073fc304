using Portal.Features.Messages;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Features.Messages;

public sealed class MessageFeedTests
{
    private readonly FakeMessageReader _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<MessageFeed> FeedAsync(int stored)
    {
        for (var i = 0; i < stored; i++) _log.Add();
        var feed = new MessageFeed(_log, _log.Shared, Viewer.Nobody, MessageFilter.Everything);
        await feed.LoadAsync(Stop);
        return feed;
    }

    [Fact]
    public async Task New_messages_come_at_the_top()
    {
        var feed = await FeedAsync(2);
        _log.Add();
        Assert.Equal(1, await feed.ReadOnAsync(false, false, Stop));
        Assert.Equal([3, 2, 1], feed.Rows.Select(m => m.Sequence));
    }

    [Fact]
    public async Task A_paused_window_counts_and_shows_all_on_release_in_order()
    {
        var feed = await FeedAsync(2);
        _log.Add();
        _log.Add();
        await feed.ReadOnAsync(true, false, Stop);
        Assert.Equal(2, feed.Waiting);
        Assert.Equal([2, 1], feed.Rows.Select(m => m.Sequence));

        await feed.ReleaseAsync(Stop);
        Assert.Equal(0, feed.Waiting);
        Assert.Equal([4, 3, 2, 1], feed.Rows.Select(m => m.Sequence));
    }

    [Fact]
    public async Task More_waiting_than_the_window_holds_is_counted_and_the_newest_shown()
    {
        var feed = await FeedAsync(10);
        for (var i = 0; i < 1200; i++) _log.Add();
        await feed.ReadOnAsync(true, false, Stop);
        Assert.Equal(1200, feed.Waiting);

        await feed.ReleaseAsync(Stop);
        Assert.Equal(1210, feed.Rows[0].Sequence);
        Assert.True(feed.Rows.Count <= MessageFeed.Capacity);
        Assert.True(feed.HasOlder);
    }

    [Fact]
    public async Task The_window_stays_bounded_while_the_log_runs()
    {
        var feed = await FeedAsync(300);
        for (var i = 0; i < 3000; i++) _log.Add();
        await feed.ReadOnAsync(false, false, Stop);
        Assert.True(feed.Rows.Count <= MessageFeed.Capacity);
        Assert.Equal(3300, feed.Rows[0].Sequence);
    }

    [Fact]
    public async Task A_row_that_is_read_stays_in_the_window_when_it_is_full()
    {
        var feed = await FeedAsync(300);
        var read = feed.Rows[^1];
        for (var i = 0; i < 1000; i++) _log.Add();
        await feed.ReadOnAsync(false, true, Stop);
        Assert.Contains(read, feed.Rows);
        Assert.True(feed.Waiting > 0);
        await feed.ReadOnAsync(false, false, Stop);
        Assert.Equal(1300, feed.Rows[0].Sequence);
    }

    [Fact]
    public async Task Older_pages_follow_without_gap_or_repeat()
    {
        var feed = await FeedAsync(900);
        await feed.ShowOlderAsync(Stop);
        await feed.ShowOlderAsync(Stop);
        Assert.True(feed.AwayFromTop);
        Assert.Equal(Enumerable.Range(301, MessageFeed.Capacity).Reverse().Select(n => (long)n), feed.Rows.Select(m => m.Sequence));
    }
}
