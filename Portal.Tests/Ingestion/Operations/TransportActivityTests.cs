using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Xunit;

namespace Portal.Tests.Ingestion.Operations;

public sealed class TransportActivityTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 21, 9, 0, 0, TimeSpan.Zero));

    private static readonly DeliveryOutcome New = new DeliveryOutcome.Accepted("b", 1);

    [Fact]
    public void A_transport_counts_its_own_last_minute()
    {
        var activity = new TransportActivity(_time);
        activity.Committed([("push", New, null), ("push", new DeliveryOutcome.Repeated("b", 1, 2), null),
            ("amqp", new DeliveryOutcome.Quarantined("q", QuarantineReason.Malformed, "", null), null)], TimeSpan.FromMilliseconds(4));
        Assert.Equal(new TransportFigures(_time.GetUtcNow(), 2, 1, 0, null, null), activity.Of("push"));
        Assert.Equal(1, activity.Of("amqp").Quarantined);
        Assert.Equal(new CommitFigures(1, 3, 4), activity.Commits());
        Assert.Null(activity.Of("folder").LastMessageAt);
    }

    [Fact]
    public void After_a_minute_the_counts_are_gone_and_the_last_message_is_not()
    {
        var activity = new TransportActivity(_time);
        activity.Committed([("push", New, null)], TimeSpan.Zero);
        var at = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, activity.Of("push").Messages);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new TransportFigures(at, 0, 0, 0, null, null), activity.Of("push"));
        Assert.Equal(0, activity.Commits().Count);
    }

    [Fact]
    public void The_lag_is_that_of_new_messages_and_lasts_five_minutes()
    {
        var activity = new TransportActivity(_time);
        var now = _time.GetUtcNow();
        activity.Committed([("push", New, now.AddSeconds(-2)), ("push", New, now.AddSeconds(-2)),
            ("push", new DeliveryOutcome.Repeated("b", 1, 2), now.AddDays(-9)), ("push", New, now.AddSeconds(-60))], TimeSpan.Zero);
        var figures = activity.Of("push");
        Assert.InRange(figures.LagHalf!.Value.TotalSeconds, 2, 2 * DurationHistogram.Step);
        Assert.InRange(figures.LagMost!.Value.TotalSeconds, 60, 60 * DurationHistogram.Step);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(activity.Of("push").LagHalf);
    }
}
