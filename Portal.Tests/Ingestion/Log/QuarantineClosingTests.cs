using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Causes are counted in the database, and closed rows no longer wait. On SQLite; a derived class runs it on PostgreSQL.</summary>
public class QuarantineClosingTests
{
    private static readonly Viewer Adm = IngestionFixture.Administrator();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal virtual Task<IngestionFixture> OpenAsync() => IngestionFixture.OpenAsync();

    private static IQuarantineCauses Causes(IngestionFixture fixture) => fixture.Services.GetRequiredService<IQuarantineCauses>();

    private static string NoId(int n) =>
        $"""<k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0"><k:Beskedkuvert n="{n}"/></k:Haendelsesbesked>""";

    [Fact]
    public async Task Causes_are_counted_over_all_rows_the_largest_first()
    {
        await using var fixture = await OpenAsync();
        for (var n = 0; n < 130; n++) await fixture.ReceiveAsync(NoId(n));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        for (var n = 0; n < 3; n++) await fixture.ReceiveAsync($"<a n='{n}'>");

        var causes = await Causes(fixture).CausesAsync(Adm, Stop);
        Assert.Equal([130L, 3L], causes.Select(c => c.Count));
        Assert.Equal(QuarantineReason.MissingId, causes[0].Reason);
        Assert.Equal(["push"], causes[0].Transports);
        Assert.Equal(TimeSpan.FromHours(1), causes[1].FirstAt - causes[0].LastAt);
        Assert.Equal(3, (await Causes(fixture).ListAsync(
            Adm, new QuarantineSelection { Reason = causes[1].Reason, Detail = causes[1].Detail }, null, 100, Stop)).Items.Count);
        Assert.Empty(await Causes(fixture)
            .CausesAsync(new Viewer("x", "X", ViewerRights.Cases, [IngestionFixture.Own], TypeScope.Everything), Stop));
    }

    [Fact]
    public async Task A_whole_cause_is_closed_with_a_reason_and_opened_again()
    {
        await using var fixture = await OpenAsync();
        for (var n = 0; n < 7; n++) await fixture.ReceiveAsync(NoId(n));
        await fixture.ReceiveAsync("<a>");
        var cause = (await Causes(fixture).CausesAsync(Adm, Stop))[0];
        var selection = new QuarantineSelection { Reason = cause.Reason, Detail = cause.Detail };

        Assert.Equal(0, await Causes(fixture).CloseAsync(Adm, selection, "  ", Stop));
        Assert.Equal(7, await Causes(fixture).CloseAsync(Adm, selection, "Sendt igen; gælder 010101-1234", Stop));
        Assert.Equal(0, await Causes(fixture).CloseAsync(Adm, selection, "igen", Stop));

        Assert.Equal(1, await fixture.Quarantine.CountAsync(Adm, Stop));
        Assert.Single((await fixture.Quarantine.ListAsync(Adm, null, null, 100, Stop)).Items);
        Assert.Equal(7, await Causes(fixture).CountClosedAsync(Adm, Stop));
        var closed = (await Causes(fixture).ListAsync(Adm, new QuarantineSelection { Closed = true }, null, 100, Stop)).Items;
        Assert.All(closed, c => Assert.Equal(
            ("Anders", "Sendt igen; gælder 010101-xxxx", fixture.Time.GetUtcNow()), (c.ClosedBy, c.Why, c.ClosedAt!.Value)));
        Assert.NotNull(await fixture.Quarantine.ReadBytesAsync(Adm, closed[0].Message.Id, Stop));

        Assert.Equal(2, await Causes(fixture).ReopenAsync(Adm, [closed[0].Message.Id, closed[3].Message.Id, "vrøvl"], Stop));
        Assert.Equal(3, await fixture.Quarantine.CountAsync(Adm, Stop));
    }

    [Fact]
    public async Task A_closed_row_whose_bytes_come_again_waits_again_and_can_be_closed_again()
    {
        await using var fixture = await OpenAsync();
        await fixture.ReceiveAsync("<a>");
        var id = (await fixture.Quarantine.ListAsync(Adm, null, null, 10, Stop)).Items[0].Id;
        Assert.Equal(1, await Causes(fixture).CloseAsync(Adm, new QuarantineSelection { Ids = [id] }, "ikke til os", Stop));
        await fixture.ReceiveAsync("<a>");
        Assert.Equal((id, 2),
            ((await fixture.Quarantine.ListAsync(Adm, null, null, 10, Stop)).Items[0] is var row) ? (row.Id, row.Deliveries) : default);
        Assert.Equal(1, await Causes(fixture).CloseAsync(Adm, new QuarantineSelection { Ids = [id] }, "stadig ikke", Stop));
        Assert.Equal(0, await fixture.Quarantine.CountAsync(Adm, Stop));
        Assert.Equal(
            "stadig ikke", (await Causes(fixture).ListAsync(Adm, new QuarantineSelection { Closed = true }, null, 10, Stop)).Items[0].Why);
    }

    [Fact]
    public async Task What_was_said_of_a_row_is_erased_with_it()
    {
        await using var fixture = await OpenAsync();
        await fixture.ReceiveAsync("<a>");
        await Causes(fixture).CloseAsync(Adm, new QuarantineSelection(), "færdig", Stop);
        await using var db = await fixture.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(Stop);
        Assert.Equal(1, await db.QuarantineClosings.CountAsync(Stop));
        await db.Quarantine.ExecuteDeleteAsync(Stop);
        Assert.Equal(0, await db.QuarantineClosings.CountAsync(Stop));
    }
}
