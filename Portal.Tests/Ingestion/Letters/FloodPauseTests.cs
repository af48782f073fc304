using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Letters;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class FloodPauseTests
{
    private readonly FakeTimeProvider _time = new();
    private long _last;

    [Fact]
    public async Task Everyday_traffic_waits_a_breath()
    {
        var pause = Begin();

        _last += FloodPause.Flood - 1;
        _time.Advance(FloodPause.Breath);

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_is_let_pass()
    {
        var pause = Begin();

        for (var n = 0; n < 4; n++) Breathe(FloodPause.Flood);
        Assert.False(pause.IsCompleted, "matching came before storing");
        _time.Advance(FloodPause.Breath);

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_flood_without_end_is_waited_for_no_longer_than_the_limit()
    {
        var pause = Begin();

        for (var waited = TimeSpan.Zero; waited < FloodPause.Longest; waited += FloodPause.Breath)
        {
            Assert.False(pause.IsCompleted, $"it waited {waited} only");
            Breathe(10 * FloodPause.Flood);
        }

        await pause.WaitAsync(TestContext.Current.CancellationToken);
    }

    private Task Begin() => FloodPause.WaitAsync(_ => Task.FromResult(_last), _time, TestContext.Current.CancellationToken);

    // The pause goes on within the advance, since nothing that it awaits is under way elsewhere.
    private void Breathe(int messages)
    {
        _last += messages;
        _time.Advance(FloodPause.Breath);
    }
}
