using System.Text;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Pipeline;
using Xunit;

namespace Portal.Tests.Storage;

/// <summary>What every store does, whatever keeps it: the derived classes say which.</summary>
public abstract class StoreTests
{
    protected const string Id = "11111111-2222-3333-4444-555555555555";

    /// <summary>A message side over a database of its own; the same folder is the same database.</summary>
    private protected abstract Task<IngestionHouse> OpenAsync(string? folder = null, int maxBytes = 1 << 20);

    [Fact]
    public async Task A_message_comes_back_byte_for_byte()
    {
        await using var house = await OpenAsync();
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. IngestionHouse.Envelope(Id.ToUpperInvariant())];

        var accepted = Assert.IsType<DeliveryOutcome.Accepted>(await house.ReceiveAsync(bytes));

        Assert.Equal((Id, 1), (accepted.BeskedId, accepted.Sequence));
        Assert.Equal(bytes, await house.Messages.ReadBytesAsync(IngestionHouse.Administrator(), Id.ToUpperInvariant(), default));
    }

    [Fact]
    public async Task A_repeat_is_counted_and_not_stored_twice_even_wrapped_with_other_prefixes_and_a_longer_route()
    {
        await using var house = await OpenAsync();
        var bare = Encoding.UTF8.GetString(IngestionHouse.Envelope(Id));
        var wrapped = $"<?xml version=\"1.0\"?><sts:ModtagBeskedInput xmlns:sts=\"urn:oio:sts:1.0.0\">{bare.Replace("<k:", "<x:", StringComparison.Ordinal).Replace("</k:", "</x:", StringComparison.Ordinal).Replace("xmlns:k", "xmlns:x", StringComparison.Ordinal)
            .Replace("</x:Leveranceinformation>", "<x:Leveranceruter><x:Leverancerute/></x:Leveranceruter></x:Leveranceinformation>", StringComparison.Ordinal)}</sts:ModtagBeskedInput>";
        await house.ReceiveAsync(bare);

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Repeated>(await house.ReceiveAsync(bare)).Deliveries);
        var third = await house.ReceiveAsync(wrapped);
        Assert.True(third is DeliveryOutcome.Repeated { Deliveries: 3 }, third.ToString());
        Assert.Equal(1, await house.Messages.LastSequenceAsync(default));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict_and_the_first_stays()
    {
        await using var house = await OpenAsync();
        var first = IngestionHouse.Envelope(Id);
        await house.ReceiveAsync(first);

        var conflict = Assert.IsType<DeliveryOutcome.Quarantined>(await house.ReceiveAsync(IngestionHouse.Envelope(Id, status: "Fejlet")));

        Assert.Equal((QuarantineReason.Conflict, Id), (conflict.Reason, conflict.BeskedId));
        Assert.Equal(first, await house.Messages.ReadBytesAsync(IngestionHouse.Administrator(), Id, default));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_whatever_comes_between()
    {
        await using var house = await OpenAsync();
        var deliveries = Enumerable.Range(0, 60).Select(n => (n % 3) switch
        {
            0 => IngestionHouse.Envelope(Guid.NewGuid().ToString()),
            1 => Encoding.UTF8.GetBytes($"<rubbish n='{n}'/>"),
            _ => IngestionHouse.Envelope(Id),
        }).ToList();

        await Task.WhenAll(deliveries.Select(house.ReceiveAsync));

        var slice = await house.Messages.ReadAfterAsync(IngestionHouse.Administrator(), Portal.Ingestion.Messages.MessageFilter.Everything, 0, 1000, default);
        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long)n), slice.Items.Select(m => m.Sequence));
        Assert.Equal(20, slice.Items.Single(m => m.BeskedId == Id).Deliveries);
        Assert.Equal(20, await house.Quarantine.CountAsync(IngestionHouse.Administrator(), default));
    }

    [Fact]
    public async Task What_cannot_be_understood_waits_with_reason_and_exact_bytes_and_is_counted_when_it_comes_again()
    {
        await using var house = await OpenAsync(maxBytes: 4096);
        (string Text, QuarantineReason Reason)[] cases =
        [
            ("", QuarantineReason.Malformed),
            ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", QuarantineReason.Malformed),
            ("<k:Haendelsesbesked xmlns:k='urn:oio:besked:kuvert:1.0'/>", QuarantineReason.MissingId),
            ($"<k:Haendelsesbesked xmlns:k='urn:oio:besked:kuvert:1.0'><k:BeskedId><UUIDIdentifikator>{Id}</UUIDIdentifikator></k:BeskedId></k:Haendelsesbesked>", QuarantineReason.MissingType),
            (new string('x', 5000), QuarantineReason.TooLarge),
        ];
        foreach (var (text, reason) in cases)
        {
            var kept = Assert.IsType<DeliveryOutcome.Quarantined>(await house.ReceiveAsync(text));
            var again = Assert.IsType<DeliveryOutcome.Quarantined>(await house.ReceiveAsync(text));
            Assert.Equal(reason, kept.Reason);
            Assert.Equal(kept.QuarantineId, again.QuarantineId);
            Assert.Equal(Encoding.UTF8.GetBytes(text), await house.Quarantine.ReadBytesAsync(IngestionHouse.Administrator(), kept.QuarantineId, default));
        }

        var rows = (await house.Quarantine.ListAsync(IngestionHouse.Administrator(), null, null, 100, default)).Items;
        Assert.Equal(cases.Length, rows.Count);
        Assert.All(rows, r => Assert.Equal(2, r.Deliveries));
        Assert.Empty((await house.Quarantine.ListAsync(IngestionHouse.Administrator("12345678"), null, null, 100, default)).Items);
    }

    [Fact]
    public async Task What_is_too_large_is_accepted_when_tried_again_under_a_higher_limit()
    {
        var folder = Directory.CreateTempSubdirectory("retry").FullName;
        string id;
        await using (var house = await OpenAsync(folder, maxBytes: 100))
        {
            id = Assert.IsType<DeliveryOutcome.Quarantined>(await house.ReceiveAsync(IngestionHouse.Envelope(Id))).QuarantineId;
            Assert.IsType<DeliveryOutcome.Quarantined>(await house.Quarantine.RetryAsync(IngestionHouse.Administrator(), id, default));
        }

        await using (var house = await OpenAsync(folder))
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await house.Quarantine.RetryAsync(IngestionHouse.Administrator(), id, default));
            Assert.Null(await house.Quarantine.RetryAsync(IngestionHouse.Administrator(), id, default));
            Assert.Equal(0, await house.Quarantine.CountAsync(IngestionHouse.Administrator(), default));
        }

        Directory.Delete(folder, recursive: true);
    }
}
