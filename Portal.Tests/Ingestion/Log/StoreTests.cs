using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Log;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Tests.Ingestion.Ledger;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>The message store on each database; the derived classes choose it.</summary>
public abstract partial class StoreTests
{
    protected const string Id = "11111111-2222-3333-4444-555555555555";

    /// <summary>A message side over a separate database; the same folder is the same database.</summary>
    private protected abstract Task<IngestionFixture> OpenAsync(
        string? folder = null, int maxBytes = 1 << 20, Action<IServiceCollection>? more = null);

    /// <summary>A message side that waits only a short time for the log's lock.</summary>
    private protected abstract Task<IngestionFixture> OpenImpatientAsync();

    /// <summary>Holds the log's lock, as another writing program would, until it is disposed.</summary>
    private protected abstract Task<IAsyncDisposable> HoldLogAsync(IngestionFixture fixture);

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
            + bare.Replace("<k:", "<x:", StringComparison.Ordinal).Replace("</k:", "</x:", StringComparison.Ordinal)
                .Replace("xmlns:k", "xmlns:x", StringComparison.Ordinal)
                .Replace("</x:Leveranceinformation>", "<x:Leveranceruter><x:Leverancerute/></x:Leveranceruter></x:Leveranceinformation>",
                    StringComparison.Ordinal)
            + "</sts:ModtagBeskedInput>";
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
            IngestionFixture.Administrator(), MessageFilter.Everything, 0, 1000, default);
        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long)n), slice.Items.Select(m => m.Sequence));
        Assert.Equal(20, slice.Items.Single(m => m.BeskedId == Id).Deliveries);
        Assert.Equal(20, await fixture.Quarantine.CountAsync(IngestionFixture.Administrator(), default));
    }

    [Fact]
    public async Task Programs_that_start_together_make_the_database_once()
    {
        var folder = Directory.CreateTempSubdirectory("together").FullName;
        var fixtures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync(folder))));

        Assert.IsType<DeliveryOutcome.Accepted>(await fixtures[3].ReceiveAsync(IngestionFixture.Envelope(Id)));
        foreach (var fixture in fixtures) await fixture.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_programs_that_write_at_once_give_numbers_without_gaps_in_commit_order()
    {
        var folder = Directory.CreateTempSubdirectory("writers").FullName;
        await using (var one = await OpenAsync(folder))
        await using (var two = await OpenAsync(folder))
        await using (var reader = await OpenAsync(folder))
        {
            var ids = Enumerable.Range(0, 600).Select(n => $"b-{n}").ToList();

            // Each program receives all of them, so that every message is delivered twice.
            var written = Task.WhenAll(new[] { one, two }.Select(fixture => Parallel.ForEachAsync(
                fixture == one ? ids : Enumerable.Reverse(ids), new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (id, _) => await fixture.ReceiveAsync(IngestionFixture.Envelope(id)))));
            var (seen, position) = (new List<long>(), 0L);
            while (seen.Count < ids.Count)
            {
                if (written.IsFaulted) await written;
                var slice = await reader.Messages.ReadAfterAsync(
                    IngestionFixture.Administrator(), MessageFilter.Everything, position, 100, default);
                seen.AddRange(slice.Items.Select(m => m.Sequence));
                position = slice.Position;
            }

            await written;
            Assert.Equal(Enumerable.Range(1, ids.Count).Select(n => (long)n), seen);
            var all = (await reader.Messages.ListAsync(
                IngestionFixture.Administrator(), MessageFilter.Everything, null, 1000, default)).Items;
            Assert.Equal(ids.Order(StringComparer.Ordinal), all.Select(m => m.BeskedId).Order(StringComparer.Ordinal));
            Assert.All(all, m => Assert.Equal(2, m.Deliveries));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_log_that_another_holds_refuses_without_acknowledging_and_takes_messages_again_afterwards()
    {
        await using var fixture = await OpenImpatientAsync();
        await fixture.ReceiveAsync(IngestionFixture.Envelope("before"));
        await using (await HoldLogAsync(fixture))
            await Assert.ThrowsAsync<StorageUnavailableException>(() => fixture.ReceiveAsync(IngestionFixture.Envelope("during")));

        Assert.Equal(2, Assert.IsType<DeliveryOutcome.Accepted>(await fixture.ReceiveAsync(IngestionFixture.Envelope("during"))).Sequence);
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
            MessageFilter.Everything, null, 10, default)).Items);
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
            MessageFilter.Everything, null, 10, default)).Items);
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
            (await fixture.Messages.ListAsync(IngestionFixture.Administrator(), MessageFilter.Everything, null, More,
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
            MessageFilter.Everything, null, 10, default)).Items).Unreadable?.ToWire());
        Assert.Single((await fixture.Quarantine.ListAsync(IngestionFixture.Administrator(), null, null, 10, default)).Items);
    }

    private static byte[] Failed(string id, string error) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(IngestionFixture.Envelope(id))
        .Replace("</p:PKO_PostStatus>", $"<p:FejlDetaljer><p:FejlTekst>{error}</p:FejlTekst></p:FejlDetaljer></p:PKO_PostStatus>",
            StringComparison.Ordinal));
}
