using Portal.Ingestion.Domain;
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
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        var row = Assert.Single(await fixture.WorkAsync());
        Assert.Equal(FollowUpReason.Ambiguous, row.Reason);

        Assert.Equal(HandOutcome.Done, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), row.Id, "brev-2", null, Stop));
        Assert.Equal(HandOutcome.Gone, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), row.Id, "brev-1", null, Stop));
        Assert.Empty(await fixture.WorkAsync());
        var letter = await fixture.FindAsync("brev-2");
        Assert.Equal((Verdict.Delivered, "Anna"), (letter.Verdict, Assert.Single(letter.Events).ByHand!.By));

        await fixture.RegisterAsync(LettersFixture.Letter("brev-3"));
        Assert.Equal(Verdict.Delivered, (await fixture.FindAsync("brev-2")).Verdict);

        Assert.True(await fixture.Hands.UndoAsync(LettersFixture.Caseworker(), "besked-1", Stop));
        Assert.False(await fixture.Hands.UndoAsync(LettersFixture.Caseworker(), "besked-1", Stop));
        Assert.Equal(Verdict.OnItsWay, (await fixture.FindAsync("brev-2")).Verdict);
        Assert.Equal(FollowUpReason.Ambiguous, Assert.Single(await fixture.WorkAsync()).Reason);
        Assert.Equal([WorkActionKind.StatusUnassigned, WorkActionKind.StatusAssigned],
            (await fixture.Worklist.HistoryAsync(LettersFixture.Caseworker(), row.Id, Stop)).Select(e => e.Kind));
    }

    [Fact]
    public async Task An_unmatched_status_goes_to_a_letter_of_its_own_authority_alone()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.StatusAsync(KnownHandlinger.Fejlet, uuid: "x");
        await fixture.RegisterAsync(LettersFixture.Letter("fremmed"), "12345678");
        Assert.Equal(HandOutcome.Gone, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "fremmed", "ringede", Stop));
        Assert.Equal(
            HandOutcome.Gone, await fixture.Hands.AssignAsync(LettersFixture.Caseworker("12345678"), "s-1", "fremmed", "ringede", Stop));
        await fixture.RegisterAsync(LettersFixture.Letter());
        Assert.Equal(
            "brev-1", Assert.Single(await fixture.Hands.FindLettersAsync(LettersFixture.Caseworker(), "s-1", "husleje", 5, Stop)).LetterId);
        Assert.Equal(HandOutcome.Done, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", "ringede", Stop));
        Assert.Equal(Verdict.Failed, (await fixture.FindAsync()).Verdict);
    }

    [Fact]
    public async Task The_letters_that_a_status_names_are_offered_first_and_say_what_they_share_with_it()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        var shipment = Guid.NewGuid().ToString();
        await fixture.RegisterAsync(LettersFixture.Letter("ens-1"));
        await fixture.RegisterAsync(
            LettersFixture.Letter("ens-2") with { Identifiers = new LetterIdentifiers { MessageUuid = "AAAA", CorrelationId = "c-1" } });
        await fixture.RegisterAsync(LettersFixture.Letter("samme-uuid",
            uuid: null) with { Identifiers = new LetterIdentifiers { TransmissionId = $"{{{shipment.ToUpperInvariant()}}}" } });
        await fixture.RegisterAsync(LettersFixture.Letter("samme-uuid-2", uuid: null) with
        {
            Identifiers = new LetterIdentifiers { AfsendelseIdentifikator = shipment },
        });
        await fixture.RegisterAsync(
            LettersFixture.Letter("samme-tal", uuid: null) with { Identifiers = new LetterIdentifiers { MessageId = "c-1" } });
        await fixture.RegisterAsync(LettersFixture.Letter("fremmed", "bbbb"));
        await fixture.RegisterAsync(LettersFixture.Letter("anden-myndighed"), "12345678");
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, correlation: "c-1");
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: shipment);

        var matching = await fixture.Hands.MatchingAsync(LettersFixture.Caseworker(), "s-1", 10, Stop);
        Assert.Equal(["ens-2", "ens-1"], matching.Select(l => l.LetterId));
        Assert.Equal([["MessageUUID", "CorrelationId"], ["MessageUUID"]], matching.Select(l => l.Shared.Select(s => s.OfStatus)));
        Assert.DoesNotContain(matching, l => l.TakesReason);

        // A UUID that both have under different names is a match; an equal short number under another name may be chance.
        var others = await fixture.Hands.MatchingAsync(LettersFixture.Caseworker(), "s-2", 10, Stop);
        Assert.Equal(
            [("samme-uuid", "TransmissionId"), ("samme-uuid-2", "AfsendelseIdentifikator")],
            others.Select(o => (o.LetterId, Assert.Single(o.Shared).OfLetter)).Order());

        var found = await fixture.Hands.FindLettersAsync(LettersFixture.Caseworker(), "s-1", null, 10, Stop);
        Assert.Equal(["ens-1", "ens-2"], found.Where(l => !l.TakesReason).Select(l => l.LetterId).Order());
        Assert.Contains(found, l => l.LetterId == "fremmed");
        Assert.Empty(await fixture.Hands.MatchingAsync(LettersFixture.Caseworker("12345678"), "s-1", 10, Stop));
    }

    [Fact]
    public async Task A_letter_that_shares_nothing_with_the_status_takes_a_reason_that_is_kept_without_numbers_of_persons()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, uuid: "x");
        Assert.Equal(HandOutcome.ReasonMissing, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", " ", Stop));
        Assert.Empty((await fixture.FindAsync()).Events);

        Assert.Equal(HandOutcome.Done,
            await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", " bekræftet i telefonen af 010101-1234 ", Stop));
        var entry = Assert.Single(
            await fixture.Worklist.HistoryAsync(LettersFixture.Caseworker(), "s-1", Stop), e => e.Kind == WorkActionKind.StatusAssigned);
        Assert.Equal(("Anna", "bekræftet i telefonen af 010101-xxxx", "brev-1"), (entry.By, entry.Text, entry.Other));
        var letter = await fixture.FindAsync();
        var hand = Assert.Single(letter.Events).ByHand!;
        Assert.Equal(("Anna", "bekræftet i telefonen af 010101-xxxx", false), (hand.By, hand.Reason, hand.NamesLetter));
        Assert.Equal(ArrivalGround.Hand, ArrivalGrounds.Of(letter).Ground);
        Assert.Contains("knyttet til brevet i hånden", letter.AppealNote.Danish, StringComparison.Ordinal);
        Assert.EndsWith("Den viser ikke, at netop dette brev kom frem.", letter.Explanation.Danish, StringComparison.Ordinal);
        Assert.Equal((1, 1), await DeliveredAndInDoubtAsync(fixture));
    }

    [Fact]
    public async Task A_status_of_a_time_before_the_letter_was_sent_takes_a_reason_though_it_names_the_letter_and_proves_no_arrival()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost, hours: -48);
        Assert.All(await fixture.Hands.MatchingAsync(LettersFixture.Caseworker(), "s-1", 10, Stop),
            l => Assert.True(l is { IsSentAfterStatus: true, TakesReason: true }));
        Assert.Equal(HandOutcome.ReasonMissing, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", null, Stop));
        Assert.Equal(
            HandOutcome.Done, await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", "uret gik forkert", Stop));
        var letter = await fixture.FindAsync();
        Assert.Equal(ArrivalGround.BeforeSending, ArrivalGrounds.Of(letter).Ground);
        Assert.Contains("før afsendelsen", letter.AppealNote.Danish, StringComparison.Ordinal);
        Assert.Contains("Men det er før afsendelsen", letter.Explanation.Danish, StringComparison.Ordinal);
        Assert.Equal((1, 1), await DeliveredAndInDoubtAsync(fixture));
    }

    [Fact]
    public async Task The_reason_of_a_link_that_was_undone_is_not_kept_for_the_next_one()
    {
        await using var fixture = await LettersFixture.OpenAsync();
        await fixture.RegisterAsync(LettersFixture.Letter());
        await fixture.RegisterAsync(LettersFixture.Letter("brev-2"));
        await fixture.StatusAsync(KnownHandlinger.AfleveretDigitalPost);
        await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-1", "forkert", Stop);
        await fixture.Hands.UndoAsync(LettersFixture.Caseworker(), "besked-1", Stop);
        await fixture.Hands.AssignAsync(LettersFixture.Caseworker(), "s-1", "brev-2", null, Stop);
        var hand = Assert.Single((await fixture.FindAsync("brev-2")).Events).ByHand!;
        Assert.Equal((null, true), (hand.Reason, hand.NamesLetter));
        var linked = await fixture.FindAsync("brev-2");
        Assert.Equal(ArrivalGround.Identifiers, ArrivalGrounds.Of(linked).Ground);
        Assert.DoesNotContain("Men ", linked.Explanation.Danish, StringComparison.Ordinal);
        Assert.Equal((1, 0), await DeliveredAndInDoubtAsync(fixture));
    }

    // As a manager sees it, who may count letters and not read them.
    private static async Task<(long Delivered, long InDoubt)> DeliveredAndInDoubtAsync(LettersFixture fixture)
    {
        var manager = new Viewer("leder", "Leder", ViewerRights.Counts, [LettersFixture.Own], TypeScope.None);
        var counts = await fixture.Cases.CountAsync(manager, default, Stop);
        return (counts.Delivered, counts.InDoubt);
    }
}
