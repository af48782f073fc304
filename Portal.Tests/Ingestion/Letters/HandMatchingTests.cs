using Portal.Ingestion.Envelopes;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Work;
using Xunit;

namespace Portal.Tests.Ingestion.Letters;

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

        Assert.Equal(HandOutcome.Done, await house.Hands.AssignAsync(LettersHouse.Caseworker(), row.Id, "brev-2", null, Stop));
        Assert.Equal(HandOutcome.Gone, await house.Hands.AssignAsync(LettersHouse.Caseworker(), row.Id, "brev-1", null, Stop));
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
        Assert.Equal(HandOutcome.Gone, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "fremmed", "ringede", Stop));
        Assert.Equal(HandOutcome.Gone, await house.Hands.AssignAsync(LettersHouse.Caseworker("12345678"), "s-1", "fremmed", "ringede", Stop));
        await house.RegisterAsync(LettersHouse.Letter());
        Assert.Equal("brev-1", Assert.Single(await house.Hands.FindLettersAsync(LettersHouse.Caseworker(), "s-1", "husleje", 5, Stop)).LetterId);
        Assert.Equal(HandOutcome.Done, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", "ringede", Stop));
        Assert.Equal(Verdict.Failed, (await house.FindAsync()).Verdict);
    }

    [Fact]
    public async Task The_letters_that_a_status_names_are_offered_first_and_say_what_they_share_with_it()
    {
        await using var house = await LettersHouse.OpenAsync();
        var shipment = Guid.NewGuid().ToString();
        await house.RegisterAsync(LettersHouse.Letter("ens-1"));
        await house.RegisterAsync(LettersHouse.Letter("ens-2") with { Identifiers = new LetterIdentifiers { MessageUuid = "AAAA", CorrelationId = "c-1" } });
        await house.RegisterAsync(LettersHouse.Letter("samme-uuid", uuid: null) with { Identifiers = new LetterIdentifiers { TransmissionId = $"{{{shipment.ToUpperInvariant()}}}" } });
        await house.RegisterAsync(LettersHouse.Letter("samme-tal", uuid: null) with { Identifiers = new LetterIdentifiers { MessageId = "c-1" } });
        await house.RegisterAsync(LettersHouse.Letter("fremmed", "bbbb"));
        await house.RegisterAsync(LettersHouse.Letter("anden-myndighed"), "12345678");
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, correlation: "c-1");
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: shipment);

        var matching = await house.Hands.MatchingAsync(LettersHouse.Caseworker(), "s-1", 10, Stop);
        Assert.Equal(["ens-2", "ens-1"], matching.Select(l => l.LetterId));
        Assert.Equal([["MessageUUID", "CorrelationId"], ["MessageUUID"]], matching.Select(l => l.Shared.Select(s => s.OfStatus)));
        Assert.DoesNotContain(matching, l => l.TakesReason);

        // One UUID under another name counts; a short number under another name is the same by chance.
        var other = Assert.Single(await house.Hands.MatchingAsync(LettersHouse.Caseworker(), "s-2", 10, Stop));
        Assert.Equal(("samme-uuid", new SharedIdentifier("MessageUUID", "TransmissionId")), (other.LetterId, Assert.Single(other.Shared)));

        var found = await house.Hands.FindLettersAsync(LettersHouse.Caseworker(), "s-1", null, 10, Stop);
        Assert.Equal(["ens-1", "ens-2"], found.Where(l => !l.TakesReason).Select(l => l.LetterId).Order());
        Assert.Contains(found, l => l.LetterId == "fremmed");
        Assert.Empty(await house.Hands.MatchingAsync(LettersHouse.Caseworker("12345678"), "s-1", 10, Stop));
    }

    [Fact]
    public async Task A_letter_that_shares_nothing_with_the_status_takes_a_reason_that_is_kept_without_numbers_of_persons()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: "x");
        Assert.Equal(HandOutcome.ReasonMissing, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", " ", Stop));
        Assert.Empty((await house.FindAsync()).Events);

        Assert.Equal(HandOutcome.Done, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", " bekræftet i telefonen af 010101-1234 ", Stop));
        var entry = Assert.Single(await house.Desk.HistoryAsync(LettersHouse.Caseworker(), "s-1", Stop), e => e.Deed == WorkDeed.StatusAssigned);
        Assert.Equal(("Anna", "bekræftet i telefonen af 010101-xxxx", "brev-1"), (entry.By, entry.Text, entry.Other));
        var letter = await house.FindAsync();
        var hand = Assert.Single(letter.Events).ByHand!;
        Assert.Equal(("Anna", "bekræftet i telefonen af 010101-xxxx", false), (hand.By, hand.Reason, hand.NamesLetter));
        Assert.Equal(ArrivalGround.Hand, ArrivalGrounds.Of(letter).Ground);
        Assert.Contains("knyttet til brevet i hånden", letter.AppealNote.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_of_a_time_before_the_letter_was_sent_takes_a_reason_though_it_names_the_letter_and_proves_no_arrival()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.RegisterAsync(LettersHouse.Letter("brev-2"));
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost, hours: -48);
        Assert.All(await house.Hands.MatchingAsync(LettersHouse.Caseworker(), "s-1", 10, Stop), l => Assert.True(l is { IsSentAfterStatus: true, TakesReason: true }));
        Assert.Equal(HandOutcome.ReasonMissing, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", null, Stop));
        Assert.Equal(HandOutcome.Done, await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", "uret gik forkert", Stop));
        var letter = await house.FindAsync();
        Assert.Equal(ArrivalGround.BeforeSending, ArrivalGrounds.Of(letter).Ground);
        Assert.Contains("før afsendelsen", letter.AppealNote.Danish, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_of_a_link_that_was_undone_does_not_stand_with_the_next_one()
    {
        await using var house = await LettersHouse.OpenAsync();
        await house.RegisterAsync(LettersHouse.Letter());
        await house.RegisterAsync(LettersHouse.Letter("brev-2"));
        await house.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-1", "forkert", Stop);
        await house.Hands.UndoAsync(LettersHouse.Caseworker(), "besked-1", Stop);
        await house.Hands.AssignAsync(LettersHouse.Caseworker(), "s-1", "brev-2", null, Stop);
        var hand = Assert.Single((await house.FindAsync("brev-2")).Events).ByHand!;
        Assert.Equal((null, true), (hand.Reason, hand.NamesLetter));
        Assert.Equal(ArrivalGround.Identifiers, ArrivalGrounds.Of(await house.FindAsync("brev-2")).Ground);
    }
}
