using Bunit;
using Portal.Features.Messages;
using Portal.Ingestion.Log;
using Xunit;
using MessageRow = Portal.Features.Messages.MessageRow;

namespace Portal.Tests.Features.Messages;

public sealed class MessageCellsTests : IAsyncDisposable
{
    private readonly PageFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IRenderedComponent<MessageRow> Row(MessageView message) =>
        _fixture.Render<MessageRow>(p => p.Add(r => r.Message, message).Add(r => r.Today, new DateOnly(2026, 11, 23)));

    [Fact]
    public void Whatever_a_sender_writes_is_shown_as_text()
    {
        const string Hostile = "<script>alert(1)</script>\" onmouseover=\"alert(2)";
        var row = Row(FakeMessageReader.Sample(1) with
        {
            BeskedId = Hostile, BeskedtypeName = Hostile, Action = null, ActionName = Hostile, Transport = Hostile, Case = Hostile,
            PostStatus = new PostStatusView { Channel = Hostile },
        });
        Assert.Empty(row.FindAll("script, [onmouseover]"));
        Assert.Equal(7, row.FindAll("td").Count);
        Assert.Equal([Hostile, Hostile], row.FindAll("td:nth-child(4), td:nth-child(5)").Select(c => c.TextContent));
    }

    [Fact]
    public void Each_cell_has_the_name_of_its_column_in_the_header()
    {
        var header = _fixture.Render<MessageHeader>();
        var row = Row(FakeMessageReader.Sample(1));
        Assert.Equal(
            ["Modtaget", "Besked", "Status", "Sag / brev", "Kanal", "Kom via", "Leveringer"],
            header.FindAll("th").Select(h => h.TextContent.Trim()));
        Assert.Equal(
            header.FindAll("th").Select(h => h.TextContent.Trim()), row.FindAll("td").Select(c => c.GetAttribute("data-label")));
    }

    [Fact]
    public void A_row_of_another_day_says_its_date_and_one_delivered_again_says_how_often()
    {
        var row = Row(
            FakeMessageReader.Sample(1) with { ReceivedAt = new DateTimeOffset(2026, 11, 20, 13, 0, 0, TimeSpan.Zero), Deliveries = 3 });
        Assert.Equal("20.11.2026 14:00:00", row.Find("time").TextContent);
        Assert.Equal("×3", row.Find("td:last-child").TextContent);
    }

    [Fact]
    public void A_row_that_cannot_be_read_says_so_in_place_of_its_status()
    {
        var row = Row(FakeMessageReader.Sample(1) with { Unreadable = Portal.Ingestion.Log.Content.UnreadableReason.UnknownKind });
        Assert.Equal("! Kan ikke læses", row.Find(".chip.warn").TextContent);
        Assert.Single(row.FindAll(".chip"));
    }

    [Fact]
    public void A_case_that_is_found_later_shows_in_its_row()
    {
        var message = FakeMessageReader.Sample(1);
        var row = Row(message);
        row.Render(p => p.Add(r => r.Message, message with { Case = "26-0412" }));
        Assert.Equal("26-0412", row.Find("td:nth-child(4)").TextContent);
    }
}
