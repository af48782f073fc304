using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class MatchThrottleTests
{
    private readonly FakeTimeProvider _time = new();
    private long _last;

    [Fact]
    public async Task Everyday_traffic_waits_a_short_delay()
    {
        var pause = Begin();

        _last += MatchThrottle.Flood - 1;
        _time.Advance(MatchThrottle.MinDelay);

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_is_let_pass()
    {
        var pause = Begin();

        for (var n = 0; n < 4; n++) Wait(MatchThrottle.Flood);
        Assert.False(pause.IsCompleted, "matching came before storing");
        _time.Advance(MatchThrottle.MinDelay);

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_without_end_is_waited_for_no_longer_than_the_limit()
    {
        var pause = Begin();

        for (var waited = TimeSpan.Zero; waited < MatchThrottle.Longest; waited += MatchThrottle.MinDelay)
        {
            Assert.False(pause.IsCompleted, $"it waited {waited} only");
            Wait(10 * MatchThrottle.Flood);
        }

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task Begin() => MatchThrottle.WaitAsync(_ => Task.FromResult(_last), _time, TestContext.Current.CancellationToken);

    // The wait continues within Advance, since it awaits nothing but this clock.
    private void Wait(int messages)
    {
        _last += messages;
        _time.Advance(MatchThrottle.MinDelay);
    }
}
