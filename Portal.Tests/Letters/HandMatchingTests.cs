using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Letters;

public sealed class HandMatchingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ambiguous_status_put_to_a_letter_is_in_its_story_and_no_rule_moves_it_until_it_is_undone()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.RegisterAsync(LettersHouse.Letter("brev-2"));
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        var row = Assert.Single(await house.WorkAsync());
        Assert.Equal(FollowUpReason.Ambiguous, row.Reason);

        Assert.True(await house.Hands.AssignAsync(LettersHouse.Caseworker(), row.Id, "brev-2", Stop));
        Assert.False(await house.Hands.AssignAsync(LettersHouse.Caseworker(), row.Id, "brev-1", Stop));
        Assert.Empty(await house.WorkAsync());
        var letter = await house.FindAsync("brev-2");
        Assert.Equal((Verdict.Delivered, "Anna"), (letter.Verdict, Assert.Single(letter.Events).ByHand!.By));

        await house.RegisterAsync(LettersHouse.Letter("brev-3"));
        Assert.Equal(Verdict.Delivered, (await house.FindAsync("brev-2")).Verdict);

        Assert.True(await house.Hands.UndoAsync(LettersHouse.Caseworker(), "besked-1", Stop));
        Assert.False(await house.Hands.UndoAsync(LettersHouse.Caseworker(), "besked-1", Stop));
        Assert.Equal(Verdict.OnItsWay, (await house.FindAsync("brev-2")).Verdict);
        Assert.Equal(FollowUpReason.Ambiguous, Assert.Single(await house.WorkAsync()).Reason);
        Assert.Equal([WorkDeed.StatusUnassigned, WorkDeed.StatusAssigned], (await house.Desk.HistoryAsync(LettersHouse.Caseworker(), row.Id, Stop)).Select(e => e.Deed));
    }

    [Fact]
    public async Task An_unmatched_status_goes_to_a_letter_of_its_own_authority_alone()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.StatusAsync(KnownHandlinger.Fejlet, uuid: "x");
        await house.RegisterAsync(LettersHouse.Letter("fremmed"), "12345678");
        Assert.False(await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "fremmed", Stop));
        Assert.False(await house.Hands.AssignAsync(LettersHouse.Caseworker("12345678"), "s-1", "fremmed", Stop));
        await house.RegisterAsync(LettersHouse.Letter());
        Assert.Equal("brev-1", Assert.Single(await house.Hands.FindLettersAsync(LettersHouse.Caseworker(), "husleje", 5, Stop)).LetterId);
        Assert.True(await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", Stop));
        Assert.Equal(Verdict.Failed, (await house.FindAsync()).Verdict);
    }
}
