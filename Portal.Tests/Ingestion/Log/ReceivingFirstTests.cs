using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Work that can wait pauses while messages arrive.</summary>
public sealed class ReceivingFirstTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_is_followed_by_a_pause_only_when_messages_arrived_since_the_last()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString()));
        var time = new CountedPauses();
        var pace = new ReceivingFirst(fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>(), time);
        Assert.Equal(1, await pace.DoAsync(Chunk(1), Stop));
        Assert.Equal(2, await pace.DoAsync(Chunk(2), Stop));
        Assert.Empty(time.Pauses);

        await fixture.ReceiveAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString()));
        Assert.Equal(3, await pace.DoAsync(Chunk(3), Stop));
        Assert.Equal([TimeSpan.FromSeconds(20)], time.Pauses);
        await pace.DoAsync(Chunk(4), Stop);
        Assert.Single(time.Pauses);

        await fixture.ReceiveAsync(IngestionFixture.Envelope(Guid.NewGuid().ToString()));
        await pace.DoAsync(Chunk(5, seconds: 600), Stop);
        Assert.Equal(TimeSpan.FromSeconds(30), time.Pauses[^1]);

        Func<CancellationToken, Task<int>> Chunk(int result, int seconds = 1) => _ =>
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(result);
        };
    }

    /// <summary>A clock whose pauses are over at once, and counted.</summary>
    private sealed class CountedPauses : FakeTimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
