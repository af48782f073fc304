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
        Stories.Envelopes.With(
            KnownHandlinger.Klar, $"<MessageUUID>{Guid.NewGuid()}</MessageUUID><KanalKode>Edora</KanalKode>{sender}").Bytes;

    private static async Task<IReadOnlyList<FollowUpItem>> RowsAsync(IngestionFixture fixture)
    {
        await fixture.Services.GetRequiredService<LetterMatcher>().CatchUpAsync(Stop);
        return (await fixture.Services.GetRequiredService<ICaseReader>()
            .FollowUpAsync(IngestionFixture.Administrator(), null, false, null, 100, Stop)).Items;
    }

    [Fact]
    public async Task The_statuses_of_a_muted_sender_are_no_work_now_nor_later_until_the_mute_is_lifted()
    {
        await using var fixture = await IngestionFixture.OpenAsync();
        var mutes = fixture.Services.GetRequiredService<SenderMutes>();
        const string system = "<AfsenderSystemIdentifikator>EKSTERN-7</AfsenderSystemIdentifikator>";
        foreach (var sender in new[] { system, system, "" }) await fixture.ReceiveAsync(Status(sender));
        await RowsAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        var rows = await RowsAsync(fixture);
        Assert.Equal(3, rows.Count);

        Assert.Equal(new StatusSender("ekstern-7", false), await mutes.SenderOfAsync(IngestionFixture.Administrator(), rows[0].Id, Stop));
        Assert.Equal(new StatusSender("edora", true), await mutes.SenderOfAsync(IngestionFixture.Administrator(), rows[2].Id, Stop));
        Assert.Null(await mutes.SenderOfAsync(IngestionFixture.Administrator("12345678"), rows[0].Id, Stop));

        Assert.True(await mutes.MuteAsync(IngestionFixture.Administrator(), rows[0].Id, "Registreres i et andet system", Stop));
        Assert.False(await mutes.MuteAsync(IngestionFixture.Administrator(), rows[1].Id, "igen", Stop));
        Assert.Equal(rows[2].Id, Assert.Single(await RowsAsync(fixture)).Id);

        await fixture.ReceiveAsync(Status(system));
        await RowsAsync(fixture);
        await mutes.CatchUpAsync(Stop);
        fixture.Time.Advance(TimeSpan.FromHours(2));
        Assert.Single(await RowsAsync(fixture));

        var mute = Assert.Single(await mutes.ListAsync(IngestionFixture.Administrator(), Stop));
        Assert.Equal(("ekstern-7", "Registreres i et andet system", "Anders"), (mute.Name, mute.Reason, mute.MutedBy));
        Assert.True(await mutes.LiftAsync(IngestionFixture.Administrator(), mute.Id, Stop));
        Assert.Equal(4, (await RowsAsync(fixture)).Count);
        Assert.NotNull(Assert.Single(await mutes.ListAsync(IngestionFixture.Administrator(), Stop)).LiftedAt);
    }
}
