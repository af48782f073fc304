using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Receiving;
using Portal.Tests.Ingestion.Ledger;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>What the store does with deliveries that it cannot accept, on each database.</summary>
public abstract partial class StoreTests
{
    /// <summary>Makes the database refuse quarantined content of more than <paramref name="bytes"/> bytes.</summary>
    private protected abstract Task RefuseContentOverAsync(IngestionFixture fixture, int bytes);

    /// <summary>Makes the database refuse the message with a BeskedId.</summary>
    private protected abstract Task RefuseMessageAsync(IngestionFixture fixture, string beskedId);

    /// <summary>A BeskedId as stored, in hexadecimal digits.</summary>
    protected static string HexOf(string beskedId) => Convert.ToHexString(BeskedIdBytes.Of(beskedId));

    [Fact]
    public async Task A_message_that_the_database_refuses_goes_to_quarantine_and_takes_nobody_with_it()
    {
        await using var fixture = await OpenAsync();
        await RefuseMessageAsync(fixture, "b");
        ReadDelivery Read(string id) => fixture.Reader.Read(new Delivery(IngestionFixture.Envelope(id), "push", fixture.Time.GetUtcNow()));

        var outcomes = await fixture.Store.AppendAsync([Read("a"), Read("b"), Read("c")], default);

        Assert.Equal(1, Assert.IsType<DeliveryOutcome.Accepted>(outcomes[0]).Sequence);
        Assert.Equal(QuarantineReason.Failed, Assert.IsType<DeliveryOutcome.Quarantined>(outcomes[1]).Reason);
        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(outcomes[2]).Sequence);
    }

    [Fact]
    public async Task What_cannot_be_understood_waits_with_reason_and_exact_bytes_and_is_counted_when_it_comes_again()
    {
        await using var fixture = await OpenAsync(maxBytes: 4096);
        (string Text, QuarantineReason Reason)[] cases =
        [
            ("", QuarantineReason.Malformed),
            ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", QuarantineReason.Malformed),
            ("<k:Haendelsesbesked xmlns:k='urn:oio:besked:kuvert:1.0'/>", QuarantineReason.MissingId),
            ($"<k:Haendelsesbesked xmlns:k='urn:oio:besked:kuvert:1.0'><k:BeskedId><UUIDIdentifikator>{Id}</UUIDIdentifikator></k:BeskedId>"
                + "</k:Haendelsesbesked>", QuarantineReason.MissingType),
            (new string('x', 5000), QuarantineReason.TooLarge),
        ];
        foreach (var (text, reason) in cases)
        {
            var kept = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(text));
            var again = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(text));
            Assert.Equal(reason, kept.Reason);
            Assert.Equal(kept.QuarantineId, again.QuarantineId);
            Assert.Equal(Encoding.UTF8.GetBytes(text),
                await fixture.Quarantine.ReadBytesAsync(IngestionFixture.Administrator(), kept.QuarantineId, default));
        }

        var rows = (await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 100, default)).Items;
        Assert.Equal(cases.Length, rows.Count);
        Assert.All(rows, r => Assert.Equal(2, r.Deliveries));
        Assert.Empty((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator("12345678"), null, null, 100, default)).Items);
    }

    [Fact]
    public async Task What_is_too_large_is_accepted_when_tried_again_under_a_higher_limit()
    {
        var folder = Directory.CreateTempSubdirectory("retry").FullName;
        string id;
        await using (var fixture = await OpenAsync(folder, maxBytes: 100))
        {
            id = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id))).QuarantineId;
            Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));
        }

        await using (var fixture = await OpenAsync(folder))
        {
            Assert.IsType<DeliveryOutcome.Accepted>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));
            Assert.Null(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));
            Assert.Equal(0, await fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_quarantine_takes_only_in_part_keeps_its_length_its_hash_and_its_first_bytes()
    {
        await using var fixture = await OpenAsync(maxBytes: 100_000);
        await RefuseContentOverAsync(fixture, 2000);
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);

        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(bytes));

        Assert.Equal(QuarantineReason.TooLarge, kept.Reason);
        var row = await fixture.DbAsync(db => db.Quarantine.SingleAsync());
        Assert.Equal((bytes.Length, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))),
            (row.Bytes, Convert.ToHexString(row.Sha256)));
        var part = (await fixture.Quarantine.ReadBytesAsync(IngestionFixture.Administrator(), kept.QuarantineId, default))!;
        Assert.InRange(part.Length, 900, 2000);
        Assert.Equal(bytes[..part.Length], part);
        var again = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(),
            kept.QuarantineId, default));
        Assert.Contains("ikke alle", again.Detail, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id)));
    }

    [Fact]
    public async Task What_quarantine_takes_no_byte_of_is_kept_as_length_and_hash()
    {
        await using var fixture = await OpenAsync();
        await RefuseContentOverAsync(fixture, 0);

        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync("<rubbish/>"));

        Assert.Equal(QuarantineReason.Malformed, kept.Reason);
        Assert.Empty((await fixture.Quarantine.ReadBytesAsync(IngestionFixture.Administrator(), kept.QuarantineId, default))!);
    }

    [Fact]
    public async Task A_message_of_which_only_the_first_bytes_are_kept_keeps_its_reason_and_its_length_when_it_is_tried_again()
    {
        await using var fixture = await OpenAsync();
        var cut = new Delivery(IngestionFixture.Envelope(Id), "push",
            fixture.Time.GetUtcNow()) { Cut = new DeliveryCut(3_000_000_000, new byte[32]) };
        var id = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Receiver.ReceiveAsync(cut, default)).QuarantineId;

        Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.Quarantine.RetryAsync(IngestionFixture.Administrator(), id, default));

        var row = Assert.Single((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 10, default)).Items);
        Assert.Equal((QuarantineReason.TooLarge, 3_000_000_000), (row.Reason, row.Bytes));
        Assert.Contains("3000000000 byte", row.Detail, StringComparison.Ordinal);
    }
}
