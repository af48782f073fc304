using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Log;
using Portal.Platform.Live;
using Xunit;

namespace Portal.Tests.Platform.Shell;

public sealed class LiveSubscriptionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogSignal _signal = new();
    private readonly SemaphoreSlim _refreshed = new(0);

    private LiveSubscription Start(Action? look = null) => LiveSubscription.Start(_signal, _time, TimeSpan.Zero, _ =>
    {
        try
        {
            look?.Invoke();
            return Task.CompletedTask;
        }
        finally
        {
            _refreshed.Release();
        }
    }, NullLogger.Instance);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_raise_is_answered_without_waiting_for_the_poll()
    {
        await using var live = Start();
        _signal.Raise();
        await _refreshed.WaitAsync(Stop);
    }

    [Fact]
    public async Task A_burst_within_the_floor_is_one_look()
    {
        await using var live = Start();
        _signal.Raise();
        await _refreshed.WaitAsync(Stop);
        for (var i = 0; i < 50; i++) _signal.Raise();
        // The clock has not moved, so the shortest interval has not passed and no further refresh can come.
        Assert.Equal(0, _refreshed.CurrentCount);
        while (_refreshed.CurrentCount == 0)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal(1, _refreshed.CurrentCount);
    }

    [Fact]
    public async Task A_refresh_that_fails_is_retried()
    {
        var looks = 0;
        await using var live = Start(() => { if (Interlocked.Increment(ref looks) == 1)
            throw new InvalidOperationException("the database is away"); });
        _signal.Raise();
        await _refreshed.WaitAsync(Stop);
        while (_refreshed.CurrentCount == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(2, Volatile.Read(ref looks));
    }
}
