using CsCheck;
using Portal.Ingestion.Domain;
using Xunit;

namespace Portal.Tests.Ingestion.Domain;

public sealed class CapacityLimiterTests
{
    [Fact]
    public async Task Who_would_go_over_the_bytes_waits_until_there_is_room_first_come_first_served()
    {
        var bound = new CapacityLimiter(10, 100);
        var first = await bound.EnterAsync(1, 80, default);
        var second = bound.EnterAsync(1, 30, default).AsTask();
        var third = bound.EnterAsync(1, 1, default).AsTask();

        Assert.False(second.IsCompleted || third.IsCompleted);
        Assert.Null(bound.TryEnter(1, 1));
        first.Dispose();

        using var two = await second;
        using var three = await third;
        Assert.Equal((2, 31L), (bound.Count, bound.Bytes));
    }

    [Fact]
    public async Task What_is_larger_than_the_whole_bound_gets_in_alone()
    {
        var bound = new CapacityLimiter(2, 100);
        using (await bound.EnterAsync(5, 1000, default)) Assert.Null(bound.TryEnter(1, 0));
        using var small = bound.TryEnter(1, 10);
        Assert.NotNull(small);
        Assert.True(small.TryGrow(1000));
    }

    [Fact]
    public async Task Whoever_gives_up_holds_nothing_and_is_in_nobodys_way()
    {
        var bound = new CapacityLimiter(1, 100);
        var first = await bound.EnterAsync(1, 1, default);
        using var timeout = new CancellationTokenSource();
        var second = bound.EnterAsync(1, 1, timeout.Token).AsTask();
        var third = bound.EnterAsync(1, 1, default).AsTask();
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        (await third).Dispose();
        Assert.Equal((0, 0L), (bound.Count, bound.Bytes));
    }

    [Fact]
    public void Growing_beyond_the_bound_is_refused_while_others_hold_some()
    {
        var bound = new CapacityLimiter(10, 100);
        using var one = bound.TryEnter(1, 0)!;
        using var two = bound.TryEnter(1, 0)!;
        Assert.True(one.TryGrow(60));
        Assert.False(two.TryGrow(60));
        Assert.True(two.TryGrow(40));
        one.Dispose();
        one.Dispose();
        Assert.True(two.TryGrow(60));
        Assert.Equal((1, 100L), (bound.Count, bound.Bytes));
    }

    [Fact]
    public async Task Many_at_once_never_hold_more_than_the_bound_and_all_get_through() =>
        await Gen.Int[1, 40].Array[1, 60].SampleAsync(async sizes =>
    {
        var bound = new CapacityLimiter(4, 64);
        var (most, done) = (0L, 0);
        await Task.WhenAll(sizes.Select(size => Task.Run(async () =>
        {
            using var held = await bound.EnterAsync(1, size, default);
            InterlockedMax(ref most, bound.Bytes);
            await Task.Yield();
            Interlocked.Increment(ref done);
        })));
        Assert.True(most <= 64);
        Assert.Equal((sizes.Length, 0, 0L), (done, bound.Count, bound.Bytes));
    }, iter: 50);

    private static void InterlockedMax(ref long most, long value)
    {
        for (var before = Volatile.Read(ref most); value > before; before = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, before) == before) return;
        }
    }
}
