using Microsoft.Extensions.Time.Testing;
using Portal.Platform.Live;
using Xunit;

namespace Portal.Tests.Platform.Shell;

/// <summary>Changes on a live page are marked in place and announced at a limited rate.</summary>
public sealed class PageNewsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));

    private static (string, object?)[] Items(params (string Key, int State)[] items) => [.. items.Select(i => (i.Key, (object?)i.State))];

    [Fact]
    public void What_the_page_was_opened_with_and_what_one_does_oneself_is_no_news()
    {
        var news = new PageNews(_time);
        news.Observe(Items(("a", 1)));
        news.Observe(Items(("a", 2), ("b", 1)), own: true);
        Assert.Null(news.StampOf("a"));
        Assert.Empty(news.Announce());
        news.Observe(Items(("a", 2), ("b", 2), ("c", 1)));
        Assert.Null(news.StampOf("a"));
        Assert.NotNull(news.StampOf("b"));
        Assert.Equal(["b", "c"], news.Announce());
    }

    [Fact]
    public void Each_change_has_a_number_of_its_own_and_what_is_gone_has_none()
    {
        var news = new PageNews(_time);
        news.Observe([]);
        news.Observe(Items(("a", 1)));
        var first = news.StampOf("a");
        news.Observe(Items(("a", 1)));
        Assert.Equal(first, news.StampOf("a"));
        news.Observe(Items(("a", 2)));
        Assert.NotEqual(first, news.StampOf("a"));
        news.Observe([]);
        Assert.Null(news.StampOf("a"));
        Assert.Empty(news.Announce());
    }

    [Fact]
    public void A_flood_is_reported_together_and_no_more_than_once_in_the_quiet_time()
    {
        var news = new PageNews(_time);
        news.Observe([]);
        news.Observe(Items(("a", 1)));
        Assert.Equal(["a"], news.Announce());
        news.Observe(Items(("a", 2), ("b", 1)));
        news.Observe(Items(("a", 3), ("b", 1)));
        Assert.Empty(news.Announce());
        _time.Advance(PageNews.Quiet);
        Assert.Equal(["b", "a"], news.Announce());
        Assert.Empty(news.Announce());
    }

    [Fact]
    public void Another_page_begins_again_with_other_numbers()
    {
        var news = new PageNews(_time);
        news.Observe([]);
        news.Observe(Items(("a", 1)));
        var first = news.StampOf("a");
        news.Restart();
        news.Observe(Items(("a", 5)));
        Assert.Null(news.StampOf("a"));
        news.Observe(Items(("a", 6)));
        Assert.True(news.StampOf("a") > first);
    }
}
