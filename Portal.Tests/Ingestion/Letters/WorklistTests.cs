using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

public sealed class WorklistTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_reason_has_the_moment_it_became_true()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        foreach (var id in new[] { "fejl", "retur", "modsagt", "mangler" }) await fixture.RegisterAsync(LettersFixture.Letter(id, id));
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 1, "fejl");
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 2, "retur", codes: "1");
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 3, "modsagt");
        await fixture.StatusAsync(KnownHandlinger.Tilbagekaldt, 2, "modsagt");
        await fixture.StatusAsync(KnownHandlinger.Klar, 1, "ukendt");
        Assert.Equal(3, (await fixture.WorkAsync()).Count);
        fixture.Time.Advance(TimeSpan.FromHours(23));

        var rows = await fixture.WorkAsync();
        var sent = new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            [
                (FollowUpReason.Failed, sent.AddHours(1)), (FollowUpReason.Returned, sent.AddHours(2)),
                (FollowUpReason.Unmatched, sent.AddHours(2)),
                (FollowUpReason.Contradiction, sent.AddHours(3)), (FollowUpReason.EvidenceMissing, sent.AddHours(24)),
            ],
            rows.Select(r => (r.Reason, r.Since)));
        Assert.Equal(rows.Reverse(), await fixture.WorkAsync(newestFirst: true));
        Assert.Equal(5, await fixture.Cases.AttentionCountAsync(LettersFixture.Caseworker(), Stop));
        Assert.Equal(0, await fixture.Cases.AttentionCountAsync(LettersFixture.Caseworker("12345678"), Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_of_one_row_give_every_row_once(bool newestFirst)
    {
        await using var fixture = await LettersFixture.OpenAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await fixture.RegisterAsync(LettersFixture.Letter(id, id));
            await fixture.StatusAsync(KnownHandlinger.Fejlet, 2, id);
        }

        await fixture.StatusAsync(KnownHandlinger.Klar, 1, "x");
        await fixture.StatusAsync(KnownHandlinger.Klar, 1, "y");
        fixture.Time.Advance(TimeSpan.FromHours(1));
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await fixture.Cases.FollowUpAsync(LettersFixture.Caseworker(), null, newestFirst, cursor, 1, Stop);
            ids.AddRange(page.Items.Select(i => i.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal((await fixture.WorkAsync(newestFirst)).Select(r => r.Id), ids);
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Fact]
    public async Task By_reason_the_gravest_is_first_and_pages_of_one_row_give_every_row_once()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        foreach (var id in new[] { "mangler", "retur", "fejl-1", "fejl-2" }) await fixture.RegisterAsync(LettersFixture.Letter(id, id));
        await fixture.StatusAsync(KnownHandlinger.OpdateringPostDanmark, 1, "retur", codes: "1");
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 2, "fejl-1");
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 3, "fejl-2");
        await fixture.StatusAsync(KnownHandlinger.Klar, 1, "ukendt");
        await fixture.StatusAsync(KnownHandlinger.Klar, 1, "ukendt-2");
        fixture.Time.Advance(TimeSpan.FromHours(30));
        var (rows, cursor) = (new List<FollowUpItem>(), (string?)null);
        do
        {
            var page = await fixture.Worklist.ReadAsync(
                LettersFixture.Caseworker(), new WorkQuery { ByReason = true }, cursor, 1, Stop);
            rows.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(
            [
                FollowUpReason.Failed, FollowUpReason.Failed, FollowUpReason.Returned, FollowUpReason.EvidenceMissing,
                FollowUpReason.Unmatched, FollowUpReason.Unmatched,
            ],
            rows.Select(r => r.Reason));
        Assert.Equal(["fejl-1", "fejl-2", "retur", "mangler", null, null], rows.Select(r => r.LetterId));
        Assert.Equal(rows.Select(r => r.Id).Order(), (await fixture.WorkAsync()).Select(r => r.Id).Order());
    }
}
