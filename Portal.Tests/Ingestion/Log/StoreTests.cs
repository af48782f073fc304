using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Tests.Ingestion.Ledger;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>What every store does, on each database: the derived classes say which.</summary>
public abstract class StoreTests
{
    protected const string Id = "11111111-2222-3333-4444-555555555555";

    /// <summary>A message side over a database of its own; the same folder is the same database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync(
        string? folder = null, int maxBytes = 1 << 20, Action<IServiceCollection>? more = null);

    [Fact]
    public async Task A_message_comes_back_byte_for_byte()
    {
        await using var fixture = await OpenAsync();
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. IngestionFixture.Envelope(Id.ToUpperInvariant())];

        var accepted = Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(bytes));

        Assert.Equal((Id, 1), (accepted.BeskedId, accepted.Sequence));
        Assert.Equal(bytes, await fixture.Messages.ReadBytesAsync(IngestionFixture.Administrator(), Id.ToUpperInvariant(), default));
    }

    [Fact]
    public async Task A_repeat_is_counted_and_not_stored_twice_even_wrapped_with_other_prefixes_and_a_longer_route()
    {
        await using var fixture = await OpenAsync();
        var bare = Encoding.UTF8.GetString(IngestionFixture.Envelope(Id));
        var wrapped = "<?xml version=\"1.0\"?><sts:ModtagBeskedInput xmlns:sts=\"urn:oio:sts:1.0.0\">"
            + $"{bare.Replace("<k:", "<x:", StringComparison.Ordinal).Replace("</k:", "</x:", StringComparison.Ordinal).Replace("xmlns:k", "xmlns:x", StringComparison.Ordinal)
            .Replace("</x:Leveranceinformation>", "<x:Leveranceruter><x:Leverancerute/></x:Leveranceruter></x:Leveranceinformation>", StringComparison.Ordinal)}</sts:ModtagBeskedInput>";
        await fixture.ReceiveAsync(bare);

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Repeated>(await fixture.ReceiveAsync(bare)).Deliveries);
        var third = await fixture.ReceiveAsync(wrapped);
        Assert.True(third is DeliveryOutcome.Repeated { Deliveries: 3 }, third.ToString());
        Assert.Equal(1, await fixture.Messages.LastSequenceAsync(default));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_a_conflict_and_the_first_stays()
    {
        await using var fixture = await OpenAsync();
        var first = IngestionFixture.Envelope(Id);
        await fixture.ReceiveAsync(first);

        var conflict =
            Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id, status: "Fejlet")));

        Assert.Equal((QuarantineReason.Conflict, Id), (conflict.Reason, conflict.BeskedId));
        Assert.Equal(first, await fixture.Messages.ReadBytesAsync(IngestionFixture.Administrator(), Id, default));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_whatever_comes_between()
    {
        await using var fixture = await OpenAsync();
        var deliveries = Enumerable.Range(0, 60).Select(n => (n % 3) switch
        {
            0 => IngestionFixture.Envelope(Guid.NewGuid().ToString()),
            1 => Encoding.UTF8.GetBytes($"<rubbish n='{n}'/>"),
            _ => IngestionFixture.Envelope(Id),
        }).ToList();

        await Task.WhenAll(deliveries.Select(fixture.ReceiveAsync));

        var slice = await fixture.Messages.ReadAfterAsync(
            IngestionFixture.Administrator(), Portal.Ingestion.Log.MessageFilter.Everything, 0, 1000, default);
        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long)n), slice.Items.Select(m => m.Sequence));
        Assert.Equal(20, slice.Items.Single(m => m.BeskedId == Id).Deliveries);
        Assert.Equal(20, await fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default));
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

    [Theory]
    [InlineData(299)]
    [InlineData(300)]
    [InlineData(301)]
    public async Task An_error_text_with_a_character_across_the_cut_is_stored_and_the_row_holds_whole_characters(int before)
    {
        await using var fixture = await OpenAsync();
        var error = $"{new string('x', before)}😀 og mere";

        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(Failed(Id, error)));

        var row = await fixture.DbAsync(db => db.Messages.SingleAsync());
        Assert.Equal(error[..(before == 299 ? 299 : 300)], row.ErrorText);
        var shown = Assert.Single((await fixture.Messages.ListAsync(IngestionFixture.Administrator(),
            Portal.Ingestion.Log.MessageFilter.Everything, null, 10, default)).Items);
        Assert.Equal(error, shown.PostStatus!.Error!.Text);
    }

    [Fact]
    public async Task A_stored_message_that_cannot_be_read_makes_a_repeat_with_other_bytes_a_conflict_and_stops_nothing()
    {
        await using var fixture = await OpenAsync();
        var first = IngestionFixture.Envelope(Id);
        await fixture.ReceiveAsync(first);
        await fixture.DbAsync(db =>
            db.MessageContent.ExecuteUpdateAsync(c => c.SetProperty(m => m.Content, new byte[40]).SetProperty(m => m.Encoding, 77)));

        Assert.IsType<DeliveryOutcome.Repeated>(await fixture.ReceiveAsync(first));
        var kept = Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync([.. first, (byte)' ']));
        Assert.Equal(QuarantineReason.Conflict, kept.Reason);
        Assert.Contains("kan ikke læses", kept.Detail, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("en anden")));
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
    public async Task Types_and_kinds_of_any_length_are_bounded_and_the_message_shows_its_own()
    {
        await using var fixture = await OpenAsync();
        var type = $"urn:{new string('t', 10_000)}";
        var many = string.Concat(Enumerable.Range(0,
            3000).Select(n =>
            $"<k:TilladtModtager><s:URNIdentifikator>urn:oio:cvr:{10_000_000 + n}</s:URNIdentifikator></k:TilladtModtager>"));

        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(IngestionFixture.Envelope(Id, extra: many, status: new string('æ', 9000)))
                .Replace(KnownBeskedtyper.PostStatus, type, StringComparison.Ordinal))));

        var kind = await fixture.DbAsync(db => db.MessageKinds.SingleAsync());
        Assert.Equal(StoredMessageKind.OtherTypes, kind.Beskedtype);
        Assert.Contains(IngestionFixture.Own, kind.Authorities());
        Assert.True(kind.Authorities().Count <= StoredMessageKind.MaxAuthorities);
        var shown = Assert.Single((await fixture.Messages.ListAsync(IngestionFixture.Administrator(),
            Portal.Ingestion.Log.MessageFilter.Everything, null, 10, default)).Items);
        Assert.Equal((type, "øvrige ukendte typer"), (shown.Beskedtype, shown.BeskedtypeName));
        Assert.Null(await fixture.VerifyAsync());
    }

    [Fact]
    public async Task Types_beyond_the_bound_share_one_row_and_are_stored_and_shown()
    {
        const int Most = 40, More = 30;
        await using var fixture = await OpenAsync(more: services => services.AddSingleton(
            ((PortalSettings)services.Last(d => d.ServiceType == typeof(PortalSettings))
                .ImplementationInstance!) with { MostTypes = Most }));
        string Name(int n) => $"type {n}";
        var sent = Enumerable.Range(0, Most + More).Select(n =>
            new Delivery(IngestionFixture.Envelope($"b{n}", Name(n)), "push", fixture.Time.GetUtcNow())).ToList();

        Assert.All(await fixture.Receiver.ReceiveAsync(sent, default), outcome => Assert.IsType<DeliveryOutcome.Accepted>(outcome));
        Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("igen", Name(Most + 1))));

        Assert.Equal(Most + 1, await fixture.DbAsync(db => db.Beskedtyper.CountAsync(t => !t.Known)));
        var shown =
            (await fixture.Messages.ListAsync(IngestionFixture.Administrator(), Portal.Ingestion.Log.MessageFilter.Everything, null, More,
                default)).Items;
        Assert.Equal(Name(Most + 1), shown[0].Beskedtype);
        Assert.All(shown, m => Assert.StartsWith("type ", m.Beskedtype, StringComparison.Ordinal));
        Assert.Null(await fixture.VerifyAsync());
    }

    [Fact]
    public async Task A_count_of_deliveries_at_its_end_stops_neither_the_message_nor_the_quarantine()
    {
        await using var fixture = await OpenAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope(Id));
        await fixture.ReceiveAsync("<ikke en besked>");
        await fixture.DbAsync(db => db.Database.ExecuteSqlRawAsync("""UPDATE "Messages" SET "Deliveries" = 2147483647"""));
        await fixture.DbAsync(db => db.Database.ExecuteSqlRawAsync("""UPDATE "Quarantine" SET "Deliveries" = 2147483647"""));

        Assert.Equal(
            int.MaxValue, Assert.IsType<DeliveryOutcome.Repeated>(await fixture.ReceiveAsync(IngestionFixture.Envelope(Id))).Deliveries);
        Assert.IsType<DeliveryOutcome.Quarantined>(await fixture.ReceiveAsync("<ikke en besked>"));

        Assert.Equal("number", Assert.Single((await fixture.Messages.ListAsync(IngestionFixture.Administrator(),
            Portal.Ingestion.Log.MessageFilter.Everything, null, 10, default)).Items).Unreadable?.ToWire());
        Assert.Single((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 10, default)).Items);
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

    /// <summary>Makes the database refuse quarantined content of more bytes.</summary>
    private protected abstract Task RefuseContentOverAsync(IngestionFixture fixture, int bytes);

    private static byte[] Failed(string id, string error) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(IngestionFixture.Envelope(id))
        .Replace("</p:PKO_PostStatus>", $"<p:FejlDetaljer><p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus>",
            StringComparison.Ordinal));
}
