using Microsoft.Extensions.DependencyInjection;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Portal.Tests.Ingestion.Log;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class MuteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Status(string sender) =>
        Stories.Envelopes.With(KnownHandlinger.Klar, $"<MessageUUID>{Guid.NewGuid()}</MessageUUID><KanalKode>Edora</KanalKode>{sender}").Bytes;

    private static async Task<IReadOnlyList<FollowUpItem>> RowsAsync(IngestionHouse house)
    {
        await house.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        return (await house.Services.GetRequiredService<ICaseReader>().FollowUpAsync(IngestionHouse.Administrator(), null, false, null, 100, Stop)).Items;
    }

    [Fact]
    public async Task The_statuses_of_a_muted_sender_are_no_work_now_nor_later_until_the_mute_is_lifted()
    {
        await using var house = await IngestionHouse.OpenAsync();
        var mutes = house.Services.GetRequiredService<SenderMutes>();
        const string system = "<AfsenderSystemIdentifikator>EKSTERN-7</AfsenderSystemIdentifikator>";
        foreach (var sender in new[] { system, system, "" }) await house.ReceiveAsync(Status(sender));
        await RowsAsync(house);
        house.Time.Advance(TimeSpan.FromHours(2));
        var rows = await RowsAsync(house);
        Assert.Equal(3, rows.Count);

        Assert.Equal(new StatusSender("ekstern-7", false), await mutes.SenderOfAsync(IngestionHouse.Administrator(), rows[0].Id, Stop));
        Assert.Equal(new StatusSender("edora", true), await mutes.SenderOfAsync(IngestionHouse.Administrator(), rows[2].Id, Stop));
        Assert.Null(await mutes.SenderOfAsync(IngestionHouse.Administrator("12345678"), rows[0].Id, Stop));

        Assert.True(await mutes.MuteAsync(IngestionHouse.Administrator(), rows[0].Id, "Registreres i et andet system", Stop));
        Assert.False(await mutes.MuteAsync(IngestionHouse.Administrator(), rows[1].Id, "igen", Stop));
        Assert.Equal(rows[2].Id, Assert.Single(await RowsAsync(house)).Id);

        await house.ReceiveAsync(Status(system));
        await RowsAsync(house);
        await mutes.CatchUpAsync(Stop);
        house.Time.Advance(TimeSpan.FromHours(2));
        Assert.Single(await RowsAsync(house));

        var mute = Assert.Single(await mutes.ListAsync(IngestionHouse.Administrator(), Stop));
        Assert.Equal(("ekstern-7", "Registreres i et andet system", "Anders"), (mute.Name, mute.Reason, mute.MutedBy));
        Assert.True(await mutes.LiftAsync(IngestionHouse.Administrator(), mute.Id, Stop));
        Assert.Equal(4, (await RowsAsync(house)).Count);
        Assert.NotNull(Assert.Single(await mutes.ListAsync(IngestionHouse.Administrator(), Stop)).LiftedAt);
    }
}
