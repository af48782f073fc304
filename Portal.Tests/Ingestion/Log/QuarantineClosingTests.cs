using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Quarantine;
using Portal.Ingestion.Storage;
using Xunit;

namespace Portal.Tests.Ingestion.Log;

/// <summary>Causes are counted in the database, and closed rows wait no more. On SQLite; the others derive.</summary>
public class QuarantineClosingTests
{
    private static readonly Viewer Adm = IngestionHouse.Administrator();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal virtual Task<IngestionHouse> OpenAsync() => IngestionHouse.OpenAsync();

    private static IQuarantineCauses Causes(IngestionHouse house) => house.Services.GetRequiredService<IQuarantineCauses>();

    private static string NoId(int n) => $"""<k:Haendelsesbesked xmlns:k="urn:oio:besked:kuvert:1.0"><k:Beskedkuvert n="{n}"/></k:Haendelsesbesked>""";

    [Fact]
    public async Task Causes_are_counted_over_all_rows_the_largest_first()
    {
        await using var house = await OpenAsync();
        for (var n = 0; n < 130; n++) await house.ReceiveAsync(NoId(n));
        house.Time.Advance(TimeSpan.FromHours(1));
        for (var n = 0; n < 3; n++) await house.ReceiveAsync($"<a n='{n}'>");

        var causes = await Causes(house).CausesAsync(Adm, Stop);
        Assert.Equal([130L, 3L], causes.Select(c => c.Count));
        Assert.Equal(QuarantineReason.MissingId, causes[0].Reason);
        Assert.Equal(["push"], causes[0].Transports);
        Assert.Equal(TimeSpan.FromHours(1), causes[1].FirstAt - causes[0].LastAt);
        Assert.Equal(3, (await Causes(house).ListAsync(Adm, new QuarantineSelection { Reason = causes[1].Reason, Detail = causes[1].Detail }, null, 100, Stop)).Items.Count);
        Assert.Empty(await Causes(house).CausesAsync(new Viewer("x", "X", ViewerRights.Cases, [IngestionHouse.Own], TypeScope.Everything), Stop));
    }

    [Fact]
    public async Task A_whole_cause_is_closed_with_a_reason_and_opened_again()
    {
        await using var house = await OpenAsync();
        for (var n = 0; n < 7; n++) await house.ReceiveAsync(NoId(n));
        await house.ReceiveAsync("<a>");
        var cause = (await Causes(house).CausesAsync(Adm, Stop))[0];
        var selection = new QuarantineSelection { Reason = cause.Reason, Detail = cause.Detail };

        Assert.Equal(0, await Causes(house).CloseAsync(Adm, selection, "  ", Stop));
        Assert.Equal(7, await Causes(house).CloseAsync(Adm, selection, "Sendt igen; gælder 010101-1234", Stop));
        Assert.Equal(0, await Causes(house).CloseAsync(Adm, selection, "igen", Stop));

        Assert.Equal(1, await house.Quarantine.CountAsync(Adm, Stop));
        Assert.Single((await house.Quarantine.ListAsync(Adm, null, null, 100, Stop)).Items);
        Assert.Equal(7, await Causes(house).CountClosedAsync(Adm, Stop));
        var closed = (await Causes(house).ListAsync(Adm, new QuarantineSelection { Closed = true }, null, 100, Stop)).Items;
        Assert.All(closed, c => Assert.Equal(("Anders", "Sendt igen; gælder 010101-xxxx", house.Time.GetUtcNow()), (c.ClosedBy, c.Why, c.ClosedAt!.Value)));
        Assert.NotNull(await house.Quarantine.ReadBytesAsync(Adm, closed[0].Message.Id, Stop));

        Assert.Equal(2, await Causes(house).ReopenAsync(Adm, [closed[0].Message.Id, closed[3].Message.Id, "vrøvl"], Stop));
        Assert.Equal(3, await house.Quarantine.CountAsync(Adm, Stop));
    }

    [Fact]
    public async Task A_closed_row_whose_bytes_come_again_waits_again_and_can_be_closed_again()
    {
        await using var house = await OpenAsync();
        await house.ReceiveAsync("<a>");
        var id = (await house.Quarantine.ListAsync(Adm, null, null, 10, Stop)).Items[0].Id;
        Assert.Equal(1, await Causes(house).CloseAsync(Adm, new QuarantineSelection { Ids = [id] }, "ikke til os", Stop));
        await house.ReceiveAsync("<a>");
        Assert.Equal((id, 2), ((await house.Quarantine.ListAsync(Adm, null, null, 10, Stop)).Items[0] is var row) ? (row.Id, row.Deliveries) : default);
        Assert.Equal(1, await Causes(house).CloseAsync(Adm, new QuarantineSelection { Ids = [id] }, "stadig ikke", Stop));
        Assert.Equal(0, await house.Quarantine.CountAsync(Adm, Stop));
        Assert.Equal("stadig ikke", (await Causes(house).ListAsync(Adm, new QuarantineSelection { Closed = true }, null, 10, Stop)).Items[0].Why);
    }

    [Fact]
    public async Task What_was_said_of_a_row_is_erased_with_it()
    {
        await using var house = await OpenAsync();
        await house.ReceiveAsync("<a>");
        await Causes(house).CloseAsync(Adm, new QuarantineSelection(), "færdig", Stop);
        await using var db = await house.Services.GetRequiredService<IDbContextFactory<IngestionDbContext>>().CreateDbContextAsync(Stop);
        Assert.Equal(1, await db.QuarantineClosings.CountAsync(Stop));
        await db.Quarantine.ExecuteDeleteAsync(Stop);
        Assert.Equal(0, await db.QuarantineClosings.CountAsync(Stop));
    }
}
