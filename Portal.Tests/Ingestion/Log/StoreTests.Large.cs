using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log;
using Portal.Tests.Ingestion.Ledger;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

// What a sender can make others read.
public abstract partial class StoreTests
{
    // Ten megabytes a message and a thousand a page would be all of a machine's memory.
    [Fact]
    public async Task A_page_and_a_slice_of_large_messages_end_early_and_lead_on_to_the_rest()
    {
        await using var fixture = await OpenAsync(maxBytes: 8_000_000);
        var (viewer, large) = (IngestionFixture.Administrator(), new string('x', 6_000_000));
        for (var n = 1; n <= 5; n++) Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(Failed($"stor-{n}", large)));

        var (pages, cursor) = (new List<long[]>(), (string?)null);
        do
        {
            var page = await fixture.Messages.ListAsync(viewer, MessageFilter.Everything, cursor, 100, default);
            pages.Add([.. page.Items.Select(m => m.Sequence)]);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        Assert.Equal([[5, 4], [3, 2], [1]], pages);

        var (slices, position) = (new List<(long[] Numbers, bool IsCut)>(), 0L);
        while (slices.Count == 0 || slices[^1].IsCut)
        {
            var slice = await fixture.Messages.ReadAfterAsync(viewer, MessageFilter.Everything, position, 100, default);
            slices.Add(([.. slice.Items.Select(m => m.Sequence)], slice.IsCut));
            position = slice.Position;
        }

        Assert.Equal([[1, 2], [3, 4], [5]], slices.Select(s => s.Numbers));
        Assert.Equal(5, position);
    }

    [Fact]
    public async Task Identifiers_of_any_length_and_number_make_no_large_row()
    {
        await using var fixture = await OpenAsync(maxBytes: 8_000_000);
        var related = string.Concat(Enumerable.Range(0, 20_000).Select(n =>
            $"<k:RelateretObjekt><k:ObjektId><s:URNIdentifikator>urn:x:{n}</s:URNIdentifikator></k:ObjektId></k:RelateretObjekt>"));

        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id, extra: related)));
        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Failed("lang", "fejl")).Replace(
                "<p:FejlDetaljer>", $"<p:MessageId>{new string('m', 300_000)}</p:MessageId><p:FejlDetaljer>", StringComparison.Ordinal))));

        var rows = await fixture.DbAsync(db => db.Messages.OrderBy(m => m.Sequence).Select(m => m.Identifiers).ToListAsync());
        Assert.All(rows, packed => Assert.InRange(packed!.Length, 900, 150_000));
        Assert.Contains(MessageIdentifiers.Unpack(rows[0]), i => i.Value == "urn:x:0");
        Assert.Equal(1000, MessageIdentifiers.Unpack(rows[1]).Max(i => i.Value.Length));
    }
}
