using System.Collections.Frozen;
using Microsoft.Extensions.Time.Testing;
using Portal.Features.Chains.Canvas;
using Portal.Features.Chains.Document;
using Portal.Features.Chains.Editing;
using Xunit;

namespace Portal.Tests.Features.Chains.Pages;

public sealed class NotificationBufferTests
{
    private static readonly ChainChanged Words = new(1, "bo", "Bo", "bo/1", false, FrozenSet<string>.Empty), Move =
        Words with { OnlyMoved = true };

    [Fact]
    public void Moves_in_quick_succession_are_looked_at_together_and_nothing_else_waits()
    {
        var time = new FakeTimeProvider();
        var inbox = new NotificationBuffer(time);
        Assert.Equal(TimeSpan.Zero, inbox.Put(Move));
        inbox.Take(ChainDocument.Empty);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(TimeSpan.FromMilliseconds(150), inbox.Put(Move));
        Assert.Null(inbox.Put(Move));
        Assert.Equal(TimeSpan.Zero, inbox.Put(Words));
        Assert.Null(inbox.Put(Move));
        Assert.Equal(4, inbox.Take(ChainDocument.Empty).Changes.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, inbox.Put(Move));
    }

    [Fact]
    public void Leaving_a_field_is_sent_together_with_the_text_written_in_it()
    {
        var inbox = new NotificationBuffer(new FakeTimeProvider());
        Assert.Equal(TimeSpan.FromMilliseconds(100), inbox.Put(new PresenceChanged()));
        Assert.Null(inbox.Put(new PresenceChanged()));
        Assert.Equal(TimeSpan.Zero, inbox.Put(Words));
        Assert.Equal((true, 1), inbox.Take(ChainDocument.Empty) is var news ? (news.Style, news.Changes.Count) : default);
        // The refresh that was scheduled first finds nothing left.
        Assert.False(inbox.Take(ChainDocument.Empty).Style);
    }
}
