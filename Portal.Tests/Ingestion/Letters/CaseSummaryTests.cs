using Portal.Ingestion.Domain;
using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

/// <summary>The letter that a list of cases shows: the one searched for, else the one that most needs attention.</summary>
public sealed class CaseSummaryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ShownLetter> ShownAsync(LettersFixture fixture, string? text) =>
        Assert.Single((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), text, null, 10, Stop)).Items).Shown;

    private static LetterRegistration Second => LettersFixture.Letter("brev-2", "bbbb") with
    {
        Recipient = new LetterRecipient("Bo Udlejer", "0202021234", "CPR"), SentAt = LettersFixture.Letter().SentAt.AddHours(3),
        Title = "Ny afgørelse",
    };

    [Fact]
    public async Task A_hit_shows_the_letter_that_was_searched_for()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(Second);
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 5, "bbbb");
        Assert.Equal(("brev-1", "Åse Lejer", Verdict.Delivered), Of(await ShownAsync(fixture, "åse")));
        Assert.Equal(("brev-2", "Bo Udlejer", Verdict.Failed), Of(await ShownAsync(fixture, "udlejer")));
        Assert.Equal("brev-2", (await ShownAsync(fixture, "24-0117")).LetterId);
        Assert.Equal("brev-2", (await ShownAsync(fixture, null)).LetterId);
        Assert.True(CprNumber.TryParse("0101011234", out var cpr));
        Assert.Equal(
            "brev-1", Assert.Single(await fixture.Cases.SearchByCprAsync(LettersFixture.Caseworker(), cpr, Stop)).Shown.LetterId);
    }

    [Fact]
    public async Task A_letter_sent_again_and_delivered_gives_its_name_date_and_verdict()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.Fejlet);
        var row = Assert.Single(await fixture.WorkAsync());
        await fixture.RegisterAsync(Second);
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 5, "bbbb");
        await fixture.Worklist.ActAsync(
            LettersFixture.Caseworker(), new WorkAction(WorkActionKind.Resent, "ny adresse", LetterId: "brev-2"),
            [new WorkTarget(row.Id, row.Work.Revision)], Stop);
        var found = Assert.Single((await fixture.Cases.SearchAsync(LettersFixture.Caseworker(), null, null, 10, Stop)).Items);
        Assert.Equal((0, Verdict.Delivered), (found.NeedsAttention, found.GravestVerdict));
        Assert.Equal(("brev-2", "Bo Udlejer", Verdict.Delivered), Of(found.Shown));
        Assert.Equal(Second.SentAt, found.Shown.SentAt);

        // Searched for by name, the replaced letter is still found as what it is.
        Assert.Equal(("brev-1", "Åse Lejer", Verdict.Failed), Of(await ShownAsync(fixture, "åse")));
    }

    [Fact]
    public async Task A_contradicted_letter_and_one_matched_by_a_foreign_status_are_in_doubt()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: "fremmed");
        fixture.Time.Advance(TimeSpan.FromHours(2));
        var row = Assert.Single(await fixture.WorkAsync(), r => r.Reason == FollowUpReason.Unmatched);
        await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), row.Id, "brev-1", "oplyst i telefonen", Stop);
        var shown = await ShownAsync(fixture, null);
        Assert.Equal((Verdict.Delivered, true), (shown.Verdict, shown.InDoubt));

        await fixture.RegisterAsync(Second);
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, 4, "bbbb");
        Assert.False((await ShownAsync(fixture, "udlejer")).InDoubt);
        await fixture.StatusAsync(KnownHandlinger.Fejlet, 5, "bbbb");
        Assert.True((await ShownAsync(fixture, "udlejer")).InDoubt);
    }

    private static (string, string, Verdict) Of(ShownLetter shown) => (shown.LetterId, shown.Recipient, shown.Verdict);
}
